/**
 * The page of a record: its form at the left, what stands around it at the right, and above them its name, what it is,
 * the bin and Save. And the page that makes one. What differs from kind to kind is handed in.
 */
import { Badge } from '@mantine/core';
import type { LucideIcon } from 'lucide-react';
import { type ReactNode, useCallback } from 'react';
import { useLocation, useParams } from 'wouter';
import type { EntityRecord } from '../../shared/model/entities.ts';
import { bridge } from '../app/client.ts';
import { listPath } from '../app/record-path.ts';
import { useAction, useCall, useUndoToast } from '../app/use-call.ts';
import { t } from '../i18n/index.ts';
import { BinButton } from './bin-actions.tsx';
import { NewRecordForm } from './new-record-form.tsx';
import { Page } from './page.tsx';
import { QueryGate } from './query-gate.tsx';
import { areaOf, type PagedEntity, wordsOf } from './record-areas.ts';
import { type FormValues, RecordForm, type RecordFormOptions, SaveButtons, useRecordForm } from './record-form.tsx';
import { RecordLayout } from './record-layout.tsx';
import { type SideTab, SideTabs } from './side-tabs.tsx';

type PageProps<E extends PagedEntity> = {
  readonly entity: E;
  /** The page of the id `new`. */
  readonly renderNew: () => ReactNode;
  readonly children: (record: EntityRecord<E>) => ReactNode;
};

/** By the id in the address. */
export function RecordPage<E extends PagedEntity>({ entity, renderNew, children }: PageProps<E>) {
  const { id } = useParams<{ id: string }>();
  if (id === 'new') return renderNew();
  return (
    <Loaded key={id} entity={entity} id={id}>
      {children}
    </Loaded>
  );
}

function Loaded<E extends PagedEntity>(props: Omit<PageProps<E>, 'renderNew'> & { readonly id: string }) {
  const query = useCall(`${areaOf[props.entity as PagedEntity]}.get`, { id: props.id });
  // the call of an entity answers its record: the compiler cannot see that for one that is not known yet
  return <QueryGate query={query}>{(record) => props.children(record as unknown as EntityRecord<E>)}</QueryGate>;
}

type NewProps = {
  readonly entity: PagedEntity;
  readonly icon: LucideIcon;
  readonly fields: readonly string[];
  readonly initial?: FormValues;
  readonly children: ReactNode;
};

export function NewRecordPage({ entity, icon, fields, initial, children }: NewProps) {
  const [, navigate] = useLocation();
  const create = useAction(`${areaOf[entity]}.create`, { quiet: true });
  const undo = useUndoToast();
  const words = wordsOf[entity];
  const path = listPath(entity);
  return (
    <Page title={t(`${words}.new`)} icon={icon}>
      <NewRecordForm
        entity={entity}
        fields={fields}
        {...(initial ? { initial } : {})}
        submitLabel={t(`${words}.create`)}
        create={(values) => create.run({ values })}
        onCancel={() => navigate(path)}
        onCreated={(id, writeId) => {
          undo(t('common.created'), writeId);
          navigate(`${path}/${id}`, { replace: true });
        }}
      >
        {children}
      </NewRecordForm>
    </Page>
  );
}

type ViewProps = {
  readonly entity: PagedEntity;
  readonly record: RecordFormOptions['record'];
  readonly icon: LucideIcon;
  readonly fields: readonly string[];
  /** The line below the name. */
  readonly detail?: ReactNode;
  readonly badges?: ReactNode;
  /** Between the bin and Save; not for what is in the bin. */
  readonly actions?: ReactNode;
  /** The sections of the form. */
  readonly children: ReactNode;
  /** Below the form, not part of it. */
  readonly below?: ReactNode;
} & (
  | { readonly tabs: readonly SideTab[]; readonly body?: never }
  /** Another arrangement than the form beside tabs. */
  | { readonly tabs?: never; readonly body: (form: ReactNode) => ReactNode }
);

export function RecordView(props: ViewProps) {
  const { entity, record, icon, tabs, below, body } = props;
  const area = areaOf[entity];
  const { id } = record;
  const [, navigate] = useLocation();
  const { run } = useAction(`${area}.update`, { quiet: true });
  const state = useRecordForm({
    entity,
    record,
    fields: props.fields,
    save: useCallback((values, baseVersion) => run({ id, values, baseVersion }), [run, id]),
    reload: useCallback(() => bridge.call(`${area}.get`, { id }), [area, id]),
  });
  const isInBin = record.deletedAtMs !== null;
  const form = <RecordForm state={state}>{props.children}</RecordForm>;
  return (
    <Page
      title={record.label}
      icon={icon}
      fill
      detail={props.detail}
      badges={
        <>
          {isInBin && <Badge color="red">{t('contacts.inBin')}</Badge>}
          {props.badges}
        </>
      }
      actions={
        <>
          <BinButton
            area={area}
            ids={[id]}
            isInBin={isInBin}
            onDone={() => {
              if (!isInBin) navigate(listPath(entity));
            }}
          />
          {!isInBin && props.actions}
          <SaveButtons state={state} />
        </>
      }
    >
      {body ? (
        body(form)
      ) : (
        <RecordLayout
          main={
            below === undefined ? (
              form
            ) : (
              <>
                {form}
                {below}
              </>
            )
          }
          side={<SideTabs tabs={tabs} />}
        />
      )}
    </Page>
  );
}
