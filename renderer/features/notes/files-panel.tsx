/** The files of a record and of those around it: attach by choosing or dropping, look at pictures, save a copy, remove. */
import { Button, Group, Loader, Text } from '@mantine/core';
import { FilePlus2, Paperclip } from 'lucide-react';
import { useState } from 'react';
import type { Holder } from '../../../shared/model/notes.ts';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { FileItem } from './file-item.tsx';
import classes from './files.module.css';
import { RemovedItems } from './removed-items.tsx';
import { useAttach } from './use-attach.ts';

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
      {({ attachments, total, inBin }) => (
        <>
          {attachments.length === 0 ? (
            <EmptyState icon={Paperclip} title={t('files.empty')} body={t('files.emptyHint')} />
          ) : (
            <ul className={classes.list}>
              {attachments.map((attachment) => (
                <FileItem key={attachment.id} attachment={attachment} of={of} id={id} />
              ))}
            </ul>
          )}
          {total > attachments.length && limit < 1000 && (
            <Group justify="center" mt="sm">
              <Button variant="default" loading={query.isPlaceholderData} onClick={() => setLimit(limit + perPage)}>
                {t('files.showMore')}
              </Button>
            </Group>
          )}
          <RemovedItems kind="attachment" of={of} id={id} count={inBin} />
        </>
      )}
    </QueryGate>
  );
  if (isClosed) return list;
  return (
    <>
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
    </>
  );
}
