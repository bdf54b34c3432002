/** Columns of a record table: every field that may be listed, plus those a page adds; shown, ordered and sized by choice. */
import { columnOrderingFeature, columnVisibilityFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { type ReactNode, useMemo } from 'react';
import { entityOf, type EntityName, type EntityRecord } from '../../shared/model/entities.ts';
import type { Field, FieldKind } from '../../shared/model/field.ts';
import { setColumns, usePreferences } from '../app/preferences.ts';
import { customNames, useFields } from '../app/workspace-fields.ts';
import { fieldLabel } from '../i18n/words.ts';
import { CustomCell } from './custom-cell.tsx';
import { FieldValue } from './field-value.tsx';
import { phoneText } from '../../shared/rules/normalise/phone-text.ts';
import { formatInstant, formatInstantShort } from './format.ts';
import { TagChips } from './tag-chips.tsx';

export type ColumnSpec<E extends EntityName> = {
  /** A field's name, or a name of its own. */
  readonly id: string;
  readonly header?: string;
  readonly width?: number;
  readonly align?: 'right';
  readonly render: (row: EntityRecord<E>) => ReactNode;
};

type Meta<Row> = {
  width: number;
  isCuttable: boolean;
  sortable: boolean;
  align: 'right' | undefined;
  render: (row: Row) => ReactNode;
};

const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
});
const noRows: never[] = [];

const widthOf: Readonly<Partial<Record<FieldKind, number>>> = {
  boolean: 110,
  integer: 100,
  number: 120,
  date: 120,
  instant: 125,
  choice: 140,
  longText: 280,
  multiChoice: 190,
};
const uncut: readonly FieldKind[] = ['integer', 'number', 'date', 'instant'];
const widthByName: Readonly<Record<string, number>> = { label: 210, email: 210, company: 180, topic: 220, phone: 150 };

const metaFields = [
  { id: 'label', kind: 'text' },
  { id: 'createdAtMs', kind: 'instant' },
  { id: 'updatedAtMs', kind: 'instant' },
] as const;

export type ColumnOrder = {
  readonly all: readonly { id: string; name: string }[];
  readonly shown: readonly string[];
  readonly setShown: (ids: readonly string[]) => void;
  readonly reset: () => void;
};

export function useRecordColumns<E extends EntityName>(
  entity: E,
  storageKey: string,
  specs: readonly ColumnSpec<E>[],
  defaults: readonly string[],
  /** Columns of a saved view: shown instead of the person's own choice, which stays as it is. */
  ofView: { readonly shown: readonly string[] | null; readonly setShown: (ids: readonly string[]) => void },
  /** Stands behind the first one whatever else is shown, and is no choice. */
  fixed: string | null = null,
) {
  type Row = EntityRecord<E>;
  const choice = usePreferences(({ columns }) => columns[storageKey]);
  const { sortable: sortableFields } = entityOf(entity);
  const fields = useFields(entity);

  const { columns, metaById } = useMemo(() => {
    const sortable = new Set<string>([
      'label',
      'createdAtMs',
      'updatedAtMs',
      ...sortableFields,
      ...customNames(fields).filter((name) => fields[name]?.kind !== 'multiChoice'),
    ]);
    const listed = Object.entries(fields)
      .filter(([name, field]) => field.use.list && name !== 'name')
      .map(([id, field]) => ({ id, field }));
    const own = specs.filter(({ id }) => id !== 'label' && !(id in fields));
    const metas = new Map<string, Meta<Row>>();
    const column = (id: string, field: (Partial<Field> & Pick<Field, 'kind'>) | null) => {
      const kind = field?.kind ?? null;
      const spec = specs.find((each) => each.id === id);
      const meta: Meta<Row> = {
        width: spec?.width ?? widthByName[id] ?? (kind === null ? undefined : widthOf[kind]) ?? 150,
        isCuttable: id !== fixed && id !== 'phone' && (kind === null || !uncut.includes(kind)),
        sortable: sortable.has(id),
        align: spec?.align ?? (kind === 'integer' || kind === 'number' ? 'right' : undefined),
        render:
          spec?.render ??
          ((row) => {
            const values = row as Readonly<Record<string, unknown>>;
            const value = values[id];
            if (field?.custom !== undefined) return <CustomCell field={field} value={value} />;
            if (id === 'tags' && Array.isArray(value)) return <TagChips tags={value.map(String)} />;
            if (kind === 'instant' && typeof value === 'number')
              return <span title={formatInstant(value)}>{formatInstantShort(value, Date.now())}</span>;
            if (id === 'phone' && typeof value === 'string') {
              return phoneText({ number: value, e164: /^\+[1-9]\d{3,14}$/.test(value) ? value : null });
            }
            return (
              <FieldValue
                field={kind === null ? undefined : { kind }}
                value={values[id]}
                refLabel={row.labels[id] ?? null}
              />
            );
          }),
      };
      metas.set(id, meta);
      return {
        id,
        header: spec?.header ?? fieldLabel(id),
      };
    };
    const made = [
      ...metaFields.map(({ id, kind }) => column(id, { kind })),
      ...listed.map(({ id, field }) => column(id, field)),
      ...own.map(({ id }) => column(id, null)),
    ];
    return { columns: made, metaById: metas };
  }, [fields, sortableFields, specs, fixed]);

  const own = choice?.shown ?? defaults;
  const chosen = ofView.shown ?? own;
  const shown = fixed === null ? chosen : [...chosen.slice(0, 1), fixed, ...chosen.slice(1)];
  const table = useTable({
    features,
    columns,
    data: noRows,
    state: {
      columnVisibility: Object.fromEntries(columns.map(({ id }) => [id, shown.includes(id)])),
      columnOrder: [...shown],
    },
  });
  const widths = choice?.widths ?? {};
  const usualOf = (id: string) => metaById.get(id)?.width ?? 150;
  // a text can be cut; half a day, number or phone number tells another one
  const leastOf = (id: string) =>
    widths[id] ?? (metaById.get(id)?.isCuttable === false ? usualOf(id) * 0.85 : Math.round(usualOf(id) * 0.62));

  const order: ColumnOrder = {
    all: columns.filter(({ id }) => id !== fixed).map(({ id, header }) => ({ id, name: header })),
    shown: chosen,
    setShown: (ids) => {
      if (ofView.shown === null) setColumns(storageKey, { shown: ids, widths });
      else ofView.setShown(ids);
    },
    reset: () => {
      if (ofView.shown === null) setColumns(storageKey, { shown: defaults, widths: {} });
      else ofView.setShown(defaults);
    },
  };
  return {
    table,
    order,
    metaOf: (id: string) => metaById.get(id),
    /** Columns share the width there is, until one is given its own. */
    trackOf: (id: string): string =>
      widths[id] === undefined ? `minmax(${leastOf(id)}px, ${usualOf(id)}fr)` : `${widths[id]}px`,
    leastOf,
    resize: (id: string, width: number) =>
      setColumns(storageKey, {
        shown: own,
        widths: { ...widths, [id]: Math.round(Math.min(900, Math.max(60, width))) },
      }),
  };
}

export type RecordColumns<E extends EntityName> = ReturnType<typeof useRecordColumns<E>>;
