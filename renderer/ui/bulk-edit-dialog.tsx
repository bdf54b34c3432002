/** Gives one or several fields of all selected records the same value, or clears it. */
import { Box, Button, Checkbox, CloseButton, Group, Modal, Radio, Select, Stack, Text } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { FormProvider, useController, useForm } from 'react-hook-form';
import type { BulkSelection } from '../../shared/contract/records.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { t } from '../i18n/index.ts';
import { fieldLabel } from '../i18n/words.ts';
import { bulkFields, checkBulk, isClearable } from './bulk-fields.ts';
import { useBulk } from './bulk-run.tsx';
import { FieldInput, fieldOf, hasField } from './field-input.tsx';
import type { FormValues } from './record-form.tsx';
import { showError } from './toast.tsx';

export type BulkDialogProps = {
  readonly entity: EntityName;
  readonly noun: string;
  readonly count: number;
  readonly of: () => BulkSelection;
  readonly onClose: () => void;
  /** The change is under way: nothing is selected any more. */
  readonly onStarted: () => void;
};

export function BulkEditDialog({ entity, noun, count, of, onClose, onStarted }: BulkDialogProps) {
  const run = useBulk();
  const form = useForm<FormValues>({ defaultValues: {} });
  const [names, setNames] = useState<readonly string[]>([]);
  const [cleared, setCleared] = useState<ReadonlySet<string>>(new Set());
  const words = { count, what: noun };

  const add = (name: string | null) => {
    if (name === null) return;
    form.setValue(name, fieldOf(entity, name)?.initial ?? null);
    setNames([...names, name]);
  };
  const leaveOut = (name: string) => {
    form.clearErrors(name);
    setNames(names.filter((each) => each !== name));
    setCleared(new Set([...cleared].filter((each) => each !== name)));
  };
  const clear = (name: string, isCleared: boolean) => {
    form.clearErrors(name);
    setCleared(new Set(isCleared ? [...cleared, name] : [...cleared].filter((each) => each !== name)));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (names.length === 0) return;
    const checked = checkBulk(entity, names, form.getValues(), cleared);
    if (!checked.ok) {
      Object.entries(checked.issues).forEach(([name, message], index) =>
        form.setError(name, { message }, { shouldFocus: index === 0 }),
      );
      return;
    }
    const asked = of();
    onStarted();
    const change = { kind: 'update', values: checked.values } as const;
    const result = await run({ entity, of: asked, change, title: t('bulk.changing', words) });
    if (!result.ok) showError(result.error);
  };
  const left = bulkFields(entity).filter((name) => !names.includes(name));
  return (
    <Modal opened onClose={onClose} title={t('bulk.editTitle', words)} size="lg">
      <FormProvider {...form}>
        <form onSubmit={(event) => void submit(event)} noValidate>
          <Stack gap="md" mih={220} justify="space-between">
            <Stack gap="md">
              {names.map((name) => (
                <BulkField
                  key={name}
                  entity={entity}
                  name={name}
                  isCleared={cleared.has(name)}
                  onClear={(isCleared) => clear(name, isCleared)}
                  onLeaveOut={() => leaveOut(name)}
                />
              ))}
              <Select
                // another choice begins afresh
                key={names.length}
                label={names.length === 0 ? t('bulk.addField') : t('bulk.anotherField')}
                placeholder={t('bulk.addFieldPlaceholder')}
                data={left.map((name) => ({ value: name, label: fieldLabel(name) }))}
                value={null}
                onChange={add}
                searchable
                selectFirstOptionOnChange
                maxDropdownHeight={260}
                {...(names.length === 0 ? { 'data-autofocus': true } : {})}
              />
            </Stack>
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm" c="dimmed">
                {t('bulk.will', { count })}
              </Text>
              <Group gap="xs" wrap="nowrap">
                <Button variant="default" onClick={onClose}>
                  {t('common.cancel')}
                </Button>
                <Button type="submit" disabled={names.length === 0}>
                  {t('bulk.apply', { count })}
                </Button>
              </Group>
            </Group>
          </Stack>
        </form>
      </FormProvider>
    </Modal>
  );
}

type FieldProps = {
  readonly entity: EntityName;
  readonly name: string;
  readonly isCleared: boolean;
  readonly onClear: (isCleared: boolean) => void;
  readonly onLeaveOut: () => void;
};

function BulkField({ entity, name, isCleared, onClear, onLeaveOut }: FieldProps) {
  const field = fieldOf(entity, name);
  if (field === undefined || !hasField(entity, name)) return null;
  return (
    <Group align="flex-start" wrap="nowrap" gap="xs">
      <Box flex={1} miw={0}>
        {field.kind === 'boolean' && field.initial !== undefined ? (
          <YesOrNo name={name} />
        ) : (
          <FieldInput of={entity} name={name} disabled={isCleared} autoFocus rows={2} />
        )}
        {isClearable(field) && (
          <Checkbox
            mt={6}
            label={t('bulk.clearValue')}
            checked={isCleared}
            onChange={(event) => onClear(event.currentTarget.checked)}
          />
        )}
      </Box>
      <CloseButton
        mt={22}
        size="md"
        aria-label={t('bulk.leaveOut', { field: fieldLabel(name) })}
        onClick={onLeaveOut}
      />
    </Group>
  );
}

/** An empty box says less than the word "no", where it stands for many records. */
function YesOrNo({ name }: { readonly name: string }) {
  const { field } = useController({ name });
  return (
    <Radio.Group
      label={fieldLabel(name)}
      value={String(field.value === true)}
      onChange={(value) => field.onChange(value === 'true')}
    >
      <Group gap="md" mt={4}>
        <Radio value="true" label={t('common.yes')} />
        <Radio value="false" label={t('common.no')} />
      </Group>
    </Radio.Group>
  );
}
