/** One attached file: what it is, a small picture of it where it is one, and what can be done with it. */
import {
  ActionIcon,
  Button,
  Group,
  Loader,
  Menu,
  Modal,
  Stack,
  Text,
  Textarea,
  TextInput,
  UnstyledButton,
} from '@mantine/core';
import {
  Download,
  Ellipsis,
  File,
  FileCog,
  FileImage,
  FileSpreadsheet,
  FileText,
  History,
  Pencil,
  Trash2,
} from 'lucide-react';
import { createElement, type FormEvent, useState } from 'react';
import type { AttachmentRow } from '../../../shared/contract/notes.ts';
import type { Holder } from '../../../shared/model/notes.ts';
import { isProgram, previewTypeOf } from '../../../shared/rules/attachment.ts';
import { bridge } from '../../app/client.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { chooseFolder, takeFiles } from '../../ui/file-links.tsx';
import { formatBytes, formatInstant } from '../../ui/format.ts';
import { showDone, showError } from '../../ui/toast.tsx';
import { HistoryPanel } from '../history/history-panel.tsx';
import { About } from './note-item.tsx';
import { usePicture } from './picture.ts';
import classes from './files.module.css';

type Props = { readonly attachment: AttachmentRow; readonly of: Holder; readonly id: string };

function iconOf(mediaType: string | null) {
  if (isProgram(mediaType)) return FileCog;
  if (mediaType?.startsWith('image/')) return FileImage;
  if (mediaType?.includes('spreadsheet') || mediaType?.includes('excel') || mediaType === 'text/csv')
    return FileSpreadsheet;
  return mediaType === 'application/pdf' || mediaType?.startsWith('text/') ? FileText : File;
}

/** Larger pictures are not drawn small in a list: each would be read whole. */
const largestThumbnail = 2 * 1024 * 1024;

export function FileItem({ attachment, of, id }: Props) {
  const [dialog, setDialog] = useState<'picture' | 'change' | 'history' | null>(null);
  const { name, mediaType, bytes, isHere, laptop, labels, addedAtMs, createdAtMs } = attachment;
  const isPicture = isHere && previewTypeOf(mediaType) !== null;
  const close = () => setDialog(null);
  const icon = createElement(iconOf(mediaType), { size: 22, strokeWidth: 1.5, 'aria-hidden': true });
  const mark = isPicture && (bytes ?? 0) <= largestThumbnail ? <Thumbnail attachment={attachment} /> : icon;
  return (
    <li className={classes.file}>
      {isPicture ? (
        <UnstyledButton
          className={classes.mark}
          aria-label={t('files.show', { name })}
          onClick={() => setDialog('picture')}
        >
          {mark}
        </UnstyledButton>
      ) : (
        <span className={classes.mark}>{mark}</span>
      )}
      <div className={classes.words}>
        <Text size="sm" fw={500} className={classes.name} title={name}>
          <bdi>{name}</bdi>
        </Text>
        <Text size="xs" c="dimmed">
          {[bytes === null ? null : formatBytes(bytes), labels['authorId'], formatInstant(addedAtMs ?? createdAtMs)]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {attachment.note !== null && (
          <Text size="sm" className={classes.note} dir="auto">
            {attachment.note}
          </Text>
        )}
        {!isHere && (
          <Text size="xs" c="orange">
            {laptop === null ? t('files.elsewhereUnknown') : t('files.elsewhere', { laptop })}
          </Text>
        )}
        {isProgram(mediaType) && (
          <Text size="xs" c="dimmed">
            {t('files.program')}
          </Text>
        )}
        <About record={attachment} of={of} id={id} />
      </div>
      <FileMenu attachment={attachment} onChange={() => setDialog('change')} onHistory={() => setDialog('history')} />
      {dialog === 'picture' && <PictureDialog attachment={attachment} onClose={close} />}
      {dialog === 'change' && <ChangeDialog attachment={attachment} onClose={close} />}
      {dialog === 'history' && (
        <Modal opened onClose={close} title={t('files.historyTitle')} size="lg">
          <HistoryPanel entity="attachment" id={attachment.id} />
        </Modal>
      )}
    </li>
  );
}

/** A copy in a folder that the person chooses; in a browser it is downloaded. */
async function saveCopy({ id }: AttachmentRow): Promise<void> {
  const folder = await chooseFolder();
  if (folder === null) return;
  const saved = await bridge.call('attachments.save', { id, folder: folder.folder });
  if (!saved.ok) return showError(saved.error);
  const [link] = await takeFiles(folder, [saved.value.file]);
  if (link === undefined) return showDone(t('files.savedIn', { name: saved.value.file, folder: folder.name }));
  const anchor = document.createElement('a');
  anchor.href = link.url;
  anchor.download = link.name;
  anchor.click();
  showDone(t('files.saved', { name: link.name }));
}

type MenuProps = { readonly attachment: AttachmentRow; readonly onChange: () => void; readonly onHistory: () => void };

function FileMenu({ attachment, onChange, onHistory }: MenuProps) {
  const remove = useAction('attachments.remove', { saved: t('files.removed') });
  return (
    <Group gap={2} wrap="nowrap" flex="none">
      {attachment.isHere && (
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={t('files.saveLink', { name: attachment.name })}
          title={t('files.save')}
          onClick={() => void saveCopy(attachment)}
        >
          <Download size={15} />
        </ActionIcon>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('files.more', { name: attachment.name })}>
            <Ellipsis size={15} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<Pencil size={14} aria-hidden />} onClick={onChange}>
            {t('files.rename')}
          </Menu.Item>
          <Menu.Item leftSection={<History size={14} aria-hidden />} onClick={onHistory}>
            {t('files.history')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Item
            color="red"
            leftSection={<Trash2 size={14} aria-hidden />}
            onClick={() => void remove.run({ ids: [attachment.id] })}
          >
            {t('files.remove')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function Thumbnail({ attachment }: { readonly attachment: AttachmentRow }) {
  const picture = usePicture(attachment.id, attachment.mediaType);
  if (picture.state !== 'here') return <FileImage size={22} strokeWidth={1.5} aria-hidden />;
  return <img src={picture.url} alt="" className={classes.thumbnail} />;
}

type DialogProps = { readonly attachment: AttachmentRow; readonly onClose: () => void };

function PictureDialog({ attachment, onClose }: DialogProps) {
  const picture = usePicture(attachment.id, attachment.mediaType);
  const [isBroken, setIsBroken] = useState(false);
  return (
    <Modal opened onClose={onClose} title={<bdi>{attachment.name}</bdi>} size="xl" centered>
      <Stack align="center" gap="sm">
        {picture.state === 'loading' && <Loader aria-label={t('files.loadingPicture')} />}
        {(picture.state === 'failed' || isBroken) && (
          <Text size="sm" c="dimmed">
            {t('files.previewFailed')}
          </Text>
        )}
        {picture.state === 'here' && !isBroken && (
          <img src={picture.url} alt={attachment.name} className={classes.picture} onError={() => setIsBroken(true)} />
        )}
        <Group justify="flex-end" w="100%">
          <Button
            variant="default"
            leftSection={<Download size={15} aria-hidden />}
            onClick={() => void saveCopy(attachment)}
          >
            {t('files.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function ChangeDialog({ attachment, onClose }: DialogProps) {
  const [name, setName] = useState(attachment.name);
  const [note, setNote] = useState(attachment.note ?? '');
  const update = useAction('attachments.update', { saved: t('files.renamed') });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const result = await update.run({ id: attachment.id, values: { name, note } });
    if (result.ok) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('files.renameTitle')}>
      <form onSubmit={(event) => void submit(event)}>
        <Stack gap="sm">
          <TextInput
            label={fieldLabel('name')}
            value={name}
            maxLength={300}
            data-autofocus
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Textarea
            label={fieldLabel('description')}
            value={note}
            maxLength={4000}
            autosize
            minRows={2}
            maxRows={8}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={update.pending} disabled={name.trim() === ''}>
              {t('common.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
