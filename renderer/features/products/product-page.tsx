/** One product: what it is called, and who is interested in it. */
import { Stack } from '@mantine/core';
import { Package, Target } from 'lucide-react';
import { useMemo } from 'react';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { t } from '../../i18n/index.ts';
import { FieldInput } from '../../ui/field-input.tsx';
import { Section } from '../../ui/page.tsx';
import { NewRecordPage, RecordPage, RecordView } from '../../ui/record-page.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { InterestedLeads } from '../leads/interested-leads.tsx';

const fields = ['name', 'code', 'description'] as const;

export function ProductPage() {
  return (
    <RecordPage
      entity="product"
      renderNew={() => (
        <NewRecordPage entity="product" icon={Package} fields={fields}>
          <ProductFields autoFocus />
        </NewRecordPage>
      )}
    >
      {(product) => <ProductView product={product} />}
    </RecordPage>
  );
}

function ProductFields({ autoFocus = false }: { readonly autoFocus?: boolean }) {
  return (
    <Section title={t('products.details')}>
      <Stack gap="sm">
        {fields.map((name) => (
          <FieldInput key={name} of="product" name={name} autoFocus={autoFocus && name === 'name'} />
        ))}
      </Stack>
    </Section>
  );
}

function ProductView({ product }: { readonly product: EntityRecord<'product'> }) {
  const { id, code } = product;
  const tabs = useMemo(
    () => [
      {
        id: 'leads',
        label: t('products.leads'),
        content: (
          <InterestedLeads
            where={{ field: 'productIds', operator: 'containsAnyOf', id }}
            empty={{ icon: Target, title: t('products.leadsNone'), body: t('products.leadsNoneHint') }}
          />
        ),
      },
      { id: 'history', label: t('history.title'), content: <HistoryPanel entity="product" id={id} /> },
    ],
    [id],
  );
  return (
    <RecordView entity="product" record={product} icon={Package} fields={fields} detail={code ?? undefined} tabs={tabs}>
      <ProductFields />
    </RecordView>
  );
}
