/**
 * The postal addresses of all records of a table: their parts as numbers of values kept once, so that a street is
 * compared with another once and not for each two people who live in them.
 */
import {
  type AddressParts,
  asWritten,
  buildingKey,
  compareStreets,
  comparePlaces,
  type Likeness,
  placeKey,
  type PreparedAddress,
} from './address.ts';
import { createColumn, push } from './columns.ts';
import { hashOf } from './counts.ts';
import type { Comparison } from './kind.ts';
import { missing } from './model.ts';
import { createRemembered, createValues } from './values.ts';

type Parts = { -readonly [K in keyof AddressParts<number>]: number };
const noParts = (): Parts => ({ number: 0, street: 0, extra: 0, city: 0, region: 0, postal: 0 });

const u32 = () => createColumn('u32');

export function createAddressColumns() {
  const values = createValues();
  const parts = [u32(), u32(), u32(), u32(), u32(), u32()] as const;
  /** Hash of the building, and of the place. */
  const buildings = createColumn('u32');
  const places = createColumn('u32');
  /** Where the addresses of each record begin; one more than there are records. */
  const begins = createColumn('u32');
  push(begins, 0);

  const ofTexts = (like: (a: string, b: string) => number) => (a: number, b: number) =>
    Math.round(like(values.text(a), values.text(b)) * 10);
  const words = createRemembered(ofTexts(asWritten.words), 18);
  const codes = createRemembered(ofTexts(asWritten.codes), 16);
  const like: Likeness<number> = {
    blank: 0,
    words: (a, b) => (a === b ? 1 : words(a, b) / 10),
    codes: (a, b) => (a === b ? 1 : codes(a, b) / 10),
  };

  const [numbers, streets, extras, cities, regions, postals] = parts;
  const mine = noParts();
  const other = noParts();
  const load = (at: number, into: Parts): void => {
    into.number = numbers.data[at] ?? 0;
    into.street = streets.data[at] ?? 0;
    into.extra = extras.data[at] ?? 0;
    into.city = cities.data[at] ?? 0;
    into.region = regions.data[at] ?? 0;
    into.postal = postals.data[at] ?? 0;
  };
  const hasStreet = (at: number): boolean => streets.data[at] !== 0 || extras.data[at] !== 0;

  return {
    add(addresses: readonly PreparedAddress[]): void {
      for (const address of addresses) {
        push(numbers, values.idOf(address.number));
        push(streets, values.idOf(address.street));
        push(extras, values.idOf(address.extra));
        push(cities, values.idOf(address.city));
        push(regions, values.idOf(address.region));
        push(postals, values.idOf(address.postal));
        const building = buildingKey(address);
        const place = placeKey(address);
        push(buildings, building === '' ? 0 : hashOf(building));
        push(places, place === '' ? 0 : hashOf(place));
      }
      push(begins, buildings.length);
    },
    clear(): void {
      for (const column of [...parts, buildings, places]) column.length = 0;
      begins.length = 1;
    },
    /** Places of a record's addresses in these columns, from `begin` to before `begin(record + 1)`. */
    begin: (record: number): number => begins.data[record] ?? 0,
    building: (at: number): number => buildings.data[at] ?? 0,
    place: (at: number): number => places.data[at] ?? 0,
    number: (at: number): number => numbers.data[at] ?? 0,
    city: (at: number): number => cities.data[at] ?? 0,
    postal: (at: number): number => postals.data[at] ?? 0,
    street: (at: number): string => values.text(streets.data[at] ?? 0),
    extra: (at: number): string => values.text(extras.data[at] ?? 0),
    /** Levels of the two fields, and what is agreed on. */
    compare(a: number, b: number, addressField: number, placeField: number, into: Comparison): void {
      const { levels, agreed } = into;
      const endA = begins.data[a + 1] ?? 0;
      const endB = begins.data[b + 1] ?? 0;
      for (let x = begins.data[a] ?? 0; x < endA; x += 1) {
        if (begins.data[b] === endB) break;
        load(x, mine);
        for (let y = begins.data[b] ?? 0; y < endB; y += 1) {
          load(y, other);
          if (hasStreet(x) && hasStreet(y)) {
            const level = compareStreets(mine, other, like);
            if (level >= (levels[addressField] ?? missing)) continue;
            levels[addressField] = level;
            const building = buildings.data[x] ?? 0;
            agreed[addressField] = level === 0 && building === buildings.data[y] ? building : 0;
          } else {
            const level = comparePlaces(mine, other, like) ?? missing;
            if (level >= (levels[placeField] ?? missing)) continue;
            levels[placeField] = level;
            agreed[placeField] = level === 0 ? (places.data[x] ?? 0) : 0;
          }
        }
      }
      // (a place that is weighed as part of a street says nothing again)
      if (levels[addressField] !== missing) {
        levels[placeField] = missing;
        agreed[placeField] = 0;
      }
    },
  };
}
