/** The fields that the workspace adds to its records: one list for each kind of record. */
import { Badge, Button, SegmentedControl, Text } from '@mantine/core';
import { Plus, TextCursorInput } from 'lucide-react';
import { useState } from 'react';
import { useLocation, useParams } from 'wouter';
import {
  byPosition,
  type CustomFieldDefinition,
  type CustomFieldEntity,
  customFieldEntities,
} from '../../../shared/model/custom-field.ts';
import { useList } from '../../app/list-calls.ts';
import { useAction } from '../../app/use-call.ts';
import { useDefinitions } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page, Section } from '../../ui/page.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import classes from './custom-fields.module.css';
import { FieldDialog } from './field-dialog.tsx';
import { FieldList } from './field-list.tsx';

export function CustomFieldsPage() {
  const { entity: asked } = useParams<{ entity?: string }>();
  const entity = customFieldEntities.find((each) => each === asked) ?? 'contact';
  const [, navigate] = useLocation();
  const definitions = useDefinitions();
  const [dialog, setDialog] = useState<CustomFieldDefinition | 'new' | null>(null);
  const create = () => setDialog('new');
  useShortcuts([{ keys: 'n', label: t('customFields.add'), run: create }]);
  const own = definitions.filter((each) => each.entity === entity).toSorted(byPosition);
  const countOf = (of: CustomFieldEntity) => definitions.filter((each) => each.entity === of).length;
  const addButton = (
    <ShortcutTooltip label={t('customFields.add')} keys="n">
      <Button leftSection={<Plus size={15} aria-hidden />} onClick={create}>
        {t('customFields.add')}
      </Button>
    </ShortcutTooltip>
  );
  return (
    <Page title={t('customFields.title')} icon={TextCursorInput} detail={t('customFields.detail')} actions={addButton}>
      <SegmentedControl
        mb="md"
        aria-label={t('customFields.of')}
        value={entity}
        onChange={(next) => navigate(`/settings/fields/${next}`)}
        data={customFieldEntities.map((each) => ({
          value: each,
          label: t('customFields.tab', { what: t(`customFields.entities.${each}`), count: countOf(each) }),
        }))}
      />
      {own.length === 0 ? (
        <EmptyState
          icon={TextCursorInput}
          title={t('customFields.emptyTitle', { what: t(`customFields.entities.${entity}`).toLowerCase() })}
          body={t('customFields.emptyBody')}
          action={
            <Button variant="default" onClick={create}>
              {t('customFields.add')}
            </Button>
          }
        />
      ) : (
        <FieldList fields={own} onEdit={setDialog} />
      )}
      <Removed entity={entity} />
      {dialog !== null && (
        <FieldDialog entity={entity} field={dialog === 'new' ? null : dialog} onClose={() => setDialog(null)} />
      )}
    </Page>
  );
}

/** In the bin, with all their values. */
function Removed({ entity }: { readonly entity: CustomFieldEntity }) {
  const query = useList('customField', {
    limit: 200,
    view: 'bin',
    filters: [{ kind: 'row', field: 'entity', operator: 'is', values: [entity] }],
  });
  const restore = useAction('customFields.restore', { saved: t('customFields.restored') });
  const rows = query.data?.rows ?? [];
  if (rows.length === 0) return null;
  return (
    <Section title={t('customFields.removedTitle')} hint={t('customFields.removedHint')}>
      <ul className={classes.list}>
        {rows.map(({ id, name, kind }) => (
          <li key={id} className={classes.item}>
            <Text size="sm" className={classes.name}>
              {name}
            </Text>
            <Badge color="gray">{choiceLabel(kind)}</Badge>
            <span className={classes.gap} />
            <Button
              variant="default"
              size="compact-sm"
              aria-label={t('customFields.restoreOf', { field: name })}
              loading={restore.pending}
              onClick={() => void restore.run({ ids: [id] })}
            >
              {t('customFields.restore')}
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  );
}
