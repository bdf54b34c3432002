/**
 * Tags: short words that people put on contacts, accounts and leads as they like. Two spellings that fold alike are one
 * tag, and the spelling that a record got first stays. A record's tags are a set: what one person added and another
 * took off both holds, also when they did not know of each other (domain.md sections 1 and 8).
 *
 * Example: `cleanTags([' VIP ', 'vip', 'Nordics; Retail'])` is `['VIP', 'Nordics', 'Retail']`.
 */
import { foldText } from './normalise/fold.ts';

export const longestTag = 60;
export const mostTags = 100;

/** What two spellings of one tag have in common. */
export const tagKey = (tag: string): string => foldText(tag);

/** The tags in a text: a cell of a file, or what was typed or pasted. */
const splitTags = (text: string): string[] =>
  text
    .split(/[;,\n\r\t]/)
    .map((part) =>
      [
        ...part
          .replace(/[\u0000-\u001f\u007f]/g, ' ')
          .replace(/\s+/g, ' ')
          .trim(),
      ]
        .slice(0, longestTag)
        .join('')
        .trim(),
    )
    .filter((tag) => tagKey(tag) !== '');

/** Each once, in the order in which they came. */
export function cleanTags(texts: readonly string[]): string[] {
  const byKey = new Map<string, string>();
  for (const tag of texts.flatMap(splitTags)) if (!byKey.has(tagKey(tag))) byKey.set(tagKey(tag), tag);
  return [...byKey.values()];
}

const asTags = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each): each is string => typeof each === 'string') : [];

/** Some tags with others added and taken off; the same list where that changes nothing. */
export function changedTags(tags: readonly string[], add: readonly string[], remove: readonly string[]): string[] {
  const gone = new Set(remove.map(tagKey));
  const left = tags.filter((tag) => !gone.has(tagKey(tag)));
  const known = new Set(left.map(tagKey));
  return [...left, ...add.filter((tag) => !known.has(tagKey(tag)))].slice(0, mostTags);
}

/** What a change from `before` to `after` makes of `current`: it adds what it added and takes off what it took off. */
export function withTagChange(current: unknown, before: unknown, after: unknown): string[] {
  const had = new Set(asTags(before).map(tagKey));
  const has = new Set(asTags(after).map(tagKey));
  return changedTags(
    asTags(current),
    asTags(after).filter((tag) => !had.has(tagKey(tag))),
    asTags(before).filter((tag) => !has.has(tagKey(tag))),
  );
}
