/** The products that an interest is in: several, by name. */
import { MultiSelect } from '@mantine/core';
import { useList } from '../app/list-calls.ts';
import { t } from '../i18n/index.ts';

type Props = {
  readonly label: string;
  readonly value: unknown;
  readonly onChange: (ids: readonly string[]) => void;
};

/** A range of products is a short list: all of it is offered. */
const mostProducts = 500;

export function ProductList({ label, value, onChange }: Props) {
  const chosen = Array.isArray(value) ? value.map(String) : [];
  const { data } = useList('product', { limit: mostProducts, sort: { field: 'label', direction: 'asc' } });
  const known = data?.rows ?? [];
  // one that is in the bin keeps its place until it is taken out here
  const gone = data === undefined ? [] : chosen.filter((id) => !known.some((product) => product.id === id));
  return (
    <MultiSelect
      label={label}
      data={[
        ...known.map((product) => ({ value: product.id, label: product.label })),
        ...gone.map((id) => ({ value: id, label: t('products.removed') })),
      ]}
      value={data === undefined ? [] : chosen}
      disabled={data === undefined}
      searchable
      clearable
      hidePickedOptions
      nothingFoundMessage={t('products.none')}
      onChange={onChange}
    />
  );
}
