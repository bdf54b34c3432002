/** Records that point at this one, as a short list of links. */
import { Anchor, Group, Text } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { ListInput } from '../../shared/contract/records.ts';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import { useList } from '../app/list-calls.ts';
import { recordPath } from '../app/record-path.ts';
import { t } from '../i18n/index.ts';
import { EmptyState } from './empty-state.tsx';
import { formatNumber } from './format.ts';
import { QueryGate } from './query-gate.tsx';
import classes from './related-list.module.css';

type Props<E extends EntityName> = {
  readonly entity: E;
  /** The field that holds this record's id, alone or (`containsAnyOf`) with others, and the id. */
  readonly where: { readonly field: string; readonly id: string; readonly operator?: 'is' | 'containsAnyOf' };
  /** Instead of the record's label. */
  readonly renderTitle?: (row: EntityRecord<E>) => ReactNode;
  readonly renderDetail?: (row: EntityRecord<E>) => ReactNode;
  readonly renderBadge?: (row: EntityRecord<E>) => ReactNode;
  readonly empty: {
    readonly icon: LucideIcon;
    readonly title: string;
    readonly body?: string;
    readonly action?: ReactNode;
    /** One line: it is a part among others. */
    readonly isSmall?: boolean;
  };
  readonly sort?: NonNullable<ListInput['sort']>;
};

export function RelatedList<E extends EntityName>(props: Props<E>) {
  const { entity, where, sort } = props;
  const query = useList(entity, {
    limit: 100,
    filters: [{ kind: 'row', field: where.field, operator: where.operator ?? 'is', values: [where.id] }],
    ...(sort ? { sort } : {}),
  });
  return (
    <QueryGate query={query}>{({ rows, total }) => <RelatedRows {...props} rows={rows} total={total} />}</QueryGate>
  );
}

type RowsProps<E extends EntityName> = Omit<Props<E>, 'where' | 'sort'> & {
  readonly rows: readonly EntityRecord<E>[];
  readonly total: number;
};

/** The same for rows that come from elsewhere than a list. */
export function RelatedRows<E extends EntityName>(props: RowsProps<E>) {
  const { entity, rows, total, renderTitle, renderDetail, renderBadge, empty } = props;
  if (rows.length === 0 && empty.isSmall) {
    return (
      <Text size="sm" c="dimmed">
        {empty.title}
      </Text>
    );
  }
  if (rows.length === 0) return <EmptyState {...empty} />;
  return (
    <>
      <ul className={classes.list}>
        {rows.map((row) => {
          const path = recordPath(entity, row.id);
          return (
            <li key={row.id} className={classes.item}>
              <Group justify="space-between" wrap="nowrap" gap="sm">
                {renderTitle ? (
                  renderTitle(row)
                ) : path === null ? (
                  <Text size="sm">{row.label}</Text>
                ) : (
                  <Anchor component={Link} href={path} size="sm" fw={500} truncate>
                    {row.label}
                  </Anchor>
                )}
                {renderBadge?.(row)}
              </Group>
              {renderDetail && (
                <Text size="xs" c="dimmed" truncate>
                  {renderDetail(row)}
                </Text>
              )}
            </li>
          );
        })}
      </ul>
      {total > rows.length && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('table.total', { total: formatNumber(total) })}
        </Text>
      )}
    </>
  );
}
