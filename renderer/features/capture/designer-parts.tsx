/** The lists of the form designer: which fields are asked in which order, and the qualifier questions. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Group,
  NativeSelect,
  Paper,
  Stack,
  TagsInput,
  Text,
  TextInput,
  Title,
} from '@mantine/core';
import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react';
import { Controller, useFieldArray, type useForm } from 'react-hook-form';
import type { CaptureFormDefinition } from '../../../shared/rules/capture/definition.ts';
import { fieldsNow, useDefinitions } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import classes from './capture.module.css';
import type { AskedOwn } from './capture-draft.ts';
import { allFieldsOf, allOwnOf, type FormValues, moved, newQuestion } from './form-values.ts';
import { askableNames } from './own-values.ts';

const kindLabels = {
  text: 'capture.kindText',
  oneOf: 'capture.kindOneOf',
  manyOf: 'capture.kindManyOf',
  rating: 'capture.kindRating',
} as const;
const questionKinds = ['text', 'oneOf', 'manyOf', 'rating'] as const;

type FieldList = CaptureFormDefinition['fields'];

export function FieldRows({ value, onChange }: { value: FieldList; onChange: (value: FieldList) => void }) {
  return <AskedRows rows={allFieldsOf(value)} value={value} nameOf={fieldLabel} onChange={onChange} />;
}

/** Fields that the workspace added to contacts and leads. */
export function OwnFieldRows({ value, onChange }: { value: AskedOwn; onChange: (value: AskedOwn) => void }) {
  useDefinitions();
  const names = askableNames();
  const asked = value.filter(({ field }) => names.includes(field));
  const gone = value.filter(({ field }) => !names.includes(field));
  const ofLeads = fieldsNow('lead');
  return (
    <AskedRows
      rows={allOwnOf(asked, names)}
      value={asked}
      nameOf={(field) =>
        field in ofLeads ? t('customFields.ofLead', { field: fieldLabel(field) }) : fieldLabel(field)
      }
      onChange={(next) => onChange([...next, ...gone])}
    />
  );
}

type Asked<F extends string> = { readonly field: F; readonly required: boolean };

function AskedRows<F extends string>({
  rows,
  value,
  nameOf,
  onChange,
}: {
  rows: readonly (Asked<F> & { readonly asked: boolean })[];
  value: readonly Asked<F>[];
  nameOf: (field: F) => string;
  onChange: (value: Asked<F>[]) => void;
}) {
  return (
    <Stack gap={4}>
      {rows.map(({ field, required, asked }, index) => {
        const name = nameOf(field);
        return (
          <Group key={field} gap="sm" wrap="nowrap">
            <Checkbox
              flex={1}
              label={name}
              aria-label={t('capture.asked', { field: name })}
              checked={asked}
              onChange={() =>
                onChange(asked ? value.filter((each) => each.field !== field) : [...value, { field, required: false }])
              }
            />
            <Checkbox
              label={t('capture.required')}
              aria-label={t('capture.fieldRequired', { field: name })}
              disabled={!asked}
              checked={required}
              onChange={() =>
                onChange(value.map((each) => (each.field === field ? { field, required: !required } : each)))
              }
            />
            <div className={asked ? undefined : classes.unseen}>
              <MoveButtons
                name={name}
                canUp={asked && index > 0}
                canDown={asked && index < value.length - 1}
                onMove={(by) => onChange(moved(value, index, by))}
              />
            </div>
          </Group>
        );
      })}
    </Stack>
  );
}

function MoveButtons({
  name,
  canUp,
  canDown,
  onMove,
}: {
  name: string;
  canUp: boolean;
  canDown: boolean;
  onMove: (by: -1 | 1) => void;
}) {
  return (
    <Group gap={2} wrap="nowrap">
      <ActionIcon
        variant="transparent"
        bg="transparent"
        color="gray"
        disabled={!canUp}
        aria-label={t('capture.moveUp', { name })}
        onClick={() => onMove(-1)}
      >
        <ArrowUp size={16} />
      </ActionIcon>
      <ActionIcon
        variant="transparent"
        bg="transparent"
        color="gray"
        disabled={!canDown}
        aria-label={t('capture.moveDown', { name })}
        onClick={() => onMove(1)}
      >
        <ArrowDown size={16} />
      </ActionIcon>
    </Group>
  );
}

type FormParts = ReturnType<typeof useForm<FormValues, unknown, FormValues>>;

export function Questions({
  control,
  errors,
  register,
  watch,
}: Pick<FormParts, 'control' | 'register' | 'watch'> & { errors: FormParts['formState']['errors'] }) {
  const { fields, append, remove, swap } = useFieldArray({ control, name: 'definition.questions', keyName: 'rowKey' });
  return (
    <section aria-label={t('capture.questionsTitle')}>
      <Title order={3} size="h5" mb="xs">
        {t('capture.questionsTitle')}
      </Title>
      <Stack gap="sm">
        {fields.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('capture.questionsNone')}
          </Text>
        ) : null}
        {fields.map((row, index) => {
          const path = `definition.questions.${index}` as const;
          const kind = watch(`${path}.kind`);
          const problems = errors.definition?.questions?.[index];
          const name = t('capture.question', { n: index + 1 });
          return (
            <Paper key={row.rowKey} withBorder p="sm" role="group" aria-label={name}>
              <Stack gap="xs">
                <Group justify="space-between">
                  <Text size="sm" fw={600}>
                    {name}
                  </Text>
                  <Group gap={2}>
                    <MoveButtons
                      name={name}
                      canUp={index > 0}
                      canDown={index < fields.length - 1}
                      onMove={(by) => swap(index, index + by)}
                    />
                    <ActionIcon
                      variant="subtle"
                      color="red"
                      aria-label={t('capture.removeQuestion', { n: index + 1 })}
                      onClick={() => remove(index)}
                    >
                      <Trash2 size={16} />
                    </ActionIcon>
                  </Group>
                </Group>
                <TextInput
                  label={t('capture.questionLabel')}
                  error={problems?.label === undefined ? undefined : t('capture.questionLabelRequired')}
                  {...register(`${path}.label`)}
                />
                <Group align="end">
                  <NativeSelect
                    label={t('capture.questionKind')}
                    data={questionKinds.map((each) => ({ value: each, label: t(kindLabels[each]) }))}
                    {...register(`${path}.kind`)}
                  />
                  <Checkbox label={t('capture.required')} mb={8} {...register(`${path}.required`)} />
                </Group>
                {kind === 'oneOf' || kind === 'manyOf' ? (
                  <Controller
                    control={control}
                    name={`${path}.options`}
                    render={({ field }) => (
                      <TagsInput
                        label={t('capture.questionOptions')}
                        placeholder={t('capture.questionOptionsPlaceholder')}
                        value={field.value}
                        onChange={field.onChange}
                        error={problems?.options?.message}
                        acceptValueOnBlur
                      />
                    )}
                  />
                ) : null}
              </Stack>
            </Paper>
          );
        })}
        <Group>
          <Button
            variant="default"
            leftSection={<Plus size={16} aria-hidden />}
            onClick={() => append(newQuestion(crypto.randomUUID()))}
          >
            {t('capture.addQuestion')}
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
