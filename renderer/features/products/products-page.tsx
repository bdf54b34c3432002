/** All products. */
import { Package } from 'lucide-react';
import type { ListViewId } from '../../../shared/contract/records.ts';
import { RecordListPage } from '../../ui/record-list-page.tsx';

const views: readonly ListViewId[] = ['all', 'bin'];
const defaultColumns = ['label', 'code', 'description', 'updatedAtMs'];

export function ProductsPage() {
  return <RecordListPage entity="product" icon={Package} defaultColumns={defaultColumns} views={views} />;
}
