/** The form that makes a record: the fields given, with what the description says they begin with. */
import { zodResolver } from '@hookform/resolvers/zod';
import { Button, Group } from '@mantine/core';
import { type ReactNode, useMemo } from 'react';
import { FormProvider, useForm } from 'react-hook-form';
import type { CallResult } from '../../shared/contract/call.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { forgetUnsaved, useLeaveGuard } from '../app/leave-guard.ts';
import { customNames, schemaOf, useFields } from '../app/workspace-fields.ts';
import { t } from '../i18n/index.ts';
import { type FormValues, withoutEmptyParts } from './record-form.tsx';
import classes from './new-record-form.module.css';
import { ShortcutTooltip, useShortcuts } from './shortcuts.tsx';
import { showError } from './toast.tsx';

type Props = {
  readonly entity: EntityName;
  readonly fields: readonly string[];
  readonly initial?: FormValues;
  readonly submitLabel: string;
  /** `contacts.create` with `quiet: true`. */
  readonly create: (values: FormValues) => Promise<CallResult<{ id: string; writeId: number }>>;
  readonly onCreated: (id: string, writeId: number) => void;
  readonly onCancel: () => void;
  readonly children: ReactNode;
};

export function NewRecordForm(props: Props) {
  const { entity, initial } = props;
  const known = useFields(entity);
  const fields = useMemo(() => [...props.fields, ...customNames(known)], [props.fields, known]);
  const form = useForm<FormValues>({
    defaultValues: Object.fromEntries(
      fields.map((name) => {
        const field = known[name];
        return [name, initial?.[name] ?? field?.initial ?? (field?.required && field.kind === 'text' ? '' : null)];
      }),
    ),
    resolver: async (values, context, options) =>
      zodResolver(schemaOf(entity, known))(withoutEmptyParts(values), context, options),
  });
  useLeaveGuard(form.formState.isDirty && !form.formState.isSubmitSuccessful);
  const submit = form.handleSubmit(async (values) => {
    const result = await props.create(Object.fromEntries(fields.map((name) => [name, values[name] ?? null])));
    if (result.ok) {
      forgetUnsaved();
      props.onCreated(result.value.id, result.value.writeId);
      return;
    }
    for (const { path, message } of result.error.issues ?? []) {
      const name = path.replace(/^values\.?/, '').split('.')[0] ?? '';
      if (fields.includes(name)) form.setError(name, { message });
    }
    showError(result.error);
  });
  useShortcuts([{ keys: 'mod+s', label: props.submitLabel, run: () => void submit(), inFields: true }]);
  return (
    <FormProvider {...form}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        {props.children}
        <Group justify="flex-end" mt={6} className={classes.actions}>
          <Button variant="default" onClick={props.onCancel}>
            {t('common.cancel')}
          </Button>
          <ShortcutTooltip label={props.submitLabel} keys="mod+s">
            <Button type="submit" loading={form.formState.isSubmitting}>
              {props.submitLabel}
            </Button>
          </ShortcutTooltip>
        </Group>
      </form>
    </FormProvider>
  );
}
