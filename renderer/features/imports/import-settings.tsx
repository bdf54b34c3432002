/** The preview: how the file is read, which column fills which field, where the records come from. */
import { Alert, Autocomplete, Button, Checkbox, Group, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { type RefObject, useState } from 'react';
import {
  encodings,
  importFormats,
  importKinds,
  type Inspection,
  missActions,
} from '../../../shared/contract/imports.ts';
import type { InputOf } from '../../../shared/contract/index.ts';
import { type HitAction, hitActions } from '../../../shared/rules/matching/definition.ts';
import { useList } from '../../app/list-calls.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { Section } from '../../ui/page.tsx';
import { encodingLabel } from './encoding-label.ts';
import { SheetInputs } from './sheet-inputs.tsx';
import { ImportColumns, useColumns } from './import-columns.tsx';
import { ImportPreview } from './import-preview.tsx';
import classes from './imports.module.css';

type Reading = Omit<InputOf<'imports.inspect'>, 'file'>;
type Options = Omit<InputOf<'imports.run'>, 'file' | 'jobId'>;

type Props = {
  readonly inspection: Inspection;
  readonly isReading: boolean;
  readonly onReading: (change: Reading) => void;
  readonly onStart: (options: Options) => void;
  readonly onRehearse: (options: Options) => void;
  /** Where a person is who comes back from the rehearsal. */
  readonly rehearseRef: RefObject<HTMLButtonElement | null>;
};

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

/** Accounts are found by their name, without a strategy that says what a hit does. */
const usualHitLabel = (kind: Inspection['kind'], what: string): string =>
  t(kind === 'accounts' ? 'imports.hit.usual' : 'imports.onHitDefault', { what });

export function ImportSettings({ inspection, isReading, onReading, onStart, onRehearse, rehearseRef }: Props) {
  const chosen = useColumns(inspection);
  const [event, setEvent] = useState('');
  const [topic, setTopic] = useState('');
  const [createContacts, setCreateContacts] = useState(false);
  const [strategy, setStrategy] = useState<string | null>(null);
  const [keyColumn, setKeyColumn] = useState<string | null>(null);
  const [onHit, setOnHit] = useState<HitAction | null>(null);
  const [onMiss, setOnMiss] = useState<Options['onMiss'] & string>('create');
  const [list, setList] = useState('');
  const [wanted] = useDebouncedValue(event.trim(), 150);
  const events = useList('event', { limit: 10, ...(wanted === '' ? {} : { search: wanted }) }, { keep: true });
  const strategies = useList('matchingStrategy', { limit: 100 });
  const lists = useList('subscriptionList', { limit: 100 });

  const { kind, columns } = inspection;
  const target = kind === 'leads' ? 'lead' : 'contact';
  const ofTarget = (strategies.data?.rows ?? []).filter((each) => each.target === target);
  // what was chosen for other rows, or for other columns, is no choice of these
  const ownStrategy = ofTarget.some(({ id }) => id === strategy) ? strategy : null;
  const ownKey = columns.some(({ header }) => header === keyColumn) ? keyColumn : null;
  const decides = ofTarget.find(({ id, isDefault }) => (ownStrategy === null ? isDefault : id === ownStrategy));
  const ofStrategy: HitAction = (kind === 'accounts' ? null : decides?.definition?.onHit) ?? 'fillEmpty';

  const options = (): Options => ({
    format: inspection.format,
    kind,
    ...(inspection.sheet === null
      ? { encoding: inspection.encoding }
      : { sheet: inspection.sheet, headerRow: inspection.headerRow ?? 1 }),
    ...(inspection.delimiter === null ? {} : { delimiter: inspection.delimiter }),
    hasHeader: inspection.hasHeader,
    ...chosen.asked(),
    ...(event.trim() === '' || kind === 'accounts' ? {} : { event: event.trim() }),
    ...(topic.trim() === '' || kind !== 'leads' ? {} : { topic: topic.trim() }),
    ...(ownStrategy === null ? {} : { strategy: ownStrategy }),
    ...(ownKey === null ? {} : { keyColumn: ownKey }),
    ...(onHit === null ? {} : { onHit }),
    ...(onMiss === 'create' ? {} : { onMiss }),
    ...(kind === 'members' ? { list: list.trim() } : {}),
    createContacts: kind === 'leads' && createContacts,
  });
  const isListMissing = kind === 'members' && list.trim() === '';
  const isReady = chosen.isAnyMapped && inspection.rowsEstimate !== 0 && !isListMissing;

  return (
    // no form: Enter in a field takes what was typed there, and a whole file is imported by its button alone
    <div>
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
              label={t(inspection.sheet === null ? 'imports.hasHeader' : 'imports.hasHeaderRow')}
              checked={inspection.hasHeader}
              onChange={(change) => onReading({ hasHeader: change.currentTarget.checked })}
            />
          )}
        </Section>
        <Section title={t('imports.context')}>
          <SimpleGrid cols={2} spacing="sm" verticalSpacing="sm">
            {kind === 'members' && (
              <Autocomplete
                label={t('imports.list')}
                description={t('imports.listHint')}
                data={[...new Set((lists.data?.rows ?? []).map(({ label }) => label))]}
                value={list}
                maxLength={300}
                required
                onChange={setList}
              />
            )}
            {kind !== 'accounts' && (
              <Autocomplete
                label={t('imports.event')}
                description={t('imports.eventHint')}
                data={[...new Set((events.data?.rows ?? []).map(({ label }) => label))]}
                value={event}
                maxLength={300}
                onChange={setEvent}
              />
            )}
            {kind === 'leads' && (
              <TextInput
                label={t('imports.topic')}
                description={t('imports.topicHint')}
                value={topic}
                maxLength={300}
                onChange={(change) => setTopic(change.currentTarget.value)}
              />
            )}
            {kind !== 'accounts' && (
              <Select
                label={t('imports.matching')}
                placeholder={t('imports.matchingDefault')}
                data={ofTarget.map(({ id, label }) => ({ value: id, label }))}
                value={ownStrategy}
                clearable
                onChange={setStrategy}
              />
            )}
            {columns.length > 0 && (
              <Select
                label={t('imports.keyColumn')}
                placeholder={t('imports.keyColumnNone')}
                data={[...new Set(columns.map(({ header }) => header))].filter((header) => header !== '')}
                value={ownKey}
                clearable
                searchable
                // a sheet may have sixteen thousand
                limit={200}
                onChange={setKeyColumn}
              />
            )}
            <Select
              label={t('imports.onHit')}
              data={[
                { value: '', label: usualHitLabel(kind, t(`imports.hit.${ofStrategy}`)) },
                ...hitActions.map((action) => ({ value: action, label: t(`imports.hit.${action}`) })),
              ]}
              value={onHit ?? ''}
              allowDeselect={false}
              onChange={(next) => setOnHit(hitActions.find((each) => each === next) ?? null)}
            />
            <Select
              label={t('imports.onMiss')}
              data={missActions.map((action) => ({ value: action, label: t(`imports.miss.${action}`) }))}
              value={onMiss}
              allowDeselect={false}
              onChange={(next) => setOnMiss(missActions.find((each) => each === next) ?? 'create')}
            />
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
        <ImportColumns
          key={kind}
          columns={columns}
          chosen={chosen}
          isReading={isReading}
          kind={kind}
          onHit={onHit ?? ofStrategy}
        />
      )}
      <ImportPreview inspection={inspection} />
      <Group justify="flex-end" className={classes.footer}>
        {(!chosen.isAnyMapped || isListMissing) && (
          <Text size="sm" c="var(--mantine-color-error)" role="alert">
            {t(isListMissing ? 'imports.listMissing' : 'imports.allIgnored')}
          </Text>
        )}
        <Button
          ref={rehearseRef}
          variant="default"
          disabled={!isReady}
          loading={isReading}
          onClick={() => onRehearse(options())}
        >
          {t('imports.rehearse')}
        </Button>
        <Button disabled={!isReady} loading={isReading} onClick={() => onStart(options())}>
          {startLabel(inspection)}
        </Button>
      </Group>
    </div>
  );
}
