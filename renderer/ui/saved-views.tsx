/** The saved views of a list, in a menu beside the built-in ones: choose, save, change, share, and take away with undo. */
import { Button, Group, Menu, Modal, Radio, Stack, Text, TextInput } from '@mantine/core';
import { Bookmark, BookmarkPlus, Check, PencilLine, RotateCcw, Save, Trash2, UsersRound, X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { ViewDefinition } from '../../shared/model/configuration.ts';
import type { EntityName, EntityRecord } from '../../shared/model/entities.ts';
import { useList } from '../app/list-calls.ts';
import { useAction, useCall } from '../app/use-call.ts';
import { t } from '../i18n/index.ts';
import { isSameSetup } from './list-setup.ts';
import classes from './saved-views.module.css';

type SavedView = EntityRecord<'savedView'>;

type Props = {
  readonly entity: EntityName;
  /** The list as it is set up now. */
  readonly setup: ViewDefinition;
  /** The saved view that it was set up from. */
  readonly chosenId: string | null;
  readonly onChoose: (view: Pick<SavedView, 'id' | 'definition'>) => void;
  readonly onLeave: () => void;
};

const most = 200;

export function SavedViews({ entity, setup, chosenId, onChoose, onLeave }: Props) {
  const session = useCall('session.get', {});
  const found = useList('savedView', {
    limit: most,
    sort: { field: 'label', direction: 'asc' },
    filters: [{ kind: 'row', field: 'entity', operator: 'is', values: [entity] }],
  });
  const [dialog, setDialog] = useState<'save' | 'rename' | null>(null);
  const update = useAction('savedViews.update', { saved: t('views.saved') });
  const remove = useAction('savedViews.remove', { saved: t('views.removed') });
  const me = session.data;
  if (me === undefined) return null;

  const all = (found.data?.rows ?? []).filter(({ shared, ownerId }) => shared || ownerId === me.userId);
  const chosen = all.find(({ id }) => id === chosenId) ?? null;
  const isChanged = chosen !== null && !isSameSetup(chosen.definition, setup);
  const isMine = (view: SavedView) => view.ownerId === me.userId || (view.shared && me.role === 'manager');
  const label = chosen === null ? t('views.menu') : isChanged ? t('views.changed', { name: chosen.name }) : chosen.name;
  return (
    <>
      <Menu position="bottom-start" width={280}>
        <Menu.Target>
          <Button
            variant={chosen === null ? 'default' : 'light'}
            leftSection={<Bookmark size={15} aria-hidden />}
            classNames={{ label: classes.label ?? '' }}
            title={label}
          >
            {label}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {all.length === 0 && (
            <Text size="sm" c="dimmed" px="sm" py={6}>
              {t('views.none')}
            </Text>
          )}
          <div className={classes.list}>
            {all.map((view) => (
              <Menu.Item
                key={view.id}
                leftSection={view.id === chosenId ? <Check size={15} aria-hidden /> : <span className={classes.gap} />}
                rightSection={view.shared ? <UsersRound size={14} aria-label={t('views.shared')} /> : null}
                onClick={() => onChoose(view)}
              >
                {view.name}
              </Menu.Item>
            ))}
          </div>
          <Menu.Divider />
          {chosen !== null && isChanged && isMine(chosen) && (
            <Menu.Item
              leftSection={<Save size={15} aria-hidden />}
              onClick={() => void update.run({ id: chosen.id, values: { definition: setup } })}
            >
              {t('views.update')}
            </Menu.Item>
          )}
          {chosen !== null && isChanged && (
            <Menu.Item leftSection={<RotateCcw size={15} aria-hidden />} onClick={() => onChoose(chosen)}>
              {t('views.putBack')}
            </Menu.Item>
          )}
          <Menu.Item leftSection={<BookmarkPlus size={15} aria-hidden />} onClick={() => setDialog('save')}>
            {chosen === null ? t('views.save') : t('views.saveAs')}
          </Menu.Item>
          {chosen !== null && isMine(chosen) && (
            <>
              <Menu.Item leftSection={<PencilLine size={15} aria-hidden />} onClick={() => setDialog('rename')}>
                {t('views.rename')}
              </Menu.Item>
              <Menu.Item
                leftSection={<Trash2 size={15} aria-hidden />}
                onClick={() => void remove.run({ ids: [chosen.id] }).then((result) => result.ok && onLeave())}
              >
                {t('views.remove')}
              </Menu.Item>
            </>
          )}
          {chosen !== null && (
            <Menu.Item leftSection={<X size={15} aria-hidden />} onClick={onLeave}>
              {t('views.leave')}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {dialog !== null && (
        <ViewDialog
          entity={entity}
          setup={setup}
          userId={me.userId}
          view={dialog === 'rename' ? chosen : null}
          others={all.filter((view) => view.ownerId === me.userId && (dialog === 'save' || view.id !== chosen?.id))}
          onClose={() => setDialog(null)}
          onSaved={onChoose}
        />
      )}
    </>
  );
}

type DialogProps = {
  readonly entity: EntityName;
  readonly setup: ViewDefinition;
  readonly userId: string;
  /** Null: a new one. */
  readonly view: SavedView | null;
  /** Whose names are taken. */
  readonly others: readonly SavedView[];
  readonly onClose: () => void;
  readonly onSaved: Props['onChoose'];
};

function ViewDialog({ entity, setup, userId, view, others, onClose, onSaved }: DialogProps) {
  const [name, setName] = useState(view?.name ?? '');
  const [shared, setShared] = useState(view?.shared ?? false);
  const [tried, setTried] = useState(false);
  const create = useAction('savedViews.create', { saved: t('views.saved') });
  const update = useAction('savedViews.update', { saved: t('views.renamed') });
  const wanted = name.trim();
  const isTaken = others.some((each) => each.name.toLowerCase() === wanted.toLowerCase());
  const issue = wanted === '' ? t('views.nameNeeded') : isTaken ? t('views.nameTaken') : null;
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (issue !== null) return;
    if (view !== null) {
      const result = await update.run({ id: view.id, values: { name: wanted, shared } });
      if (result.ok) onClose();
      return;
    }
    const values = { name: wanted, entity, shared, ownerId: userId, definition: setup };
    const result = await create.run({ values });
    if (!result.ok) return;
    onSaved({ id: result.value.id, definition: setup });
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={view === null ? t('views.saveTitle') : t('views.renameTitle')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <TextInput
            label={t('views.name')}
            placeholder={t('views.namePlaceholder')}
            withAsterisk
            maxLength={200}
            value={name}
            error={tried ? issue : null}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Radio.Group
            label={t('views.for')}
            value={shared ? 'all' : 'me'}
            onChange={(value) => setShared(value === 'all')}
          >
            <Group gap="md" mt={4}>
              <Radio value="me" label={t('views.forMe')} />
              <Radio value="all" label={t('views.forAll')} />
            </Group>
          </Radio.Group>
          {view === null && (
            <Text size="xs" c="dimmed">
              {t('views.forHint')}
            </Text>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={create.pending || update.pending}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
