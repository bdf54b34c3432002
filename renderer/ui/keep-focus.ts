/**
 * Where the part of a page that had the focus was replaced (a decided item gives way to the next one), the focus goes to
 * what took its place: who works with Tab goes on from there, and not from the top of the page.
 */
import { useEffect, useRef } from 'react';

/** Of the new part: an element that takes the focus with `tabIndex={-1}`. */
export function useKeepFocus<E extends HTMLElement>() {
  const place = useRef<E>(null);
  useEffect(() => {
    if (document.activeElement === document.body) place.current?.focus({ preventScroll: true });
  }, []);
  return place;
}
