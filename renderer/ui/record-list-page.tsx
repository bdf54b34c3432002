/** The page of a list: its name, the way to make a record (N), and the table. */
import { Button } from '@mantine/core';
import { type LucideIcon, Plus } from 'lucide-react';
import { useLocation } from 'wouter';
import { listPath } from '../app/record-path.ts';
import { t } from '../i18n/index.ts';
import { Page } from './page.tsx';
import { type PagedEntity, wordsOf } from './record-areas.ts';
import { RecordTable, type RecordTableProps } from './record-table.tsx';
import { ShortcutTooltip, useShortcuts } from './shortcuts.tsx';

type Props<E extends PagedEntity> = Omit<RecordTableProps<E>, 'storageKey' | 'noun' | 'onOpen' | 'empty'> & {
  readonly icon: LucideIcon;
  /** Where records come from beside being entered: offered while there are none. */
  readonly source?: { readonly label: string; readonly path: string };
};

export function RecordListPage<E extends PagedEntity>({ icon, source, ...table }: Props<E>) {
  const [, navigate] = useLocation();
  const words = wordsOf[table.entity as PagedEntity];
  const path = listPath(table.entity);
  const label = t(`${words}.new`);
  const create = () => navigate(`${path}/new`);
  useShortcuts([{ keys: 'n', label, run: create }]);
  return (
    <Page
      title={t(`${words}.title`)}
      icon={icon}
      fill
      actions={
        <ShortcutTooltip label={label} keys="n">
          <Button leftSection={<Plus size={15} aria-hidden />} onClick={create}>
            {label}
          </Button>
        </ShortcutTooltip>
      }
    >
      <RecordTable<E>
        {...(table as Omit<RecordTableProps<E>, 'storageKey' | 'noun' | 'onOpen' | 'empty'>)}
        storageKey={words}
        noun={t(`${words}.noun`)}
        onOpen={({ id }) => navigate(`${path}/${id}`)}
        empty={{
          icon,
          title: t(`${words}.emptyTitle`),
          body: t(`${words}.emptyBody`),
          action: (
            <>
              {source && (
                <Button variant="default" onClick={() => navigate(source.path)}>
                  {source.label}
                </Button>
              )}
              <Button variant="default" onClick={create}>
                {label}
              </Button>
            </>
          ),
        }}
      />
    </Page>
  );
}
