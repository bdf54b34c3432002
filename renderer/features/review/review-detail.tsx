/** One waiting item: its values beside each candidate's, differences marked; use, create, skip, or edit and match again. */
import { Alert, Button, Checkbox, Group, Modal, Text, TextInput } from '@mantine/core';
import { useQueries, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { CallResult } from '../../../shared/contract/call.ts';
import type { ImportKind, ReviewItem } from '../../../shared/contract/imports.ts';
import type { InputOf, OutputOf } from '../../../shared/contract/index.ts';
import { foldText } from '../../../shared/rules/normalise/fold.ts';
import { bridge } from '../../app/client.ts';
import { callOptions, refreshReads, useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { ComparisonTable } from '../../ui/comparison-table.tsx';
import { fieldOf } from '../../ui/field-input.tsx';
import { valueText } from '../../ui/field-value.tsx';
import { useKeepFocus } from '../../ui/keep-focus.ts';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { GroupView } from '../duplicates/group-view.tsx';
import { showDone, showUndo } from '../../ui/toast.tsx';
import classes from './review.module.css';
import { useAlike } from './use-alike.ts';

type Action = InputOf<'reviewQueue.resolve'>['action'];
/** As many as there are keys to choose them by; the rest agrees less. */
const maxCandidates = 9;

const getCalls = { account: 'accounts.get', lead: 'leads.get', contact: 'contacts.get' } as const;

/** What the candidates are: of a capture always people, whatever it will make. */
function targetOf({ source, kind }: ReviewItem): keyof typeof getCalls {
  if (source === 'capture') return 'contact';
  return kind === 'accounts' ? 'account' : kind === 'leads' ? 'lead' : 'contact';
}

const keyFieldsOf = (kind: ImportKind): readonly string[] =>
  kind === 'accounts' ? ['accountName'] : ['email', 'phone'];

/** Fields that were offered and left empty are not values. */
const filledIn = (values: Readonly<Record<string, string>>, cameIn: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => value !== '' || name in cameIn));

function outcomeText({ outcome, message }: OutputOf<'reviewQueue.resolve'>): string {
  switch (outcome) {
    case 'created':
      return t('review.doneCreated');
    case 'updated':
      return t('review.doneUpdated');
    case 'unchanged':
      return t('review.doneUnchanged');
    case 'pending':
      return t('review.donePending', { message });
    case 'failed':
      return t('review.doneFailed', { message });
    case 'skipped':
      return t('review.doneSkipped');
  }
}

/** Says what was decided, with a way back: the item waits again. */
function useReopen(id: string) {
  const client = useQueryClient();
  return (said: string, writeId: number | null) =>
    // where no record changed there is no write; the toast wants a number of its own
    showUndo(said, writeId ?? -Date.now(), async () => {
      const result = await bridge.call('reviewQueue.reopen', { id, writeId });
      if (result.ok) refreshReads(client);
      return result;
    });
}

const addressParts: readonly string[] = ['street', 'street2', 'city', 'region', 'postalCode', 'country'];

/** Fields of files are named for files: what a record has under another name. */
function theirText(entity: keyof typeof getCalls, record: Readonly<Record<string, unknown>>, field: string): string {
  if (addressParts.includes(field)) {
    const [address] = Array.isArray(record['addresses']) ? (record['addresses'] as Record<string, unknown>[]) : [];
    const part = address?.[field];
    return typeof part === 'string' ? part : '';
  }
  const name = field === 'accountName' ? 'name' : field === 'fullName' ? 'label' : field;
  return valueText(fieldOf(entity, name) ?? { kind: 'text' }, record[name]);
}

const groupOf = (candidates: ReviewItem['candidates']) => ({
  members: candidates.map(({ id, label }) => ({ id, label, externalId: null })),
  pairs: candidates.slice(1).map(({ id }): { ids: [string, string]; probability: null } => ({
    ids: [candidates[0]?.id ?? '', id],
    probability: null,
  })),
  probability: null,
});

export function ReviewDetail({ item }: { readonly item: ReviewItem }) {
  const [values, setValues] = useState(item.values);
  const resolve = useAction('reviewQueue.resolve');
  const undo = useReopen(item.id);
  const entity = targetOf(item);
  const [isMerging, setMerging] = useState(false);
  const place = useKeepFocus<HTMLDivElement>();
  const firstInput = useRef<HTMLInputElement>(null);
  const offered = item.candidates.slice(0, maxCandidates);
  const found = useQueries({
    queries: offered.map(({ id }) => callOptions(getCalls[entity], { id })),
  });
  // of those that were merged since, the one that stands
  const standing = offered.map(({ id }, at) => (found[at]?.data as { readonly id: string } | undefined)?.id ?? id);
  const kept = offered.flatMap((_, at) => (standing.indexOf(standing[at] ?? '') === at ? [at] : []));
  const candidates = kept.flatMap((at) => offered[at] ?? []);
  const records = kept.map((at) => found[at]);
  const isEdited = JSON.stringify(values) !== JSON.stringify(item.values);

  const alike = useAlike(item);
  const isForAll = alike.count > 0 && alike.isWanted;
  const isBusy = resolve.pending || alike.isRunning;
  const asked = (action: Action, candidateId: string | undefined): InputOf<'reviewQueue.resolve'> => ({
    id: item.id,
    action,
    ...(candidateId === undefined ? {} : { candidateId }),
    ...(action === 'retry' || isEdited ? { values: filledIn(values, item.values) } : {}),
  });
  const decideAll = async (action: Action, candidateId: string | undefined) => {
    // who agrees second best with this one is nobody in particular to the others
    if (action === 'useCandidate' && candidateId !== candidates[0]?.id) return;
    await alike.run(asked(action, candidateId), action === 'useCandidate' ? 'useFirst' : action, outcomeText);
  };
  const decide = async (action: Action, candidateId?: string) => {
    if (isBusy) return;
    if (isForAll) {
      await decideAll(action, candidateId);
      return;
    }
    const result: CallResult<OutputOf<'reviewQueue.resolve'>> = await resolve.run(asked(action, candidateId));
    if (!result.ok) return;
    const { outcome, writeId } = result.value;
    const said = outcomeText(result.value);
    if (outcome === 'pending' || outcome === 'failed') showDone(said);
    else undo(said, writeId);
  };
  useShortcuts([
    ...candidates.map(({ id }, index) => ({
      keys: String(index + 1),
      label: t('review.useKey', { n: index + 1 }),
      run: () => void decide('useCandidate', id),
    })),
    { keys: 'c', label: t('review.createIt'), run: () => void decide('create') },
    { keys: 's', label: t('review.skip'), run: () => void decide('skip') },
    { keys: 'e', label: t('review.edit'), run: () => firstInput.current?.focus() },
    { keys: 'm', label: t('review.merge'), run: () => setMerging(true), disabled: candidates.length < 2 },
    { keys: 'a', label: t('review.forAll'), run: alike.toggle, disabled: alike.count === 0 },
    { keys: 'mod+enter', label: t('review.retry'), run: () => void decide('retry'), inFields: true },
  ]);

  // what the key may lack can be filled in here
  const fields = [...new Set([...Object.keys(item.values), ...keyFieldsOf(item.kind)])];
  const candidateText = (index: number, field: string): string => {
    const record: unknown = records[index]?.data;
    if (typeof record !== 'object' || record === null) return '';
    return theirText(entity, record as Readonly<Record<string, unknown>>, field);
  };

  return (
    <div className={classes.detail} ref={place} tabIndex={-1} role="group" aria-label={t('review.values')}>
      <Alert variant="light" color="yellow" mb="md">
        {item.message}
      </Alert>
      <ComparisonTable
        label={t('review.values')}
        widths={[
          `minmax(190px, ${candidates.length === 0 ? '1fr' : '1.2fr'})`,
          ...candidates.map(() => 'minmax(150px, 1fr)'),
        ]}
        {...(candidates.length === 0 ? { maxWidth: 620 } : {})}
        heads={[
          { key: 'incoming', content: t('review.incoming') },
          ...candidates.map(({ id, label, why }, index) => ({
            key: id,
            content: (
              <>
                <Text size="sm" fw={600}>
                  {label}
                </Text>
                <Text size="xs" c="dimmed" mb={6}>
                  {why}
                </Text>
                <ShortcutTooltip label={t('review.useN', { n: index + 1, name: label })} keys={String(index + 1)}>
                  <Button
                    size="compact-sm"
                    variant={index === 0 ? 'filled' : 'default'}
                    disabled={isBusy || (isForAll && index > 0)}
                    aria-label={t('review.useN', { n: index + 1, name: label })}
                    onClick={() => void decide('useCandidate', id)}
                  >
                    {t('review.use')}
                  </Button>
                </ShortcutTooltip>
              </>
            ),
          })),
        ]}
        rows={fields.map((field, row) => ({
          key: field,
          name: fieldLabel(field),
          cells: [
            {
              content: (
                <TextInput
                  {...(row === 0 ? { ref: firstInput } : {})}
                  aria-label={fieldLabel(field)}
                  value={values[field] ?? ''}
                  onChange={(event) => setValues({ ...values, [field]: event.currentTarget.value })}
                  onKeyDown={(event) => {
                    if (event.key === 'Escape') event.currentTarget.blur();
                  }}
                />
              ),
            },
            ...candidates.map((_, index) => {
              const theirs = candidateText(index, field);
              return {
                content: theirs === '' ? '–' : theirs,
                // what was not said differs from nothing
                differs:
                  theirs !== '' && (values[field] ?? '') !== '' && foldText(theirs) !== foldText(values[field] ?? ''),
              };
            }),
          ],
        }))}
      />
      {item.candidates.length > maxCandidates && (
        <Text size="sm" c="dimmed" mt="xs">
          {t('review.moreCandidates', { count: item.candidates.length - maxCandidates })}
        </Text>
      )}
      <Group gap="xs" mt="md">
        <ShortcutTooltip label={t('review.retryTip')} keys="mod+enter">
          <Button
            variant={candidates.length === 0 ? 'filled' : 'default'}
            loading={isBusy}
            onClick={() => void decide('retry')}
          >
            {t('review.retry')}
          </Button>
        </ShortcutTooltip>
        <ShortcutTooltip label={t('review.createIt')} keys="c">
          <Button variant="default" disabled={isBusy} onClick={() => void decide('create')}>
            {t('review.createIt')}
          </Button>
        </ShortcutTooltip>
        <ShortcutTooltip label={t('review.skip')} keys="s">
          <Button variant="default" disabled={isBusy} onClick={() => void decide('skip')}>
            {t('review.skip')}
          </Button>
        </ShortcutTooltip>
        {candidates.length > 1 && (
          <ShortcutTooltip label={t('review.mergeTip')} keys="m">
            <Button variant="default" disabled={isBusy} onClick={() => setMerging(true)}>
              {t('review.merge')}
            </Button>
          </ShortcutTooltip>
        )}
      </Group>
      {alike.count > 0 && (
        <ShortcutTooltip label={t('review.forAll')} keys="a">
          <Checkbox
            mt="md"
            w="fit-content"
            label={t('review.forAlike', { count: alike.count })}
            description={isForAll && candidates.length > 0 ? t('review.forAlikeFirst') : t('review.forAlikeWhich')}
            checked={alike.isWanted}
            disabled={isBusy}
            onChange={alike.toggle}
          />
        </ShortcutTooltip>
      )}
      {isMerging && candidates.length > 1 && (
        <Modal opened size="80rem" title={t('review.merge')} onClose={() => setMerging(false)}>
          <GroupView of={entity} group={groupOf(candidates)} onDone={() => setMerging(false)} />
        </Modal>
      )}
    </div>
  );
}
