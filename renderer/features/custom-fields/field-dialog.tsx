/** Makes a custom field, or changes its name, kind, options and help. */
import { Alert, Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import {
  type CustomFieldDefinition,
  type CustomFieldEntity,
  customFieldEntities,
  type CustomFieldKind,
  customFieldKinds,
  customFieldName,
} from '../../../shared/model/custom-field.ts';
import { bridge } from '../../app/client.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { useDefinitions } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { showError } from '../../ui/toast.tsx';
import { cleanOptions, type Draft, hasOptions, issuesOf, lastPosition, renamedOf } from './field-values.ts';
import { type Refusal, refusalOf } from './refusal.ts';
import { lineOf, lineOfOption, OptionList, type OptionLine } from './option-list.tsx';

type Props = {
  readonly entity: CustomFieldEntity;
  /** Null: a new one. */
  readonly field: CustomFieldDefinition | null;
  readonly onClose: () => void;
  /** It is on the page of one kind of record: a new field is for that kind. */
  readonly isInPlace?: boolean;
};

const kindOptions = () => customFieldKinds.map((kind) => ({ value: kind, label: choiceLabel(kind) }));

export function FieldDialog({ entity: of, field, onClose, isInPlace = false }: Props) {
  const [entity, setEntity] = useState(of);
  const [name, setName] = useState(field?.name ?? '');
  const [kind, setKind] = useState<CustomFieldKind>(field?.kind ?? 'text');
  const [lines, setLines] = useState<readonly OptionLine[]>(() => (field?.options ?? []).map(lineOfOption));
  const [help, setHelp] = useState(field?.help ?? '');
  const [tried, setTried] = useState(false);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const definitions = useDefinitions();
  const create = useAction('customFields.create', { saved: t('customFields.made'), quiet: true });
  const update = useAction('customFields.update', { saved: t('customFields.changed'), quiet: true });
  const rename = useAction('customFields.renameOptions', { saved: t('customFields.changed'), quiet: true });
  const usage = useCall('customFields.usage', { id: field?.id ?? '' }, { enabled: field !== null });

  const isChoice = hasOptions(kind);
  const renamed = isChoice && field !== null ? renamedOf(lines) : [];
  const draft: Draft = { name, kind, options: lines.map(({ text }) => text), help, renamed };
  const others = definitions.filter((each) => each.entity === entity && each.id !== field?.id);
  const issues = (tried ? issuesOf(draft, others) : null) ?? refusal?.issues;
  const records = usage.data?.records ?? 0;
  const countOf = (option: string) => usage.data?.options.find((each) => each.option === option)?.records ?? 0;
  const kept = cleanOptions(draft.options);
  const orphans = isChoice
    ? (usage.data?.options ?? []).filter(
        ({ option }) => !kept.includes(option) && !renamed.some(({ from }) => from === option),
      )
    : [];

  const chooseKind = (next: string | null) => {
    const chosen = customFieldKinds.find((each) => each === next);
    if (chosen === undefined) return;
    setKind(chosen);
    setRefusal(null);
    if (hasOptions(chosen) && lines.length === 0) setLines([lineOf('')]);
  };
  /** What the records hold becomes what may be chosen. */
  const takeValues = async () => {
    if (field === null) return;
    const found = await bridge.call('segments.suggestValues', {
      entity: field.entity,
      field: customFieldName(field.id),
      limit: 50,
    });
    if (!found.ok) return showError(found.error);
    const texts = cleanOptions([...draft.options, ...found.value.values.map(({ value }) => value)]);
    setLines(texts.map((text) => lines.find((line) => line.text === text) ?? lineOf(text)));
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    // it may stand over the form of a record, which is not saved with it
    event.stopPropagation();
    setTried(true);
    setRefusal(null);
    if (issuesOf(draft, others) !== null) return;
    if (renamed.length > 0 && kind !== field?.kind) {
      return setRefusal({ sentence: t('customFields.renameFirst') });
    }
    const values = {
      name: name.trim(),
      kind,
      options: isChoice ? kept : [],
      help: help.trim() === '' ? null : help.trim(),
    };
    const result =
      field === null
        ? await create.run({ values: { ...values, entity, position: lastPosition(others) } })
        : renamed.length === 0
          ? await update.run({ id: field.id, values })
          : await rename.run({ id: field.id, renamed, values });
    if (result.ok) onClose();
    else setRefusal(refusalOf(result.error));
  };
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={field === null ? t('customFields.newTitle') : t('customFields.editTitle', { field: field.name })}
    >
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('customFields.name')}
            placeholder={t('customFields.namePlaceholder')}
            withAsterisk
            maxLength={100}
            data-autofocus
            value={name}
            error={issues?.name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group grow align="flex-start">
            <Select
              label={t('customFields.kind')}
              description={
                field !== null && kind !== field.kind && records > 0
                  ? t('customFields.kindChanges', { count: records })
                  : t(`customFields.kindHints.${kind}`)
              }
              data={kindOptions()}
              value={kind}
              allowDeselect={false}
              onChange={chooseKind}
            />
            {field === null && !isInPlace && (
              <Select
                label={t('customFields.of')}
                data={customFieldEntities.map((each) => ({ value: each, label: t(`customFields.entities.${each}`) }))}
                value={entity}
                allowDeselect={false}
                onChange={(next) => setEntity(customFieldEntities.find((each) => each === next) ?? entity)}
              />
            )}
          </Group>
          {isChoice && (
            <>
              <OptionList lines={lines} onChange={setLines} countOf={countOf} error={issues?.options} />
              {field !== null && !hasOptions(field.kind) && records > 0 && (
                <Group>
                  <Button variant="default" size="compact-sm" onClick={() => void takeValues()}>
                    {t('customFields.takeValues')}
                  </Button>
                </Group>
              )}
              {orphans.length > 0 && (
                <Text size="xs" c="dimmed">
                  {t('customFields.orphans', {
                    options: orphans
                      .slice(0, 5)
                      .map(({ option, records: count }) => `“${option}” (${t('customFields.inRecords', { count })})`)
                      .join(', '),
                  })}
                </Text>
              )}
            </>
          )}
          <Textarea
            label={t('customFields.help')}
            description={t('customFields.helpHint')}
            autosize
            minRows={2}
            maxRows={6}
            maxLength={1000}
            value={help}
            onChange={(event) => setHelp(event.currentTarget.value)}
          />
          {refusal?.sentence != null && (
            <Alert color="red" variant="light" role="alert" p="xs">
              {refusal.sentence}
            </Alert>
          )}
          <Group justify="space-between" wrap="nowrap">
            <Text size="xs" c="dimmed">
              {isInPlace ? t('customFields.everywhere', { what: choiceLabel(entity).toLowerCase() }) : ''}
            </Text>
            <Group gap="xs" wrap="nowrap">
              <Button variant="default" onClick={onClose}>
                {t('common.cancel')}
              </Button>
              <Button type="submit" loading={create.pending || update.pending || rename.pending}>
                {field === null ? t('customFields.create') : t('common.save')}
              </Button>
            </Group>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
