/** All products. */
import { Button } from '@mantine/core';
import { Package, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { t } from '../../i18n/index.ts';
import { Page } from '../../ui/page.tsx';
import { RecordTable } from '../../ui/record-table.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';

const views: readonly ListViewId[] = ['all', 'bin'];
const defaultColumns = ['label', 'code', 'description', 'updatedAtMs'];

export function ProductsPage() {
  const [, navigate] = useLocation();
  const create = () => navigate('/products/new');
  useShortcuts([{ keys: 'n', label: t('products.new'), run: create }]);
  return (
    <Page
      title={t('products.title')}
      icon={Package}
      fill
      actions={
        <ShortcutTooltip label={t('products.new')} keys="n">
          <Button leftSection={<Plus size={15} aria-hidden />} onClick={create}>
            {t('products.new')}
          </Button>
        </ShortcutTooltip>
      }
    >
      <RecordTable
        entity="product"
        storageKey="products"
        noun={t('products.noun')}
        defaultColumns={defaultColumns}
        views={views}
        onOpen={({ id }) => navigate(`/products/${id}`)}
        empty={{
          icon: Package,
          title: t('products.emptyTitle'),
          body: t('products.emptyBody'),
          action: (
            <Button variant="default" onClick={create}>
              {t('products.new')}
            </Button>
          ),
        }}
      />
    </Page>
  );
}
