/** One filter of a list, in a popover beside what opened it: Enter or Apply keeps it, Esc leaves it as it was. */
import { Alert, Button, Combobox, Group, MantineThemeProvider, Popover, Stack } from '@mantine/core';
import { type FormEvent, type KeyboardEvent, type ReactElement, useRef, useState } from 'react';
import type { EntityName } from '../../shared/model/entities.ts';
import type { RowNode } from '../../shared/rules/segment/schema.ts';
import { t } from '../i18n/index.ts';
import type { RowParts } from './row-change.ts';
import { RowFields } from './row-fields.tsx';
import { rowIssue, toRow } from './row-issue.ts';

/** Lists of choices open inside the popover, so that a click in one is no click beside it. */
const insidePopover = { components: { Combobox: Combobox.extend({ defaultProps: { withinPortal: false } }) } };

const blank: RowParts = { field: '', operator: 'contains', values: [] };

export type FilterDraft = {
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly close: () => void;
};

/** Whether the popover is open; its owner may open it by a key. */
export function useFilterDraft(): FilterDraft {
  const [isOpen, setIsOpen] = useState(false);
  return { isOpen, open: () => setIsOpen(true), close: () => setIsOpen(false) };
}

type Props = {
  readonly entity: EntityName;
  readonly draft: FilterDraft;
  /** Null for a new one. */
  readonly row: RowNode | null;
  readonly onApply: (row: RowNode) => void;
  readonly onRemove?: () => void;
  readonly children: ReactElement;
};

export function FilterPopover({ draft, children, ...rest }: Props) {
  const latest = useRef<RowParts | null>(null);
  const { onApply, entity } = rest;
  // a click beside it keeps what can be asked
  const settle = () => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    if (latest.current !== null && rowIssue(latest.current, entity) === null) onApply(toRow(latest.current));
    draft.close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // letters are no shortcuts of the page here
    if (event.key !== 'Tab') event.stopPropagation();
    if (event.key !== 'Escape') return;
    // the first Esc closes an open list
    const isListOpen = event.target instanceof HTMLElement && event.target.getAttribute('aria-expanded') === 'true';
    if (!isListOpen) draft.close();
  };
  return (
    <Popover
      opened={draft.isOpen}
      onChange={(opened) => {
        if (!opened) settle();
      }}
      position="bottom-start"
      shadow="md"
      width={320}
      trapFocus
      returnFocus
      closeOnEscape={false}
      withinPortal
      withRoles={false}
      // the click that closes it opens no row behind it
      withOverlay
      overlayProps={{ backgroundOpacity: 0 }}
      // gone at once: who opens the next one begins afresh
      transitionProps={{ duration: 80, exitDuration: 0 }}
    >
      <Popover.Target>{children}</Popover.Target>
      <Popover.Dropdown p="sm" role="dialog" aria-label={t('table.filter')} onKeyDown={onKeyDown}>
        <MantineThemeProvider inherit theme={insidePopover}>
          <Editor {...rest} latest={latest} close={draft.close} />
        </MantineThemeProvider>
      </Popover.Dropdown>
    </Popover>
  );
}

type EditorProps = Omit<Props, 'draft' | 'children'> & {
  readonly latest: { current: RowParts | null };
  readonly close: () => void;
};

function Editor({ entity, row, onApply, onRemove, latest, close }: EditorProps) {
  const [parts, setParts] = useState<RowParts>(row ?? blank);
  const [tried, setTried] = useState(false);
  latest.current = parts;
  const change = (how: (before: RowParts) => RowParts) => {
    // read at once by whoever closes the popover
    latest.current = how(latest.current ?? parts);
    setParts(latest.current);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const current = latest.current ?? parts;
    if (rowIssue(current, entity) !== null) return setTried(true);
    onApply(toRow(current));
    close();
  };
  const issue = tried ? rowIssue(parts, entity) : null;
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="xs">
        <RowFields row={parts} entity={entity} onChange={change} />
        {issue === null ? null : (
          <Alert color="red" variant="light" p="xs" role="alert">
            {parts.field === '' ? t('table.filterField') : t(`segments.issues.${issue.code}`)}
          </Alert>
        )}
        <Group justify="space-between" gap="xs" mt={2}>
          {onRemove ? (
            <Button
              variant="subtle"
              color="red"
              size="compact-sm"
              onClick={() => {
                close();
                onRemove();
              }}
            >
              {t('common.remove')}
            </Button>
          ) : (
            <span />
          )}
          <Group gap={6}>
            <Button variant="default" size="compact-sm" onClick={close}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" size="compact-sm">
              {t('table.filterApply')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </form>
  );
}
