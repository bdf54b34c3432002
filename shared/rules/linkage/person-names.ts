/**
 * The names of all people of a table: each name once, with its sound and what it is like beside others.
 *
 * Example: `names.compare(0, 1, comparison)` sets the levels of given name, family name and their order.
 */
import { createColumn, push } from './columns.ts';
import { commonFamilyNames, commonGivenNames } from './common-names.ts';
import { hashOf } from './counts.ts';
import type { Comparison } from './kind.ts';
import { soundOf } from './latin.ts';
import { missing } from './model.ts';
import {
  alike,
  areFarApart,
  areOfOtherScripts,
  compareNames,
  different,
  lookOfName,
  type NameLook,
  same,
  typo,
  variant,
} from './names.ts';
import type { PreparedPerson } from './person.ts';
import { commonName, otherScripts, personField as f } from './person-fields.ts';
import { createRemembered, createValues } from './values.ts';

/** Hashes of how a name sounds, as given and as family name, by so many of its letters. */
export const soundBy = { g1: 0, g4: 1, g8: 2, f1: 3, f2: 4, f3: 5, f4: 6, f8: 7 } as const;
const soundsPerName = 8;

const noLook = lookOfName('');

export function createPersonNames() {
  const sounds = createColumn('u32');
  const firstLetters = (sound: string, letters: number): number => (sound === '' ? 0 : hashOf(sound.slice(0, letters)));
  const looks: NameLook[] = [];
  const addSounds = (_id: number, name: string): void => {
    looks.push(lookOfName(name));
    const asGiven = soundOf(name.split(' ')[0] ?? '');
    const asFamily = soundOf(name.replaceAll(' ', ''));
    for (const letters of [1, 4, 8]) push(sounds, firstLetters(asGiven, letters));
    for (const letters of [1, 2, 3, 4, 8]) push(sounds, firstLetters(asFamily, letters));
  };
  const names = createValues(addSounds);
  addSounds(0, '');
  const suffixes = createValues();
  const given = createColumn('u32');
  const family = createColumn('u32');
  const nickname = createColumn('u32');
  const suffix = createColumn('u8');

  const givenLevels = createRemembered((a, b) => compareNames(names.text(a), names.text(b), true), 20);
  const familyLevels = createRemembered((a, b) => compareNames(names.text(a), names.text(b), false), 20);
  const areApart = (a: number, b: number, isGiven: boolean): boolean =>
    areFarApart(looks[a] ?? noLook, looks[b] ?? noLook, isGiven);
  const areUnlike = (a: number, b: number): boolean => areOfOtherScripts(looks[a] ?? noLook, looks[b] ?? noLook);
  const asGiven = (a: number, b: number): number =>
    a === b ? same : areUnlike(a, b) ? missing : areApart(a, b, true) ? different : givenLevels(a, b);
  const asFamily = (a: number, b: number): number =>
    a === b ? same : areUnlike(a, b) ? missing : areApart(a, b, false) ? different : familyLevels(a, b);
  const at = (column: { readonly data: Uint32Array }, record: number): number => column.data[record] ?? 0;

  const isCommon = (first: number, last: number): boolean =>
    commonGivenNames.has(names.hash(first)) && commonFamilyNames.has(names.hash(last));

  /** Level of two given names, nicknames included. */
  const compareGiven = (a: number, b: number): number => {
    const level = asGiven(at(given, a), at(given, b));
    const [nickA, nickB] = [at(nickname, a), at(nickname, b)];
    if (level <= variant || (nickA === 0 && nickB === 0)) return level;
    const isKnownAs = (nick: number, name: number): boolean => nick !== 0 && asGiven(nick, name) <= variant;
    return isKnownAs(nickA, at(given, b)) || isKnownAs(nickB, at(given, a)) ? variant : level;
  };
  const agree = (into: Comparison, field: number, level: number, a: number, b: number): void => {
    if (level === same || level === typo || level === alike) into.agreed[field] = names.hash(a);
    if (level === typo || level === alike) into.rivals[field] = names.hash(b);
  };

  const agreeInAll = (into: Comparison, first: number, last: number): void => {
    into.levels[f.given] = same;
    into.levels[f.family] = same;
    into.levels[f.order] = 0;
    into.levels[f.flags] = 0;
    agree(into, f.given, same, first, first);
    agree(into, f.family, same, last, last);
  };

  /** The name of who has the whole of it in one field is the other's given and family name, in either order. */
  const isWholeOf = (only: number, first: number, last: number): boolean => {
    const words = names.text(only).split(' ');
    if (words.length < 2) return false;
    const others = `${names.text(first)} ${names.text(last)}`.split(' ');
    return words.length === others.length && words.sort().join(' ') === others.sort().join(' ');
  };

  const compare = (a: number, b: number, into: Comparison): void => {
    const [givenA, familyA, givenB, familyB] = [at(given, a), at(family, a), at(given, b), at(family, b)];
    if ((givenA === 0) !== (familyA === 0) && givenB !== 0 && familyB !== 0) {
      if (isWholeOf(givenA === 0 ? familyA : givenA, givenB, familyB)) return agreeInAll(into, givenB, familyB);
    } else if ((givenB === 0) !== (familyB === 0) && givenA !== 0 && familyA !== 0) {
      if (isWholeOf(givenB === 0 ? familyB : givenB, givenA, familyA)) return agreeInAll(into, givenA, familyA);
    }
    let byGiven = givenA === 0 || givenB === 0 ? missing : compareGiven(a, b);
    let byFamily = familyA === 0 || familyB === 0 ? missing : asFamily(familyA, familyB);
    let isSwapped = false;
    const straight = Math.min(byGiven, different) + Math.min(byFamily, different);
    if (byGiven !== same && byFamily !== same && straight > 4) {
      const first = givenA === 0 || familyB === 0 ? missing : asGiven(givenA, familyB);
      const second = familyA === 0 || givenB === 0 ? missing : asFamily(familyA, givenB);
      const isKnown = first !== missing || second !== missing;
      const worst = Math.max(first === missing ? 0 : first, second === missing ? 0 : second);
      const isStraight = byGiven < different || byFamily < different;
      // of a name that was swapped and then changed, one half is still found
      const isClear =
        first !== missing && second !== missing
          ? worst < different || (!isStraight && Math.min(first, second) <= variant)
          : worst <= variant;
      if (isKnown && isClear && (!isStraight || Math.min(first, 5) + Math.min(second, 5) < straight)) {
        byGiven = first;
        byFamily = second;
        isSwapped = true;
      }
    }
    const { levels } = into;
    if (suffix.data[a] !== 0 && suffix.data[b] !== 0 && suffix.data[a] !== suffix.data[b]) byGiven = different;
    levels[f.given] = byGiven;
    levels[f.family] = byFamily;
    levels[f.flags] = areUnlike(givenA, givenB) || areUnlike(familyA, familyB) ? otherScripts : 0;
    agree(into, f.given, byGiven, givenA, isSwapped ? familyB : givenB);
    agree(into, f.family, byFamily, familyA, isSwapped ? givenB : familyB);
    if (byGiven === same && byFamily === same && !isSwapped && isCommon(givenA, familyA)) levels[f.flags] = commonName;
    if (byGiven < different || byFamily < different) levels[f.order] = isSwapped ? 1 : 0;
  };

  return {
    given,
    family,
    hash: names.hash,
    text: names.text,
    sound: (name: number, which: number): number => sounds.data[name * soundsPerName + which] ?? 0,
    add(person: PreparedPerson): void {
      push(given, names.idOf(person.given));
      push(family, names.idOf(person.family));
      push(nickname, names.idOf(person.nickname));
      push(suffix, suffixes.idOf(person.suffix));
    },
    clear(): void {
      for (const column of [given, family, nickname, suffix]) column.length = 0;
    },
    compare,
    /** A quick look: whether the names may be one, straight or swapped, or only the given names. */
    glance(a: number, b: number): 'alike' | 'givenAlike' | 'different' {
      const [givenA, familyA, givenB, familyB] = [at(given, a), at(family, a), at(given, b), at(family, b)];
      if (givenA === 0 || givenB === 0 || familyA === 0 || familyB === 0) return 'alike';
      if (areUnlike(givenA, givenB) || areUnlike(familyA, familyB)) return 'alike';
      const isGiven = compareGiven(a, b) < different;
      const isFamily = (isGiven || familyA === familyB) && asFamily(familyA, familyB) < different;
      if (isGiven && isFamily) return 'alike';
      const first = asGiven(givenA, familyB);
      if (isGiven || isFamily) {
        if (first < different && asFamily(familyA, givenB) < different) return 'alike';
        return isGiven ? 'givenAlike' : 'different';
      }
      const second = asFamily(familyA, givenB);
      return Math.min(first, second) <= variant || (first < different && second < different) ? 'alike' : 'different';
    },
  };
}
