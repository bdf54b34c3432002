/** The preview: how the file is read, which column fills which field, where the records come from. */
import {
  Alert,
  Autocomplete,
  Button,
  Checkbox,
  Group,
  Select,
  SimpleGrid,
  Table,
  Text,
  TextInput,
} from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useState } from 'react';
import { importFields, type ImportTarget } from '../../../shared/contract/import-fields.ts';
import { encodings, importFormats, importKinds, type Inspection } from '../../../shared/contract/imports.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { entityOfImport } from '../../../shared/rules/custom-fields/import.ts';
import { useList } from '../../app/list-calls.ts';
import { customNames, useFields } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { Section } from '../../ui/page.tsx';
import { encodingLabel } from './encoding-label.ts';
import { SheetInputs } from './sheet-inputs.tsx';
import { ImportPreview } from './import-preview.tsx';
import classes from './imports.module.css';
import { askedFields, leftOver, NewFieldInputs, newFieldOf, type NewFields, newFieldTarget } from './new-field.tsx';

type Reading = Omit<InputOf<'imports.inspect'>, 'file'>;
type Options = Omit<InputOf<'imports.run'>, 'file' | 'jobId'>;

type Props = {
  readonly inspection: Inspection;
  readonly isReading: boolean;
  readonly onReading: (change: Reading) => void;
  readonly onStart: (options: Options) => void;
  readonly onRehearse: (options: Options) => void;
};

/** Each column is an input of its own: a sheet may have sixteen thousand. */
const mostColumns = 60;

const delimiters = [
  [',', 'comma'],
  [';', 'semicolon'],
  ['\t', 'tab'],
  ['|', 'pipe'],
] as const;

function startLabel({ rowsEstimate: count, rowsCounted }: Inspection): string {
  if (count === null || count === 0) return t('imports.start');
  return rowsCounted ? t('imports.startRows', { count }) : t('imports.startAbout', { count });
}

/** Those of the program, then those that the workspace added. */
const fieldOptions = (custom: readonly ImportTarget[]) => [
  { value: newFieldTarget, label: t('imports.newField') },
  ...[...importFields, ...custom].map((field) => ({ value: field, label: fieldLabel(field) })),
];

export function ImportSettings({ inspection, isReading, onReading, onStart, onRehearse }: Props) {
  // what the person changed, by header; the rest is as found
  const [changed, setChanged] = useState<Readonly<Record<string, ImportTarget>>>({});
  const [made, setMade] = useState<NewFields>({});
  const [event, setEvent] = useState('');
  const [topic, setTopic] = useState('');
  const [createContacts, setCreateContacts] = useState(false);
  const [strategy, setStrategy] = useState<string | null>(null);
  const [keyColumn, setKeyColumn] = useState<string | null>(null);
  const [wanted] = useDebouncedValue(event.trim(), 150);
  const events = useList('event', { limit: 10, ...(wanted === '' ? {} : { search: wanted }) }, { keep: true });
  const strategies = useList('matchingStrategy', { limit: 100 });

  const { kind, columns } = inspection;
  const custom = customNames(useFields(entityOfImport[kind]));
  const [sought, setSought] = useState('');
  const wantedKey = sought.trim().toLowerCase();
  const found = columns
    .map((column, place) => ({ ...column, place }))
    .filter(({ header }) => wantedKey === '' || header.toLowerCase().includes(wantedKey));
  const shown = found.slice(0, mostColumns);
  const fieldOf = (header: string, found: ImportTarget) => changed[header] ?? found;
  const isAnyMapped =
    columns.length === 0 ||
    Object.keys(made).length > 0 ||
    columns.some(({ header, field }) => fieldOf(header, field) !== 'ignore');
  const left = leftOver(columns, made, fieldOf);
  const choose = (header: string, target: string | null) => {
    const { [header]: _before, ...others } = made;
    if (target === newFieldTarget) return setMade({ ...others, [header]: newFieldOf(header) });
    const chosen = [...importFields, ...custom].find((each) => each === target);
    if (chosen === undefined) return;
    setMade(others);
    setChanged({ ...changed, [header]: chosen });
  };
  const target = kind === 'leads' ? 'lead' : 'contact';

  const options = (): Options => ({
    format: inspection.format,
    kind,
    ...(inspection.sheet === null
      ? { encoding: inspection.encoding }
      : { sheet: inspection.sheet, headerRow: inspection.headerRow ?? 1 }),
    ...(inspection.delimiter === null ? {} : { delimiter: inspection.delimiter }),
    hasHeader: inspection.hasHeader,
    ...(columns.length === 0
      ? {}
      : {
          columns: Object.fromEntries(
            columns.map(({ header, field }) => [header, made[header] ? 'ignore' : fieldOf(header, field)]),
          ),
        }),
    ...(Object.keys(made).length === 0 ? {} : { newFields: askedFields(made) }),
    ...(event.trim() === '' ? {} : { event: event.trim() }),
    ...(topic.trim() === '' || kind !== 'leads' ? {} : { topic: topic.trim() }),
    ...(strategy === null ? {} : { strategy }),
    ...(keyColumn === null ? {} : { keyColumn }),
    createContacts: kind === 'leads' && createContacts,
  });
  const isReady = isAnyMapped && inspection.rowsEstimate !== 0;

  return (
    <form
      onSubmit={(submit) => {
        submit.preventDefault();
        onStart(options());
      }}
    >
      {inspection.warnings.length > 0 && (
        <Alert color="yellow" variant="light" mb="md">
          {inspection.warnings.slice(0, 5).map(({ line, message }, index) => (
            <Text size="sm" key={index}>
              {line === null ? message : t('imports.warningLine', { line, message })}
            </Text>
          ))}
        </Alert>
      )}
      <div className={classes.settings}>
        <Section title={t('imports.read')} hint={t('imports.readHint')}>
          <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
            <Select
              label={t('imports.kind')}
              data={importKinds.map((each) => ({ value: each, label: choiceLabel(each) }))}
              value={kind}
              allowDeselect={false}
              onChange={(next) => {
                const chosen = importKinds.find((each) => each === next);
                if (chosen !== undefined) onReading({ kind: chosen });
              }}
            />
            <Select
              label={t('imports.format')}
              data={importFormats
                .filter((each) => each !== 'auto')
                .map((each) => ({ value: each, label: t(`imports.formats.${each}`) }))}
              value={inspection.format}
              allowDeselect={false}
              onChange={(next) => {
                const chosen = importFormats.find((each) => each === next);
                if (chosen !== undefined) onReading({ format: chosen });
              }}
            />
            {inspection.sheet === null && (
              <Select
                label={t('imports.encoding')}
                data={[...new Set([inspection.encoding, ...encodings])].map((each) => ({
                  value: each,
                  label: encodingLabel(each),
                }))}
                value={inspection.encoding}
                allowDeselect={false}
                searchable
                onChange={(next) => next !== null && onReading({ encoding: next })}
              />
            )}
            {inspection.sheet !== null && <SheetInputs inspection={inspection} onReading={onReading} />}
            {inspection.delimiter !== null && (
              <Select
                label={t('imports.delimiter')}
                data={delimiters.map(([value, name]) => ({ value, label: t(`imports.${name}`) }))}
                value={inspection.delimiter}
                allowDeselect={false}
                onChange={(next) => next !== null && onReading({ delimiter: next })}
              />
            )}
          </SimpleGrid>
          {columns.length > 0 && (
            <Checkbox
              mt="sm"
              label={t('imports.hasHeader')}
              checked={inspection.hasHeader}
              onChange={(change) => onReading({ hasHeader: change.currentTarget.checked })}
            />
          )}
        </Section>
        <Section title={t('imports.context')}>
          <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
            <Autocomplete
              label={t('imports.event')}
              description={t('imports.eventHint')}
              data={[...new Set((events.data?.rows ?? []).map(({ label }) => label))]}
              value={event}
              maxLength={300}
              onChange={setEvent}
            />
            {kind === 'leads' && (
              <TextInput
                label={t('imports.topic')}
                description={t('imports.topicHint')}
                value={topic}
                maxLength={300}
                onChange={(change) => setTopic(change.currentTarget.value)}
              />
            )}
            <Select
              label={t('imports.matching')}
              placeholder={t('imports.matchingDefault')}
              data={(strategies.data?.rows ?? [])
                .filter((each) => each.target === target)
                .map(({ id, label }) => ({ value: id, label }))}
              value={strategy}
              clearable
              onChange={setStrategy}
            />
            {columns.length > 0 && (
              <Select
                label={t('imports.keyColumn')}
                placeholder={t('imports.keyColumnNone')}
                data={[...new Set(columns.map(({ header }) => header))].filter((header) => header !== '')}
                value={keyColumn}
                clearable
                searchable
                onChange={setKeyColumn}
              />
            )}
          </SimpleGrid>
          {kind === 'leads' && (
            <Checkbox
              mt="sm"
              label={t('imports.createContacts')}
              description={t('imports.createContactsHint')}
              checked={createContacts}
              onChange={(change) => setCreateContacts(change.currentTarget.checked)}
            />
          )}
        </Section>
      </div>

      {columns.length > 0 && (
        <Section
          title={t('imports.columns')}
          hint={t('imports.columnsHint')}
          actions={
            left.length > 0 && (
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() =>
                  setMade({ ...made, ...Object.fromEntries(left.map((header) => [header, newFieldOf(header)])) })
                }
              >
                {t('imports.newFieldsOfRest', { count: left.length })}
              </Button>
            )
          }
        >
          {columns.length > mostColumns && (
            <TextInput
              mb="xs"
              aria-label={t('imports.findColumn')}
              placeholder={t('imports.findColumn')}
              value={sought}
              onChange={(change) => setSought(change.currentTarget.value)}
            />
          )}
          <div className={classes.mapping} aria-busy={isReading}>
            <Table verticalSpacing={4} stickyHeader>
              <Table.Thead>
                <Table.Tr>
                  <Table.Th w="26%">{t('imports.column')}</Table.Th>
                  <Table.Th>{t('imports.examples')}</Table.Th>
                  <Table.Th w={320}>{t('imports.goesTo')}</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {shown.map(({ header, field, samples, place }) => {
                  const current = fieldOf(header, field);
                  const own = made[header];
                  return (
                    <Table.Tr
                      key={`${place}-${header}`}
                      data-ignored={(current === 'ignore' && own === undefined) || undefined}
                    >
                      <Table.Td className={classes.header}>{header}</Table.Td>
                      <Table.Td className={classes.samples}>
                        {samples
                          .filter((each) => each !== '')
                          .slice(0, 3)
                          .join(' · ')}
                      </Table.Td>
                      <Table.Td>
                        <Select
                          aria-label={t('imports.goesToOf', { column: header })}
                          data={fieldOptions(custom)}
                          value={own === undefined ? current : newFieldTarget}
                          allowDeselect={false}
                          searchable
                          onChange={(next) => choose(header, next)}
                        />
                        {own !== undefined && (
                          <NewFieldInputs
                            header={header}
                            field={own}
                            onChange={(next) => setMade({ ...made, [header]: next })}
                          />
                        )}
                      </Table.Td>
                    </Table.Tr>
                  );
                })}
              </Table.Tbody>
            </Table>
          </div>
          {found.length > shown.length && (
            <Text size="sm" c="dimmed" mt="xs">
              {t('imports.moreColumns', { count: found.length - shown.length })}
            </Text>
          )}
        </Section>
      )}
      <ImportPreview inspection={inspection} />
      <Group justify="flex-end" className={classes.footer}>
        {!isAnyMapped && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {t('imports.allIgnored')}
          </Text>
        )}
        <Button variant="default" disabled={!isReady} loading={isReading} onClick={() => onRehearse(options())}>
          {t('imports.rehearse')}
        </Button>
        <Button type="submit" disabled={!isReady} loading={isReading}>
          {startLabel(inspection)}
        </Button>
      </Group>
    </form>
  );
}
