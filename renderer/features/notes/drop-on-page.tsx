/** Takes files that are dropped anywhere on a record's page, and says so while they hover. */
import { Portal } from '@mantine/core';
import { Paperclip } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { Holder } from '../../../shared/model/notes.ts';
import { t } from '../../i18n/index.ts';
import { openWithTab } from '../../ui/side-tabs.tsx';
import classes from './files.module.css';
import { useAttach } from './use-attach.ts';

type Props = { readonly of: Holder; readonly id: string; readonly label: string; readonly isClosed: boolean };

export function DropOnPage({ of, id, label, isClosed }: Props) {
  const [isOver, setIsOver] = useState(false);
  const attach = useAttach(of, id);
  const take = useRef(attach.files);
  take.current = attach.files;
  useEffect(() => {
    if (isClosed) return;
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;
    const over = (event: DragEvent) => {
      // another part of the page takes it
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      setIsOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setIsOver(false);
    };
    const drop = (event: DragEvent) => {
      setIsOver(false);
      if (event.defaultPrevented || !hasFiles(event)) return;
      event.preventDefault();
      openWithTab('files');
      void take.current([...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener('dragover', over);
    document.addEventListener('dragleave', leave);
    document.addEventListener('drop', drop);
    return () => {
      document.removeEventListener('dragover', over);
      document.removeEventListener('dragleave', leave);
      document.removeEventListener('drop', drop);
    };
  }, [isClosed]);
  if (!isOver) return null;
  return (
    <Portal>
      <div className={classes.over} role="status">
        <Paperclip size={28} aria-hidden />
        <bdi>{t('files.dropNow', { label })}</bdi>
      </div>
    </Portal>
  );
}
