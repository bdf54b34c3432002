/** The filters of a list as chips that can be changed and removed, and the ways to add one. */
import { ActionIcon, Button, CloseButton } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { ListFilter, Plus } from 'lucide-react';
import { type ReactElement, type RefObject, useEffect, useRef } from 'react';
import type { EntityName } from '../../shared/model/entities.ts';
import { describeNode } from '../../shared/rules/segment/describe.ts';
import type { RowNode } from '../../shared/rules/segment/schema.ts';
import { english } from '../../shared/rules/segment/words.ts';
import { useRegistry } from '../app/workspace-fields.ts';
import { t } from '../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../i18n/words.ts';
import classes from './filter-chips.module.css';
import { FilterPopover, useFilterDraft } from './filter-popover.tsx';
import { labelOptions } from './record-values.tsx';
import { ShortcutTooltip, useShortcuts } from './shortcuts.tsx';

const words = { ...english, field: (_entity: EntityName, name: string) => fieldLabel(name), option: choiceLabel };

type Filters = {
  readonly entity: EntityName;
  readonly filters: readonly RowNode[];
  readonly setFilters: (filters: readonly RowNode[]) => void;
  /** Where the keyboard goes when the last filter has gone. */
  readonly scroller: RefObject<HTMLDivElement | null>;
};

/** The button beside the search. */
export function FilterButton({ entity, filters, setFilters }: Omit<Filters, 'scroller'>) {
  const draft = useFilterDraft();
  useShortcuts([{ keys: 'f', label: t('table.addFilter'), run: draft.open }]);
  return (
    <FilterPopover entity={entity} draft={draft} row={null} onApply={(row) => setFilters([...filters, row])}>
      <span className={classes.anchor}>
        <ShortcutTooltip label={t('table.addFilter')} keys="f" position="bottom">
          <ActionIcon
            variant={filters.length > 0 ? 'light' : 'default'}
            size={32}
            aria-label={t('table.addFilter')}
            aria-haspopup="dialog"
            aria-expanded={draft.isOpen}
            onClick={draft.isOpen ? draft.close : draft.open}
          >
            <ListFilter size={16} aria-hidden />
          </ActionIcon>
        </ShortcutTooltip>
      </span>
    </FilterPopover>
  );
}

/** The row of chips; nothing while there is no filter. */
export function FilterChips({ entity, filters, setFilters, scroller }: Filters): ReactElement | null {
  const draft = useFilterDraft();
  const row = useRef<HTMLDivElement>(null);
  const focusNext = useRef<number | null>(null);
  useEffect(() => {
    const index = focusNext.current;
    focusNext.current = null;
    if (index === null) return;
    const chips = row.current?.querySelectorAll<HTMLElement>(`.${classes.sentence}`);
    (chips?.[Math.min(index, chips.length - 1)] ?? scroller.current)?.focus();
  }, [filters, scroller]);
  const remove = (index: number) => {
    focusNext.current = index;
    setFilters(filters.toSpliced(index, 1));
  };
  const sentences = useSentences(entity, filters);
  if (filters.length === 0) return null;
  return (
    <div ref={row} className={classes.row} role="group" aria-label={t('table.filters', { count: filters.length })}>
      {filters.map((each, index) => (
        <Chip
          key={`${index}-${each.field}`}
          entity={entity}
          row={each}
          sentence={sentences[index] ?? ''}
          onApply={(next) => setFilters(filters.with(index, next))}
          onRemove={() => remove(index)}
        />
      ))}
      <FilterPopover entity={entity} draft={draft} row={null} onApply={(row) => setFilters([...filters, row])}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<Plus size={14} aria-hidden />}
          aria-haspopup="dialog"
          onClick={draft.open}
        >
          {t('table.anotherFilter')}
        </Button>
      </FilterPopover>
      <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setFilters([])}>
        {t('table.clearFilters')}
      </Button>
    </div>
  );
}

type ChipProps = {
  readonly entity: EntityName;
  readonly row: RowNode;
  readonly sentence: string;
  readonly onApply: (row: RowNode) => void;
  readonly onRemove: () => void;
};

function Chip({ entity, row, sentence, onApply, onRemove }: ChipProps) {
  const draft = useFilterDraft();
  return (
    <FilterPopover entity={entity} draft={draft} row={row} onApply={onApply} onRemove={onRemove}>
      <span className={classes.chip}>
        <button
          type="button"
          className={classes.sentence}
          title={t('table.changeFilter')}
          aria-haspopup="dialog"
          aria-expanded={draft.isOpen}
          onClick={draft.open}
          onKeyDown={(event) => {
            if (event.key === 'Delete' || event.key === 'Backspace') onRemove();
          }}
        >
          {sentence}
        </button>
        <CloseButton size="xs" aria-label={t('table.removeFilter', { filter: sentence })} onClick={onRemove} />
      </span>
    </FilterPopover>
  );
}

/** "Role is Decision maker": records that a filter names are called by their labels. */
function useSentences(entity: EntityName, filters: readonly RowNode[]): readonly string[] {
  const registry = useRegistry();
  const named = filters.flatMap((row) => {
    const target = row.operator === 'inSegment' ? 'segment' : registry.field(entity, row.field)?.target;
    return target ? row.values.map((id) => ({ target, id: String(id) })) : [];
  });
  const found = useQueries({ queries: named.map(({ target, id }) => labelOptions(target, id)) });
  const labels = new Map(named.map(({ target, id }, index) => [`${target} ${id}`, found[index]?.data?.label ?? '…']));
  const labelOf = (target: EntityName, id: string) => labels.get(`${target} ${id}`) ?? null;
  return filters.map((row) =>
    describeNode(row, entity, {
      root: entity,
      words,
      registry,
      labelOf,
      segment: (id) => ({
        id,
        name: labelOf('segment', id) ?? '…',
        kind: 'static',
        query: null,
        operations: [],
        timeZone: null,
      }),
    }),
  );
}
