/**
 * How this person likes the window: appearance, columns, widths. Kept by the browser, not in the workspace. A loopback
 * page has another port, so another local storage, at each start; a cookie of this machine's address carries over
 * what is small. Never holds anything about records.
 */
import { create } from 'zustand';

const key = 'outpost-view';
const cookieMaxBytes = 3500;

type ColumnChoice = { readonly shown: readonly string[]; readonly widths: Readonly<Record<string, number>> };
export type Scheme = 'light' | 'dark' | 'auto';
type Preferences = {
  readonly scheme: Scheme;
  readonly narrow: boolean;
  /** The areas that are needed now and then stand open. */
  readonly more: boolean;
  readonly columns: Readonly<Record<string, ColumnChoice>>;
};

const initial: Preferences = { scheme: 'auto', narrow: false, more: false, columns: {} };

function read(): Preferences {
  try {
    const cookie = document.cookie.split('; ').find((each) => each.startsWith(`${key}=`));
    const text = localStorage.getItem(key) ?? (cookie ? decodeURIComponent(cookie.slice(key.length + 1)) : null);
    return text === null ? initial : { ...initial, ...(JSON.parse(text) as Partial<Preferences>) };
  } catch {
    // storage switched off or its content damaged: start with the standard view
    return initial;
  }
}

export const usePreferences = create<Preferences>(() => read());

usePreferences.subscribe((preferences) => {
  const text = JSON.stringify(preferences);
  try {
    localStorage.setItem(key, text);
    const cookie = encodeURIComponent(text);
    if (location.protocol === 'http:' && cookie.length < cookieMaxBytes)
      document.cookie = `${key}=${cookie}; path=/; max-age=31536000; samesite=strict`;
  } catch {
    // a view preference is not worth a word to the person
  }
});

export const setPreference = (change: Partial<Preferences>): void => usePreferences.setState(change);

export const setColumns = (table: string, choice: ColumnChoice): void =>
  usePreferences.setState(({ columns }) => ({ columns: { ...columns, [table]: choice } }));
