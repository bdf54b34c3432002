/**
 * Enter in the open list of a combobox takes the option that is marked, or else the first that fits what was typed. The
 * kit goes by an index that it sets from a timer: with fast hands Enter came first and the choice was lost.
 */
import { type KeyboardEvent, useEffect, useState } from 'react';

export function pickOnEnter(event: KeyboardEvent<HTMLElement>): void {
  const input = event.target;
  if (!isEnterInList(event) || !(input instanceof HTMLInputElement)) return;
  const list = document.getElementById(input.getAttribute('aria-controls') ?? '');
  if (list === null) return;
  const option = list.querySelector<HTMLElement>('[data-combobox-selected]') ?? firstThatFits(list, input.value.trim());
  if (option === null) return;
  event.preventDefault();
  event.stopPropagation();
  option.click();
}

/**
 * The same for a list that is asked for while one types. `isBehind`: the options shown are not yet those of what was
 * typed; Enter then waits for them, and takes the first.
 */
export function usePickOnEnter(isBehind: boolean, pickFirst: () => void): (event: KeyboardEvent<HTMLElement>) => void {
  const [isWaiting, setIsWaiting] = useState(false);
  useEffect(() => {
    if (!isWaiting || isBehind) return;
    setIsWaiting(false);
    pickFirst();
  }, [isWaiting, isBehind, pickFirst]);
  return (event) => {
    const waits = isBehind && isEnterInList(event);
    setIsWaiting(waits);
    if (!waits) return pickOnEnter(event);
    event.preventDefault();
    event.stopPropagation();
  };
}

const isEnterInList = ({ key, nativeEvent, target }: KeyboardEvent<HTMLElement>): boolean =>
  key === 'Enter' &&
  !nativeEvent.isComposing &&
  target instanceof HTMLInputElement &&
  target.getAttribute('aria-expanded') === 'true';

/** None when nothing was typed: the input of a single choice then shows what is chosen. */
function firstThatFits(list: HTMLElement, typed: string): HTMLElement | null {
  const chosen = [...list.querySelectorAll('[data-combobox-active]')].map(({ textContent }) => textContent.trim());
  if (typed === '' || chosen.includes(typed)) return null;
  return list.querySelector<HTMLElement>('[data-combobox-option]:not([data-combobox-disabled])');
}
