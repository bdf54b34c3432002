/** The fields of one kind of record in their order: the arrows move one, and Alt+↑ and Alt+↓ on its button. */
import { ActionIcon, Anchor, Badge, Button, Group, Text, VisuallyHidden } from '@mantine/core';
import { modals } from '@mantine/modals';
import { ArrowDown, ArrowUp, PencilLine, Trash2 } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import type { CustomFieldDefinition } from '../../../shared/model/custom-field.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { recordPath } from '../../app/record-path.ts';
import { bridge } from '../../app/client.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { confirm } from '../../ui/confirm.tsx';
import { showError } from '../../ui/toast.tsx';
import classes from './custom-fields.module.css';
import { hasOptions, positionsAfterMove } from './field-values.ts';

type CustomFieldUse = OutputOf<'customFields.usage'>['uses'][number];

type Props = {
  readonly fields: readonly CustomFieldDefinition[];
  readonly onEdit: (field: CustomFieldDefinition) => void;
};

export function FieldList({ fields, onEdit }: Props) {
  const list = useRef<HTMLUListElement>(null);
  const focusNext = useRef<string | null>(null);
  const [said, setSaid] = useState('');
  const place = useAction('customFields.update', { saved: t('customFields.movedOne') });
  const remove = useAction('customFields.remove', { saved: t('customFields.removed') });
  useEffect(() => {
    const key = focusNext.current;
    if (key === null) return;
    const wanted = list.current?.querySelector<HTMLButtonElement>(`[data-focus="${key}"]`);
    const id = key.split(' ')[0] ?? '';
    (wanted?.disabled === false
      ? wanted
      : list.current?.querySelector<HTMLElement>(`[data-focus="${id} edit"]`)
    )?.focus();
    focusNext.current = null;
  }, [fields]);

  const move = async (field: CustomFieldDefinition, by: -1 | 1, from: 'up' | 'down' | 'edit') => {
    const to = fields.indexOf(field) + by;
    const places = positionsAfterMove(fields, field.id, to);
    if (places.length === 0) return;
    focusNext.current = `${field.id} ${from}`;
    setSaid(t('customFields.moved', { field: field.name, place: to + 1, of: fields.length }));
    for (const { id, position } of places) {
      const result = await place.run({ id, values: { position } });
      if (!result.ok) return;
    }
  };
  const ask = async (field: CustomFieldDefinition) => {
    const usage = await bridge.call('customFields.usage', { id: field.id });
    if (!usage.ok) return showError(usage.error);
    if (usage.value.uses.length > 0) return showUses(field.name, usage.value.uses);
    const { records } = usage.value;
    const isSure = await confirm({
      title: t('customFields.removeTitle', { field: field.name }),
      body: records === 0 ? t('customFields.removeEmpty') : t('customFields.removeHolding', { count: records }),
      action: t('customFields.remove'),
      danger: true,
    });
    if (isSure) await remove.run({ ids: [field.id] });
  };
  const onKeyDown = (event: KeyboardEvent, field: CustomFieldDefinition) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    void move(field, event.key === 'ArrowUp' ? -1 : 1, 'edit');
  };
  return (
    <>
      <ul ref={list} className={classes.list} aria-label={t('customFields.title')}>
        {fields.map((field, index) => (
          <li key={field.id} className={classes.item}>
            <div className={classes.about}>
              <Group gap={8} wrap="nowrap">
                <Text size="sm" fw={600} className={classes.name} dir="auto">
                  {field.name}
                </Text>
                <Badge color="gray" flex="none">
                  {choiceLabel(field.kind)}
                </Badge>
              </Group>
              {hasOptions(field.kind) && (
                <Text size="xs" c="dimmed" className={classes.name} title={field.options.join(', ')}>
                  {field.options.join(', ')}
                </Text>
              )}
              {field.help !== null && (
                <Text size="xs" c="dimmed">
                  {field.help}
                </Text>
              )}
              <UsageLine id={field.id} />
            </div>
            <Group gap={2} wrap="nowrap">
              <ActionIcon
                variant="transparent"
                bg="transparent"
                color="gray"
                disabled={index === 0}
                data-focus={`${field.id} up`}
                aria-label={t('customFields.moveUp', { name: field.name })}
                onClick={() => void move(field, -1, 'up')}
              >
                <ArrowUp size={16} aria-hidden />
              </ActionIcon>
              <ActionIcon
                variant="transparent"
                bg="transparent"
                color="gray"
                disabled={index === fields.length - 1}
                data-focus={`${field.id} down`}
                aria-label={t('customFields.moveDown', { name: field.name })}
                onClick={() => void move(field, 1, 'down')}
              >
                <ArrowDown size={16} aria-hidden />
              </ActionIcon>
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<PencilLine size={14} aria-hidden />}
                data-focus={`${field.id} edit`}
                aria-label={t('customFields.editOf', { field: field.name })}
                onKeyDown={(event) => onKeyDown(event, field)}
                onClick={() => onEdit(field)}
              >
                {t('customFields.edit')}
              </Button>
              <ActionIcon
                variant="subtle"
                color="red"
                aria-label={t('customFields.removeOf', { field: field.name })}
                onClick={() => void ask(field)}
              >
                <Trash2 size={16} aria-hidden />
              </ActionIcon>
            </Group>
          </li>
        ))}
      </ul>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </>
  );
}

const userName = ({ entity, label }: CustomFieldUse): string => `${choiceLabel(entity)} “${label}”`;

const pathOf = ({ entity, id }: CustomFieldUse): string | null =>
  entity === 'captureForm' ? `/capture/${id}` : recordPath(entity, id);

/** What still names a field: it stays until these let go of it. */
function showUses(field: string, uses: readonly CustomFieldUse[]): void {
  const id = modals.open({
    title: t('customFields.usedTitle', { field }),
    children: (
      <>
        <Text size="sm">{t('customFields.usedBody')}</Text>
        <ul>
          {uses.map((use) => {
            const path = pathOf(use);
            return (
              <li key={use.id}>
                {path === null ? (
                  <Text size="sm">{userName(use)}</Text>
                ) : (
                  <Anchor size="sm" href={`#${path}`} onClick={() => modals.close(id)}>
                    {userName(use)}
                  </Anchor>
                )}
              </li>
            );
          })}
        </ul>
      </>
    ),
  });
}

function UsageLine({ id }: { readonly id: string }) {
  const usage = useCall('customFields.usage', { id });
  if (usage.data === undefined) return <Text size="xs">&nbsp;</Text>;
  const { records, uses } = usage.data;
  return (
    <Text size="xs" c="dimmed" component="div">
      {records === 0 ? t('customFields.heldByNone') : t('customFields.heldBy', { count: records })}
      {uses.length > 0 && (
        <>
          {' · '}
          {t('customFields.usedBy')}{' '}
          {uses.map((use, index) => {
            const path = pathOf(use);
            return (
              <span key={use.id}>
                {index > 0 && ', '}
                {path === null ? (
                  userName(use)
                ) : (
                  <Anchor inherit href={`#${path}`}>
                    {userName(use)}
                  </Anchor>
                )}
              </span>
            );
          })}
        </>
      )}
    </Text>
  );
}
