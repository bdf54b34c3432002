/** Files that were written: in the file manager where there is one, else as links to save them. */
import { Button, Stack, Text } from '@mantine/core';
import { Download } from 'lucide-react';
import type { OutputOf } from '../../shared/contract/index.ts';
import { bridge } from '../app/client.ts';
import { t } from '../i18n/index.ts';
import { showError } from './toast.tsx';

export type FileLinks = OutputOf<'host.takeFiles'>['links'];
export type Folder = NonNullable<OutputOf<'host.chooseFolder'>>;

/** Null when the person changed their mind. */
export async function chooseFolder(): Promise<Folder | null> {
  const result = await bridge.call('host.chooseFolder', {});
  if (result.ok) return result.value;
  showError(result.error);
  return null;
}

export async function takeFiles(folder: Folder, files: readonly string[]): Promise<FileLinks> {
  const result = await bridge.call('host.takeFiles', { folder: folder.folder, files: [...files] });
  if (result.ok) return result.value.links;
  showError(result.error);
  return [];
}

export function FileLinkList({ links, folder }: { readonly links: FileLinks; readonly folder: string | null }) {
  if (links.length === 0) {
    return folder === null ? null : (
      <Text size="sm" c="dimmed">
        {t('hq.folder', { folder })}
      </Text>
    );
  }
  return (
    <Stack gap={6} align="flex-start">
      {links.map(({ name, url }) => (
        <Button
          key={url}
          component="a"
          href={url}
          download={name}
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
        >
          {t('hq.saveFile', { name })}
        </Button>
      ))}
    </Stack>
  );
}
