/** A table's cell says all of it in a tooltip, once the pointer is on it and where it is cut. */
import type { PointerEvent } from 'react';

// a tooltip of ten thousand letters hides the window
const mostLetters = 300;

export function nameCut({ target }: PointerEvent<HTMLElement>): void {
  const cell = target instanceof Element ? target.closest('[role="gridcell"], [role="columnheader"]') : null;
  if (!(cell instanceof HTMLElement) || cell.querySelector('[title]') !== null) return;
  const isCut = [cell, ...cell.children].some((each) => each.clientWidth > 0 && each.scrollWidth > each.clientWidth);
  cell.title = isCut ? cell.innerText.slice(0, mostLetters) : '';
}
