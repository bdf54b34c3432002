/**
 * Asks before a page with unsaved changes is left: by a link, the back button, or closing the window.
 * Registered before the router listens, so that a move which is refused never reaches it.
 */
import { useEffect, useId } from 'react';
import { t } from '../i18n/index.ts';
import { confirm } from '../ui/confirm.tsx';

const dirty = new Set<string>();
let accepted = location.hash;
let isAsking = false;

async function ask(wanted: string): Promise<void> {
  if (isAsking) return;
  isAsking = true;
  const goes = await confirm({
    title: t('common.unsavedTitle'),
    body: t('common.unsavedBody'),
    action: t('common.leave'),
    cancel: t('common.stay'),
    danger: true,
  });
  isAsking = false;
  if (!goes) return;
  dirty.clear();
  location.hash = wanted;
}

/** Call once, before the router is mounted. */
export function guardLeaving(): void {
  window.addEventListener(
    'hashchange',
    (event) => {
      if (dirty.size === 0 || location.hash === accepted) {
        accepted = location.hash;
        return;
      }
      event.stopImmediatePropagation();
      const wanted = location.hash;
      history.pushState(null, '', accepted === '' ? '#/' : accepted);
      void ask(wanted);
    },
    { capture: true },
  );
  window.addEventListener('beforeunload', (event) => {
    if (dirty.size > 0) event.preventDefault();
  });
}

export function useLeaveGuard(isDirty: boolean): void {
  const id = useId();
  useEffect(() => {
    if (isDirty) dirty.add(id);
    else dirty.delete(id);
    return () => {
      dirty.delete(id);
    };
  }, [id, isDirty]);
}

/** After a save, before navigating on in the same tick. */
export const forgetUnsaved = (): void => dirty.clear();
