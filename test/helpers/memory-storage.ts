/** A browser's storage in memory; `full` refuses every write, as a full or switched-off one does. */
export function memoryStorage(initial: Readonly<Record<string, string>> = {}, full = false) {
  const values = new Map(Object.entries(initial));
  return {
    getItem: (key: string) => values.get(key) ?? null,
    setItem: (key: string, value: string) => {
      if (full) throw new DOMException('full', 'QuotaExceededError');
      values.set(key, value);
    },
    removeItem: (key: string) => {
      values.delete(key);
    },
  };
}
