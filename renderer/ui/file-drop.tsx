/**
 * Files from outside: dropped, or chosen. In Electron the host shows its own dialog; in a browser an input element
 * does, and the bytes are handed to the host (`bridge.takeFile`).
 */
import { Button, Stack, Text } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { type DragEvent, useCallback, useState } from 'react';
import type { InputOf } from '../../shared/contract/index.ts';
import { bridge } from '../app/client.ts';
import { t } from '../i18n/index.ts';
import classes from './file-drop.module.css';
import { showError } from './toast.tsx';

export type ChosenFile = { readonly file: string; readonly name: string };
type Purpose = InputOf<'host.chooseFile'>['purpose'];

const accepts: Readonly<Record<Purpose, string>> = {
  import: '.csv,.tsv,.txt,.xlsx,.xlsm,.vcf,.vcard,text/csv,text/vcard,text/plain',
  bundle: '',
  invitation: '',
  attachment: '',
};

/** A browser's own dialog; none when the person changes their mind. */
function askBrowser(accept: string, several = false): Promise<readonly File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    if (accept !== '') input.accept = accept;
    input.multiple = several;
    input.onchange = () => resolve([...(input.files ?? [])]);
    input.addEventListener('cancel', () => resolve([]));
    // tests and assistive tools find it in the document
    input.hidden = true;
    document.body.append(input);
    input.click();
    setTimeout(() => input.remove(), 60_000);
  });
}

/** Hands a dropped file to the host. */
export async function takeFile(file: File): Promise<ChosenFile | null> {
  const result = await bridge.takeFile(file);
  if (result.ok) return result.value;
  showError(result.error);
  return null;
}

/** One or several; `isWanted` is asked of each before its bytes are handed over, where the page knows them. */
export async function chooseFiles(purpose: Purpose, isWanted: (file: File) => boolean): Promise<readonly ChosenFile[]> {
  if (bridge.host !== 'loopback') {
    const chosen = await chooseFile(purpose);
    return chosen === null ? [] : [chosen];
  }
  const files = (await askBrowser(accepts[purpose], true)).filter(isWanted);
  const taken: ChosenFile[] = [];
  for (const file of files) {
    const token = await takeFile(file);
    if (token !== null) taken.push(token);
  }
  return taken;
}

export async function chooseFile(purpose: Purpose): Promise<ChosenFile | null> {
  if (bridge.host === 'loopback') {
    const [file] = await askBrowser(accepts[purpose]);
    return file === undefined ? null : takeFile(file);
  }
  const result = await bridge.call('host.chooseFile', { purpose });
  if (result.ok) return result.value;
  showError(result.error);
  return null;
}

export function useChosenFile(purpose: Purpose) {
  const [chosen, setChosen] = useState<ChosenFile | null>(null);
  const choose = useCallback(() => {
    void chooseFile(purpose).then((file) => {
      if (file !== null) setChosen(file);
    });
  }, [purpose]);
  return { chosen, choose, setChosen };
}

type DropProps = {
  readonly purpose: Purpose;
  readonly title: string;
  readonly hint: string;
  readonly onFile: (file: ChosenFile) => void;
};

export function FileDrop({ purpose, title, hint, onFile }: DropProps) {
  const [isOver, setIsOver] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const handle = async (wait: Promise<ChosenFile | null>) => {
    setIsBusy(true);
    const file = await wait;
    setIsBusy(false);
    if (file !== null) onFile(file);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setIsOver(false);
    const file = event.dataTransfer.files[0];
    if (file !== undefined) void handle(takeFile(file));
  };
  return (
    <div
      className={classes.zone}
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={onDrop}
    >
      <Stack align="center" gap="xs">
        <FileUp size={32} strokeWidth={1.25} aria-hidden color="var(--mantine-color-dimmed)" />
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed" ta="center" maw={460}>
          {hint}
        </Text>
        <Button loading={isBusy} onClick={() => void handle(chooseFile(purpose))} autoFocus>
          {t('common.chooseFile')}
        </Button>
      </Stack>
    </div>
  );
}
