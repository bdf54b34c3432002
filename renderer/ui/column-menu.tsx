/** Which columns a table shows, and in which order: by dragging, by the arrows, or Alt+↑ and Alt+↓ on a name. */
import { ActionIcon, Box, Button, Checkbox, Divider, Popover, ScrollArea, VisuallyHidden } from '@mantine/core';
import { ChevronDown, ChevronUp, GripVertical, type LucideIcon } from 'lucide-react';
import { type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { t } from '../i18n/index.ts';
import classes from './column-menu.module.css';
import { moved } from './list-setup.ts';
import type { ColumnOrder } from './record-columns.tsx';

export function ColumnMenu({ icon: Icon, order }: { readonly icon: LucideIcon; readonly order: ColumnOrder }) {
  return (
    // the click that closes it opens no row behind it
    <Popover
      position="bottom-end"
      shadow="md"
      withinPortal
      trapFocus
      returnFocus
      withOverlay
      overlayProps={{ backgroundOpacity: 0 }}
    >
      <Popover.Target>
        <ActionIcon variant="default" size={32} aria-label={t('table.columns')} title={t('table.columns')}>
          <Icon size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p="xs" aria-label={t('table.columns')}>
        <ColumnList order={order} />
        <Divider my={8} />
        <Button variant="subtle" size="compact-sm" onClick={order.reset}>
          {t('table.resetColumns')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}

function ColumnList({ order: { all, shown, setShown } }: { readonly order: ColumnOrder }) {
  const list = useRef<HTMLDivElement>(null);
  const [dragged, setDragged] = useState<string | null>(null);
  const [said, setSaid] = useState('');
  // what has moved is another element of the list: the keyboard stays on it
  const focusNext = useRef<string | null>(null);
  useEffect(() => {
    const key = focusNext.current;
    focusNext.current = null;
    if (key === null) return;
    const wanted = list.current?.querySelector<HTMLElement>(`[data-focus="${key}"]`);
    const usable = wanted instanceof HTMLButtonElement && wanted.disabled ? null : wanted;
    (usable ?? list.current?.querySelector<HTMLElement>(`[data-focus="${key.split(' ')[0]} box"]`))?.focus();
  }, [shown]);

  const nameOf = (id: string) => all.find((each) => each.id === id)?.name ?? id;
  const known = shown.filter((id) => all.some((each) => each.id === id));
  const hidden = all.filter(({ id }) => !shown.includes(id));
  const move = (id: string, by: -1 | 1, from: 'up' | 'down' | 'box') => {
    const to = known.indexOf(id) + by;
    if (to < 0 || to >= known.length) return;
    focusNext.current = `${id} ${from}`;
    setSaid(t('table.columnMoved', { column: nameOf(id), place: to + 1, of: known.length }));
    setShown(moved(known, id, to));
  };
  const onKeyDown = (event: KeyboardEvent, id: string) => {
    if (!event.altKey || (event.key !== 'ArrowUp' && event.key !== 'ArrowDown')) return;
    event.preventDefault();
    move(id, event.key === 'ArrowUp' ? -1 : 1, 'box');
  };
  return (
    <ScrollArea.Autosize mah={400} type="auto" ref={list}>
      <ul className={classes.list} aria-label={t('table.columnsShown')}>
        {known.map((id, index) => (
          <Box
            component="li"
            key={id}
            className={classes.item}
            draggable
            data-dragged={dragged === id || undefined}
            onDragStart={(event) => {
              event.dataTransfer.effectAllowed = 'move';
              event.dataTransfer.setData('text/plain', id);
              setDragged(id);
            }}
            onDragOver={(event) => {
              if (dragged === null) return;
              event.preventDefault();
              if (dragged !== id) setShown(moved(known, dragged, index));
            }}
            onDragEnd={() => setDragged(null)}
            onDrop={(event) => event.preventDefault()}
          >
            <GripVertical size={14} className={classes.grip} aria-hidden />
            <Checkbox
              size="xs"
              flex={1}
              label={nameOf(id)}
              checked
              disabled={known.length === 1}
              data-focus={`${id} box`}
              onKeyDown={(event) => onKeyDown(event, id)}
              onChange={() => {
                focusNext.current = `${known[index + 1] ?? known[index - 1] ?? id} box`;
                setShown(known.filter((each) => each !== id));
              }}
            />
            <ActionIcon
              variant="subtle"
              color="gray"
              size={22}
              disabled={index === 0}
              data-focus={`${id} up`}
              aria-label={t('table.columnUp', { column: nameOf(id) })}
              onClick={() => move(id, -1, 'up')}
            >
              <ChevronUp size={14} aria-hidden />
            </ActionIcon>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={22}
              disabled={index === known.length - 1}
              data-focus={`${id} down`}
              aria-label={t('table.columnDown', { column: nameOf(id) })}
              onClick={() => move(id, 1, 'down')}
            >
              <ChevronDown size={14} aria-hidden />
            </ActionIcon>
          </Box>
        ))}
      </ul>
      {hidden.length > 0 && <Divider my={6} />}
      <ul className={classes.list} aria-label={t('table.columnsHidden')}>
        {hidden.map(({ id, name }, index) => (
          <li key={id} className={classes.item} data-hidden>
            <Checkbox
              size="xs"
              label={name}
              checked={false}
              data-focus={`${id} box`}
              onChange={() => {
                // it goes to the other list: the keyboard stays in this one
                focusNext.current = `${(hidden[index + 1] ?? hidden[index - 1])?.id ?? id} box`;
                setShown([...known, id]);
              }}
            />
          </li>
        ))}
      </ul>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </ScrollArea.Autosize>
  );
}
