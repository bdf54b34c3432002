/** One product: what it is called, and who is interested in it. */
import { Badge, Stack } from '@mantine/core';
import { Package, Target } from 'lucide-react';
import { useCallback, useMemo } from 'react';
import { useLocation, useParams } from 'wouter';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import { bridge } from '../../app/client.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { BinButton } from '../../ui/bin-actions.tsx';
import { FieldInput } from '../../ui/field-input.tsx';
import { NewRecordForm } from '../../ui/new-record-form.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { RecordForm, SaveButtons, useRecordForm } from '../../ui/record-form.tsx';
import { RecordLayout } from '../../ui/record-layout.tsx';
import { RelatedList } from '../../ui/related-list.tsx';
import { SideTabs } from '../../ui/side-tabs.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';

const fields = ['name', 'code', 'description'] as const;

export function ProductPage() {
  const { id } = useParams<{ id: string }>();
  return id === 'new' ? <NewProduct /> : <LoadedProduct id={id} key={id} />;
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

function NewProduct() {
  const [, navigate] = useLocation();
  const create = useAction('products.create', { quiet: true });
  const undo = useUndoToast();
  return (
    <Page title={t('products.new')} icon={Package}>
      <NewRecordForm
        entity="product"
        fields={fields}
        submitLabel={t('products.create')}
        create={(values) => create.run({ values })}
        onCancel={() => navigate('/products')}
        onCreated={(id, writeId) => {
          undo(t('common.created'), writeId);
          navigate(`/products/${id}`, { replace: true });
        }}
      >
        <ProductFields autoFocus />
      </NewRecordForm>
    </Page>
  );
}

function LoadedProduct({ id }: { readonly id: string }) {
  const query = useCall('products.get', { id });
  return <QueryGate query={query}>{(product) => <ProductView product={product} />}</QueryGate>;
}

function ProductView({ product }: { readonly product: EntityRecord<'product'> }) {
  const { id } = product;
  const [, navigate] = useLocation();
  const { run } = useAction('products.update', { quiet: true });
  const state = useRecordForm({
    entity: 'product',
    record: product,
    fields,
    save: useCallback((values, baseVersion) => run({ id, values, baseVersion }), [run, id]),
    reload: useCallback(() => bridge.call('products.get', { id }), [id]),
  });
  const tabs = useMemo(
    () => [
      { id: 'leads', label: t('products.leads'), content: <InterestedLeads id={id} /> },
      { id: 'history', label: t('history.title'), content: <HistoryPanel entity="product" id={id} /> },
    ],
    [id],
  );
  const isInBin = product.deletedAtMs !== null;
  return (
    <Page
      title={product.label}
      icon={Package}
      fill
      detail={product.code ?? undefined}
      badges={isInBin && <Badge color="red">{t('contacts.inBin')}</Badge>}
      actions={
        <>
          <BinButton
            area="products"
            ids={[id]}
            isInBin={isInBin}
            onDone={() => {
              if (!isInBin) navigate('/products');
            }}
          />
          <SaveButtons state={state} />
        </>
      }
    >
      <RecordLayout
        main={
          <RecordForm state={state}>
            <ProductFields />
          </RecordForm>
        }
        side={<SideTabs tabs={tabs} />}
      />
    </Page>
  );
}

function InterestedLeads({ id }: { readonly id: string }) {
  return (
    <RelatedList
      entity="lead"
      where={{ field: 'productIds', operator: 'containsAnyOf', id }}
      sort={{ field: 'updatedAtMs', direction: 'desc' }}
      renderDetail={({ company, stage }) => [company, choiceLabel(stage ?? '')].filter(Boolean).join(' · ')}
      renderBadge={({ status, score }) =>
        status !== 'open' ? (
          <Badge flex="none" color={status === 'qualified' ? 'teal' : 'gray'}>
            {choiceLabel(status)}
          </Badge>
        ) : (
          score !== null && (
            <Badge flex="none" color="gray">
              {t('contacts.score', { score })}
            </Badge>
          )
        )
      }
      empty={{ icon: Target, title: t('products.leadsNone'), body: t('products.leadsNoneHint') }}
    />
  );
}
