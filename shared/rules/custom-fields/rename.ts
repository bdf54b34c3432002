/**
 * Options of a custom choice called otherwise: what a value, and a definition whose rows ask for one, become. All at once,
 * so that two names may be exchanged. Ours; the reference product gives options numbers, which no file could be read by.
 *
 * Example: with Red → Crimson the value ['Blue', 'Red'] is ['Blue', 'Crimson'], and the row "Badge is Red" asks for Crimson.
 */
import { foldText } from '../normalise/fold.ts';

/** Former name → new name. */
export type OptionNames = ReadonlyMap<string, string>;

/** A value as it is stored and sent; the same one where it holds none of the names. */
export function renamedValue(value: unknown, names: OptionNames): unknown {
  if (typeof value === 'string') return names.get(value) ?? value;
  if (!Array.isArray(value)) return value;
  const renamed = value.map((each: unknown) => renamedValue(each, names));
  return renamed.some((each, index) => each !== value[index]) ? renamed : value;
}

/** A definition (segment, scoring model, saved view) whose rows on this field ask for the new names; itself where none does. */
export function renamedInRows(definition: unknown, field: string, names: OptionNames): unknown {
  // rows compare without case and accents
  const byKey = new Map([...names].map(([from, to]) => [foldText(from), to]));
  const walk = (node: unknown): unknown => {
    if (typeof node !== 'object' || node === null) return node;
    if (Array.isArray(node)) {
      const walked = node.map(walk);
      return walked.some((each, index) => each !== node[index]) ? walked : node;
    }
    const entries = Object.entries(node);
    const isRow = entries.some(([name, value]) => name === 'field' && value === field);
    const walked = entries.map(([name, value]): [string, unknown] => {
      if (!isRow || name !== 'values' || !Array.isArray(value)) return [name, walk(value)];
      const values = value.map(
        (each: unknown) => (typeof each === 'string' ? byKey.get(foldText(each)) : null) ?? each,
      );
      return [name, values.some((each, index) => each !== value[index]) ? values : value];
    });
    return walked.some(([, value], index) => value !== entries[index]?.[1]) ? Object.fromEntries(walked) : node;
  };
  return walk(definition);
}
