/** The first line of a block: which related records or interactions, how many, and when. */
import { Group, MultiSelect, NumberInput, Select, Text, TextInput } from '@mantine/core';
import { format, subDays } from 'date-fns';
import { interactionKinds, type InteractionKind } from '../../../shared/model/picklists.ts';
import type { Quantifier } from '../../../shared/rules/segment/schema.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { useBuilder } from './builder-context.tsx';
import type { EditorBehaviour, EditorRelated } from './tree.ts';
import { relationLabel } from './words.ts';

const quantifierKinds = ['atLeast', 'atMost', 'exactly', 'none', 'all'] as const;

function QuantifierPicker({ node }: { node: EditorRelated | EditorBehaviour }) {
  const { store } = useBuilder();
  const { quantifier } = node;
  const put = (next: Quantifier, mergeTag?: string) =>
    store
      .getState()
      .update(node.key, (before) => ('quantifier' in before ? { ...before, quantifier: next } : before), mergeTag);
  // "all of somebody's clicks" asks for nothing that a count does not
  const kinds = node.kind === 'behaviour' ? quantifierKinds.filter((kind) => kind !== 'all') : quantifierKinds;
  const hasCount = quantifier.kind !== 'none' && quantifier.kind !== 'all';
  return (
    <Group gap={6} wrap="nowrap">
      <Select
        aria-label={t('segments.quantifier')}
        w={112}
        data={kinds.map((kind) => ({ value: kind, label: t(`segments.quantifiers.${kind}`) }))}
        value={quantifier.kind}
        allowDeselect={false}
        onChange={(value) => {
          const kind = quantifierKinds.find((each) => each === value);
          if (kind === undefined) return;
          const counts = kind !== 'none' && kind !== 'all';
          put({ kind, count: counts ? Math.max(1, quantifier.count) : 0 });
        }}
      />
      {hasCount ? (
        <NumberInput
          aria-label={t('segments.quantifierCount')}
          w={72}
          min={quantifier.kind === 'atLeast' ? 1 : 0}
          max={1_000_000}
          allowDecimal={false}
          value={quantifier.count}
          onChange={(value) => {
            if (typeof value === 'number') put({ ...quantifier, count: value }, 'count');
          }}
        />
      ) : null}
    </Group>
  );
}

export function RelatedHead({ node }: { readonly node: EditorRelated }) {
  return (
    <>
      <Text size="sm" fw={600}>
        {relationLabel(node.relation)}
      </Text>
      <QuantifierPicker node={node} />
    </>
  );
}

const isoDay = (at: Date) => format(at, 'yyyy-MM-dd');
type WindowKind = 'always' | 'last' | 'between';

export function BehaviourHead({ node }: { readonly node: EditorBehaviour }) {
  const { store } = useBuilder();
  const put = (change: Partial<EditorBehaviour>, mergeTag?: string) =>
    store
      .getState()
      .update(node.key, (before) => (before.kind === 'behaviour' ? { ...before, ...change } : before), mergeTag);
  const { window } = node;
  const windowKind: WindowKind = window === null ? 'always' : 'lastDays' in window ? 'last' : 'between';
  return (
    <>
      <MultiSelect
        aria-label={t('segments.behaviourKinds')}
        data={interactionKinds.map((kind) => ({ value: kind, label: choiceLabel(kind) }))}
        value={[...node.interactionKinds]}
        onChange={(kinds) =>
          put({ interactionKinds: interactionKinds.filter((kind: InteractionKind) => kinds.includes(kind)) })
        }
        placeholder={node.interactionKinds.length === 0 ? t('segments.behaviourKindsPlaceholder') : ''}
        searchable
        miw={200}
        comboboxProps={{ shadow: 'md', width: 'max-content', position: 'bottom-start' }}
      />
      <QuantifierPicker node={node} />
      <Group gap={6} wrap="nowrap">
        <Select
          aria-label={t('segments.window')}
          w={112}
          data={[
            { value: 'always', label: t('segments.windowAlways') },
            { value: 'last', label: t('segments.windowLast') },
            { value: 'between', label: t('segments.windowBetween') },
          ]}
          value={windowKind}
          allowDeselect={false}
          onChange={(kind) => {
            if (kind === 'always') put({ window: null });
            if (kind === 'last') put({ window: { lastDays: 90 } });
            if (kind === 'between') {
              const today = new Date();
              put({ window: { from: isoDay(subDays(today, 90)), to: isoDay(today) } });
            }
          }}
        />
        {window !== null && 'lastDays' in window ? (
          <>
            <NumberInput
              aria-label={t('segments.windowDays')}
              w={76}
              min={1}
              max={36_500}
              allowDecimal={false}
              value={window.lastDays}
              onChange={(value) => {
                if (typeof value === 'number' && value >= 1) put({ window: { lastDays: value } }, 'window');
              }}
            />
            <Text size="sm">{t('segments.windowDays')}</Text>
          </>
        ) : null}
        {window !== null && 'from' in window ? (
          <>
            <TextInput
              type="date"
              aria-label={t('segments.windowFrom')}
              value={window.from}
              onChange={(event) => {
                const from = event.currentTarget.value;
                if (from !== '') put({ window: { ...window, from } }, 'window');
              }}
            />
            <TextInput
              type="date"
              aria-label={t('segments.windowTo')}
              value={window.to}
              onChange={(event) => {
                const to = event.currentTarget.value;
                if (to !== '') put({ window: { ...window, to } }, 'window');
              }}
            />
          </>
        ) : null}
      </Group>
    </>
  );
}
