/**
 * A value that a person writes instead of taking one of the records': the inputs of the forms, small enough for the
 * table; what is a list of its own (emails, phones, addresses) in a dialog.
 */
import { ActionIcon, Button, Group, Modal, Stack, Tooltip } from '@mantine/core';
import { zodResolver } from '@hookform/resolvers/zod';
import { Pencil, RotateCcw } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import { schemaOf, useFields } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { FieldInput, hasField } from '../../ui/field-input.tsx';
import { type FormValues, withoutEmptyParts } from '../../ui/record-form.tsx';
import type { Of } from './duplicates-store.ts';
import classes from './duplicates.module.css';

type Props = {
  readonly of: Of;
  readonly name: string;
  /** What would stand otherwise, or what was written before. */
  readonly value: unknown;
  /** How the record is called that `value` points at. */
  readonly refLabel: string | null;
  readonly onChange: (value: unknown) => void;
};

/** Checked as it is written, by the rules of the field. */
function useValueForm({ of, name, value }: Pick<Props, 'of' | 'name' | 'value'>) {
  const fields = useFields(of);
  return useForm<FormValues>({
    mode: 'onChange',
    defaultValues: { [name]: value ?? fields[name]?.initial ?? null },
    resolver: async (values, context, options) =>
      zodResolver(schemaOf(of, fields))(withoutEmptyParts(values), context, options),
  });
}

/** Enter and Escape give the keys back to the page, as far as no list is open that they are meant for. */
function leave(event: KeyboardEvent): void {
  const { target } = event;
  if (!(target instanceof HTMLInputElement) || target.getAttribute('aria-expanded') === 'true') return;
  if (event.key === 'Escape' || event.key === 'Enter') target.blur();
}

/** In the cell of the table, whose line says already which field it is. */
export function ValueByHand(props: Props) {
  const { of, name, onChange } = props;
  const form = useValueForm(props);
  const place = useRef<HTMLDivElement>(null);
  const changed = useRef(onChange);
  changed.current = onChange;
  useEffect(
    () =>
      form.subscribe({
        name,
        formState: { values: true },
        callback: ({ values }) => changed.current(withoutEmptyParts(values)[name] ?? null),
      }),
    [form, name],
  );
  useEffect(() => {
    const cell = place.current;
    cell?.querySelector<HTMLElement>('input, textarea')?.focus();
    cell?.addEventListener('keydown', leave);
    return () => cell?.removeEventListener('keydown', leave);
  }, []);
  if (!hasField(of, name)) return null;
  return (
    <div ref={place} className={classes.byHand}>
      <FormProvider {...form}>
        <FieldInput
          of={of}
          name={name}
          label={t('duplicates.byHand', { field: fieldLabel(name) })}
          refLabel={props.refLabel}
          rows={1}
        />
      </FormProvider>
    </div>
  );
}

type DialogProps = Omit<Props, 'refLabel'> & { readonly onClose: () => void };

export function ListByHand({ onClose, ...props }: DialogProps) {
  const { of, name, onChange } = props;
  const form = useValueForm(props);
  if (!hasField(of, name)) return null;
  const take = form.handleSubmit((values) => {
    onChange(withoutEmptyParts(values)[name] ?? []);
    onClose();
  });
  return (
    <Modal opened size="xl" title={t('duplicates.byHand', { field: fieldLabel(name) })} onClose={onClose}>
      <FormProvider {...form}>
        <form noValidate onSubmit={(event) => void take(event)}>
          <Stack>
            <FieldInput of={of} name={name} />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit">{t('duplicates.byHandTake')}</Button>
            </Group>
          </Stack>
        </form>
      </FormProvider>
    </Modal>
  );
}

const lists = ['emails', 'phones', 'addresses'];
export const isListByItself = (name: string): boolean => lists.includes(name);

type StartProps = { readonly name: string; readonly onStart: () => void };

export function StartByHand({ name, onStart }: StartProps) {
  const label = t('duplicates.byHand', { field: fieldLabel(name) });
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onStart}>
        <Pencil size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

export function EndByHand({ name, onEnd }: { readonly name: string; readonly onEnd: () => void }) {
  return (
    <Tooltip label={t('duplicates.byHandEnd')}>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('duplicates.byHandEndOf', { field: fieldLabel(name) })}
        onClick={onEnd}
      >
        <RotateCcw size={14} />
      </ActionIcon>
    </Tooltip>
  );
}

/** A list beside its text: written in a dialog. */
export function ListCell(props: Omit<DialogProps, 'onClose'>) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <StartByHand name={props.name} onStart={() => setOpen(true)} />
      {isOpen && <ListByHand {...props} onClose={() => setOpen(false)} />}
    </>
  );
}
