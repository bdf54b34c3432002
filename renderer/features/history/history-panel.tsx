/** Who changed what of a record, when and by which rule; each change can be put back. */
import { Badge, Button, Group, Text } from '@mantine/core';
import { History, Undo2 } from 'lucide-react';
import { useState } from 'react';
import type { z } from 'zod';
import type { historyEntrySchema } from '../../../shared/contract/history.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { fieldOf } from '../../ui/field-input.tsx';
import { FieldValue } from '../../ui/field-value.tsx';
import { formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { showDone } from '../../ui/toast.tsx';
import classes from './history-panel.module.css';
import { OperationUndoDialog } from './operation-undo.tsx';

type Entry = z.output<typeof historyEntrySchema>;
const shownFields = 12;

export function HistoryPanel({ entity, id }: { readonly entity: EntityName; readonly id: string }) {
  const query = useCall('history.ofRecord', { entity, id });
  const undo = useAction('history.undo');
  const [asked, setAsked] = useState<string | null>(null);
  const putBack = async (writeId: number) => {
    const result = await undo.run({ writeId });
    if (!result.ok) return;
    const { kept } = result.value;
    showDone(kept === 0 ? t('common.undone') : t('common.undoneKept', { count: kept }));
  };
  return (
    <>
      {asked !== null && <OperationUndoDialog operationId={asked} onClose={() => setAsked(null)} />}
      <QueryGate query={query}>
        {({ entries }) =>
          entries.length === 0 ? (
            <EmptyState icon={History} title={t('history.empty')} body={t('history.emptyHint')} />
          ) : (
            <ol className={classes.list}>
              {entries.map((entry) => (
                <EntryItem
                  key={`${entry.writeId}-${entry.operation}`}
                  entry={entry}
                  entity={entity}
                  pending={undo.pending}
                  onPutBack={() => void putBack(entry.writeId)}
                  onUndoAll={setAsked}
                />
              ))}
            </ol>
          )
        }
      </QueryGate>
    </>
  );
}

/** A laptop is often called after its person: then its name says both. */
export function authorOf({ userName, deviceName }: Pick<Entry, 'userName' | 'deviceName'>): string {
  if (userName === null) return t('history.somebody');
  if (deviceName === null) return userName;
  return deviceName.startsWith(userName) ? deviceName : t('history.byOn', { user: userName, device: deviceName });
}

/** Rules are known by their ids; the rest says what it was in words. */
export function causeOf({ cause, causeLabel }: Pick<Entry, 'cause' | 'causeLabel'>): string {
  const isOwn = cause === 'system' || cause === 'seed';
  if (isOwn || causeLabel === null || causeLabel === '') return t(`history.cause.${cause}`);
  return cause === 'rule' ? choiceLabel(causeLabel) : causeLabel;
}

/** A stage is text to the store, as processes differ; to a person it is one of the stages. */
const kindOf = (entity: EntityName, name: string) =>
  name === 'stage' ? ({ kind: 'choice' } as const) : fieldOf(entity, name);

type ItemProps = {
  readonly entry: Entry;
  readonly entity: EntityName;
  readonly pending: boolean;
  readonly onPutBack: () => void;
  readonly onUndoAll: (operationId: string) => void;
};

function EntryItem({ entry, entity, pending, onPutBack, onUndoAll }: ItemProps) {
  const when = formatInstant(entry.atMs);
  const who = authorOf(entry);
  const fields = entry.fields.slice(0, shownFields);
  return (
    <li className={classes.entry} data-undone={entry.undone || undefined}>
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <div>
          <Group gap={6}>
            <Text size="sm" fw={600}>
              {t(`history.${entry.operation}`)}
            </Text>
            <Badge color="gray">{causeOf(entry)}</Badge>
            {entry.undone && <Badge color="yellow">{t('history.wasPutBack')}</Badge>}
          </Group>
          <Text size="xs" c="dimmed">
            {when} · {who}
          </Text>
        </div>
        {!entry.undone && (
          <Button
            variant="subtle"
            size="compact-sm"
            flex="none"
            leftSection={<Undo2 size={14} aria-hidden />}
            disabled={pending}
            aria-label={t('history.putBackOf', { when })}
            onClick={onPutBack}
          >
            {t('history.putBack')}
          </Button>
        )}
      </Group>
      {entry.partOf !== null && entry.partOf.records > 1 && (
        <PartOf partOf={entry.partOf} when={when} onUndoAll={onUndoAll} />
      )}
      <dl className={classes.fields}>
        {fields.map(({ field, before, after, beforeLabel, afterLabel }) => (
          <div key={field} className={classes.field}>
            <dt>{fieldLabel(field)}</dt>
            <dd>
              {entry.operation !== 'create' && (
                <>
                  <del className={classes.before}>
                    <FieldValue field={kindOf(entity, field)} value={before} refLabel={beforeLabel} />
                  </del>
                  {' → '}
                </>
              )}
              <FieldValue field={kindOf(entity, field)} value={after} refLabel={afterLabel} />
            </dd>
          </div>
        ))}
      </dl>
      {entry.fields.length > shownFields && (
        <Text size="xs" c="dimmed">
          {t('history.more', { count: entry.fields.length - shownFields })}
        </Text>
      )}
    </li>
  );
}

type PartProps = {
  readonly partOf: NonNullable<Entry['partOf']>;
  readonly when: string;
  readonly onUndoAll: (operationId: string) => void;
};

function PartOf({ partOf: { id, records, state }, when, onUndoAll }: PartProps) {
  return (
    <Group gap={6} mt={4}>
      <Text size="xs" c="dimmed">
        {t('history.partOf', { count: records })}
      </Text>
      {state === 'undone' ? (
        <Badge color="yellow">{t('history.wasPutBack')}</Badge>
      ) : (
        <>
          {state === 'partly' && <Badge color="orange">{t('history.partlyPutBack')}</Badge>}
          <Button
            variant="subtle"
            size="compact-xs"
            leftSection={<Undo2 size={13} aria-hidden />}
            aria-label={`${t('history.undoAllOf', { count: records })}, ${when}`}
            onClick={() => onUndoAll(id)}
          >
            {t('history.undoAllOf', { count: records })}
          </Button>
        </>
      )}
    </Group>
  );
}
