/** The files of a record and of those around it: attach by choosing or dropping, look at pictures, save a copy, remove. */
import { Button, Group, Loader, Text } from '@mantine/core';
import { FilePlus2, Paperclip } from 'lucide-react';
import { type DragEvent, type ReactNode, useState } from 'react';
import type { Holder } from '../../../shared/model/notes.ts';
import { largestAttachmentBytes } from '../../../shared/rules/attachment.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { type ChosenFile, chooseFiles, takeFile } from '../../ui/file-drop.tsx';
import { formatBytes } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import { showRefused } from '../../ui/toast.tsx';
import { FileItem } from './file-item.tsx';
import classes from './files.module.css';

type Props = {
  readonly of: Holder;
  readonly id: string;
  /** The record is in the bin: nothing is added. */ readonly isClosed?: boolean;
};

const perPage = 50;

export function FilesPanel({ of, id, isClosed = false }: Props) {
  const [limit, setLimit] = useState(perPage);
  const query = useCall('attachments.about', { of, id, limit }, { keep: true });
  const attach = useAttach(of, id);
  const list = (
    <QueryGate query={query}>
      {({ attachments, total }) =>
        attachments.length === 0 ? (
          <EmptyState icon={Paperclip} title={t('files.empty')} body={t('files.emptyHint')} />
        ) : (
          <>
            <ul className={classes.list}>
              {attachments.map((attachment) => (
                <FileItem key={attachment.id} attachment={attachment} of={of} id={id} />
              ))}
            </ul>
            {total > attachments.length && limit < 1000 && (
              <Group justify="center" mt="sm">
                <Button variant="default" loading={query.isFetching} onClick={() => setLimit(limit + perPage)}>
                  {t('files.showMore')}
                </Button>
              </Group>
            )}
          </>
        )
      }
    </QueryGate>
  );
  if (isClosed) return list;
  return (
    <DropArea onFiles={(files) => void attach.files(files)}>
      <Group gap="xs" my="xs" wrap="nowrap">
        <Button
          variant="default"
          flex="none"
          leftSection={<FilePlus2 size={15} aria-hidden />}
          disabled={attach.adding !== null}
          onClick={() => void attach.choose()}
        >
          {t('files.add')}
        </Button>
        {attach.adding === null ? (
          <Text size="xs" c="dimmed">
            {t('files.dropHint')}
          </Text>
        ) : (
          <Group gap={6} wrap="nowrap" miw={0} role="status">
            <Loader size={14} />
            <Text size="xs" c="dimmed" truncate>
              {t('files.adding', { name: attach.adding })}
            </Text>
          </Group>
        )}
      </Group>
      {list}
    </DropArea>
  );
}

/** One file after the other; each is a change of its own, with its own undo. */
function useAttach(of: Holder, id: string) {
  const [adding, setAdding] = useState<string | null>(null);
  const add = useAction('attachments.add');
  const undo = useUndoToast();
  const attach = async ({ file, name }: ChosenFile) => {
    setAdding(name);
    const result = await add.run({ of, id, file, name });
    if (result.ok) undo(t('files.added', { name: result.value.name }), result.value.writeId);
  };
  return {
    adding,
    async choose() {
      for (const chosen of await chooseFiles('attachment', isSmall)) await attach(chosen);
      setAdding(null);
    },
    async files(files: readonly File[]) {
      for (const file of files) {
        if (!isSmall(file)) continue;
        setAdding(file.name);
        const taken = await takeFile(file);
        if (taken !== null) await attach(taken);
      }
      setAdding(null);
    },
  };
}

/** Said before the bytes are handed over, not after. */
function isSmall({ name, size }: { readonly name: string; readonly size: number }): boolean {
  if (size <= largestAttachmentBytes) return true;
  showRefused(t('files.tooLarge', { name, size: formatBytes(size) }));
  return false;
}

const hasFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer.types.includes('Files');

function DropArea({
  onFiles,
  children,
}: {
  readonly onFiles: (files: readonly File[]) => void;
  readonly children: ReactNode;
}) {
  const [isOver, setIsOver] = useState(false);
  return (
    <div
      className={classes.drop}
      data-over={isOver || undefined}
      data-label={t('files.dropNow')}
      onDragOver={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setIsOver(false);
      }}
      onDrop={(event) => {
        if (!hasFiles(event)) return;
        event.preventDefault();
        setIsOver(false);
        onFiles([...event.dataTransfer.files]);
      }}
    >
      {children}
    </div>
  );
}
