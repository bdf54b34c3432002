/**
 * The runs of letters in the search texts of many records, and which record holds which. Names, companies and domains
 * repeat, so that a hundred thousand records have some ten thousand different runs: one look through these finds all
 * records that hold any part of one, however many they are.
 *
 * A run is kept with the one sign before it: a space where it begins a word. `  ann  ann.ruiz@firm.example  32475` has
 * the runs ` ann`, `.ruiz`, `@firm` and `.example`.
 */
import { Numbers } from './numbers.ts';

/** A sign that may stand before a run, then its letters. */
const run = /(?: |[^\p{L}\p{M}\p{N}\s])?[\p{L}\p{M}]+/gu;
const onlyRun = /^(?: |[^\p{L}\p{M}\p{N}\s])?[\p{L}\p{M}]+$/u;
const beginsWithLetter = /^[\p{L}\p{M}]/u;
const onlyAscii = /^[\x20-\x7e]*$/;

/** UTF-8, a letter a byte: such a string is searched at the speed of memory. */
const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

export type Segment = {
  /** All runs, each behind a line feed. */
  readonly runs: string;
  /** Where each begins; one more for where the last ends. */
  readonly begins: Uint32Array;
  /** Where the records of each run begin in `ids`; one more for the end. */
  readonly offsets: Uint32Array;
  readonly ids: Int32Array;
};

/** Part of a run, as it is looked for. */
export type Part = string;

/** The run, whole or in part, that a needle is; null for one that is more than that (`ann@`) or has digits. */
export function partOf(needle: string): Part | null {
  // two spaces say that a word is to begin so; the run has one of them
  const text = needle.startsWith('  ') ? needle.slice(1) : needle;
  return onlyRun.test(text) ? asPart(text) : null;
}

/** The runs that a needle goes through: each is in every text that holds the needle. */
export const partsIn = (needle: string): readonly Part[] => (needle.match(run) ?? []).map(asPart);

const asPart = (text: string): Part => bytesOf(beginsWithLetter.test(text) ? text : `\n${text}`);

/**
 * Lifts each record that has a run with this part by one step (16), if it stands at `from` now. How many it lifted. (One
 * array and one comparison: a search that matches everybody comes through here two million times.)
 */
export function lift({ runs, begins, offsets, ids }: Segment, part: Part, steps: Uint8Array, from: number): number {
  let lifted = 0;
  let at = 0;
  for (let place = runs.indexOf(part); place >= 0; place = runs.indexOf(part, begins[at])) {
    while ((begins[at + 1] as number) <= place) at += 1;
    const end = offsets[at + 1] as number;
    for (let each = offsets[at] as number; each < end; each += 1) {
      const id = ids[each] as number;
      if (steps[id] !== from) continue;
      steps[id] = from + stepUp;
      lifted += 1;
    }
    at += 1;
  }
  return lifted;
}

/** Below it the number of the segment that a record's runs are in, above it how many steps it was lifted. */
export const stepUp = 16;

/** Numbers looked at between two pauses. */
const perPart = 200_000;

/** Collects texts and makes a segment of them. */
export class SegmentBuilder {
  readonly #numbers = new Map<string, number>();
  /** The runs of all records, one record after the other, and where those of each end. */
  readonly #runs = new Numbers();
  readonly #ids = new Numbers();
  readonly #ends = new Numbers();

  add(id: number, text: string): void {
    if (onlyAscii.test(text)) this.#addAscii(text);
    else for (const each of text.match(run) ?? []) this.#note(each);
    this.#ids.push(id);
    this.#ends.push(this.#runs.length);
  }

  #addAscii(text: string): void {
    let begin = -1;
    for (let at = 0; at <= text.length; at += 1) {
      const code = at < text.length ? text.charCodeAt(at) : 0;
      if (isAsciiLetter(code)) {
        if (begin < 0) begin = at;
      } else if (begin >= 0) {
        this.#note(text.slice(begin > 0 && !isDigit(text.charCodeAt(begin - 1)) ? begin - 1 : begin, at));
        begin = -1;
      }
    }
  }

  /** In parts, with room for questions between them. */
  *finish(): Generator<void, Segment> {
    const count = this.#numbers.size;
    const offsets = new Uint32Array(count + 1);
    for (let at = 0; at < this.#runs.length; at += 1) {
      const next = this.#runs.at(at) + 1;
      offsets[next] = (offsets[next] as number) + 1;
      if (at % perPart === 0) yield;
    }
    for (let at = 0; at < count; at += 1) offsets[at + 1] = (offsets[at + 1] as number) + (offsets[at] as number);
    const free = offsets.slice(0, count);
    const ids = new Int32Array(this.#runs.length);
    for (let record = 0, at = 0; record < this.#ids.length; record += 1) {
      for (; at < this.#ends.at(record); at += 1) {
        const number = this.#runs.at(at);
        const place = free[number] as number;
        ids[place] = this.#ids.at(record);
        free[number] = place + 1;
      }
      if (record % perPart === 0) yield;
    }
    for (const list of [this.#runs, this.#ids, this.#ends]) list.release();
    const each = Array.from(this.#numbers.keys(), (text) => bytesOf(`\n${text}`));
    const begins = new Uint32Array(count + 1);
    each.forEach((text, at) => (begins[at + 1] = (begins[at] as number) + text.length));
    return { runs: Buffer.from(each.join(''), 'latin1').toString('latin1'), begins, offsets, ids };
  }

  #note(text: string): void {
    let number = this.#numbers.get(text);
    if (number === undefined) this.#numbers.set(text, (number = this.#numbers.size));
    this.#runs.push(number);
  }
}

const isAsciiLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const isDigit = (code: number): boolean => code >= 48 && code <= 57;
