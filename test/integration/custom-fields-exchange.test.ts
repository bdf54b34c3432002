/** Custom fields between laptops: whatever comes first, all come to the same, and nothing that was entered is lost. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CustomFieldKind, customFieldName } from '../../shared/model/custom-field.ts';
import { checkStore } from '../../db/check.ts';
import { undoWrite } from '../../db/change-log/undo.ts';
import { listConflicts } from '../../db/query/conflicts.ts';
import { readWire, rowIdOf } from '../../db/records/read.ts';
import { createRecord, setDeleted, updateRecord, write } from '../../db/records/write.ts';
import { updateField } from '../../electron/features/custom-fields/definitions.service.ts';
import {
  bundleOf,
  copiesOf,
  discard,
  everything,
  type Laptop,
  lastWriteOf,
  linesOf,
  receive,
  takeLines,
  team,
} from '../helpers/laptops.ts';

const sendAll = (from: Laptop, into: Laptop) => takeLines(into, from, linesOf(from, 0, lastWriteOf(from)));

async function pair() {
  const { laptops } = await team(2);
  const [ann, bo] = laptops;
  if (!ann || !bo) throw new Error('two laptops');
  return { ann, bo };
}

function makeField(laptop: Laptop, name: string, kind: CustomFieldKind = 'text', options: string[] = []) {
  laptop.clock.nowMs += 1000;
  const { uuid } = write(laptop.store, { cause: 'edit' }, (w) =>
    createRecord(w, 'customField', { name, entity: 'contact', kind, options }),
  ).value;
  return { id: uuid, x: customFieldName(uuid) };
}

function makeContact(laptop: Laptop, values: Record<string, unknown>): string {
  laptop.clock.nowMs += 1000;
  return write(laptop.store, { cause: 'edit' }, (w) => createRecord(w, 'contact', values as never)).value.uuid;
}

function edit(laptop: Laptop, uuid: string, values: Record<string, unknown>) {
  laptop.clock.nowMs += 1000;
  const id = rowIdOf(laptop.store, 'contact', uuid);
  if (id === null) throw new Error('no contact');
  return write(laptop.store, { cause: 'edit' }, (w) => updateRecord(w, 'contact', id, values as never));
}

/** What the laptops must agree on. */
const ofFields = (laptop: Laptop) => everything(laptop, ['customField', 'contact']);

const valueOf = (laptop: Laptop, uuid: string, x: string): unknown =>
  (readWire(laptop.store, 'contact', uuid) as unknown as Record<string, unknown>)[x];

function setKind(laptop: Laptop, id: string, kind: CustomFieldKind) {
  laptop.clock.nowMs += 1000;
  const done = updateField(laptop.store, id, { kind }, undefined);
  if (!done.ok) throw new Error(done.error.message);
  return done.value;
}

function wrong(laptop: Laptop) {
  const check = checkStore(laptop.store);
  for (;;) {
    const { done, value } = check.next();
    if (done) return value.filter((each) => !each.ok);
  }
}

describe('custom fields of another laptop', () => {
  it('come with their values, and a conflict is one of the field', async () => {
    const { ann, bo } = await pair();
    const { x } = makeField(ann, 'Badge');
    const y = makeField(ann, 'Size', 'number').x;
    const contact = makeContact(ann, { givenName: 'Cy', [x]: 'red', [y]: 40 });
    sendAll(ann, bo);
    expect([valueOf(bo, contact, x), valueOf(bo, contact, y)]).toEqual(['red', 40]);
    edit(ann, contact, { [x]: 'blue' });
    edit(bo, contact, { [x]: 'green', [y]: 41 });
    sendAll(ann, bo);
    sendAll(bo, ann);
    expect(ofFields(ann)).toEqual(ofFields(bo));
    expect([valueOf(ann, contact, x), valueOf(ann, contact, y)]).toEqual(['green', 41]);
    expect(listConflicts(ann.store, 10).rows.map((each) => each.field)).toEqual([x]);
    expect([wrong(ann), wrong(bo)]).toEqual([[], []]);
  });

  it('are filled in from the log when values came before the definition', async () => {
    const { ann, bo } = await pair();
    const first = makeContact(ann, { givenName: 'Cy' });
    sendAll(ann, bo);
    const before = lastWriteOf(ann);
    const { x } = makeField(ann, 'Badge', 'multiChoice', ['a', 'b']);
    const middle = lastWriteOf(ann);
    edit(ann, first, { [x]: ['a'] });
    const second = makeContact(ann, { givenName: 'Di', [x]: ['b'] });
    edit(ann, first, { [x]: ['a', 'b'] });
    takeLines(bo, ann, linesOf(ann, middle, lastWriteOf(ann)));
    expect(readWire(bo.store, 'contact', second)).not.toHaveProperty(x);
    takeLines(bo, ann, linesOf(ann, before, middle));
    expect([valueOf(bo, first, x), valueOf(bo, second, x)]).toEqual([['a', 'b'], ['b']]);
    expect(ofFields(bo)).toEqual(ofFields(ann));
    expect(bo.store.sql('SELECT count(*) FROM pending_value').pluck().get()).toBe(0);
    expect(wrong(bo)).toEqual([]);
  });

  it('come by bundles too, in either order', async () => {
    const { ann, bo } = await pair();
    const { x } = makeField(ann, 'Badge');
    const first = await bundleOf(ann);
    const contact = makeContact(ann, { givenName: 'Cy', [x]: 'red' });
    const second = await bundleOf(ann);
    if (first === null || second === null) throw new Error('two bundles');
    expect((await receive(bo, second)).ok).toBe(true);
    expect((await receive(bo, first)).ok).toBe(true);
    expect(valueOf(bo, contact, x)).toBe('red');
    expect(ofFields(bo)).toEqual(ofFields(ann));
  });

  it('change their kind with all values, and what was entered meanwhile in the old kind stays in the log', async () => {
    const { ann, bo } = await pair();
    const { id, x } = makeField(ann, 'Size');
    const fits = makeContact(ann, { givenName: 'Cy', [x]: '40' });
    const typed = makeContact(ann, { givenName: 'Di', [x]: '41' });
    sendAll(ann, bo);
    const { writeId } = setKind(ann, id, 'number');
    bo.clock.nowMs += 60_000;
    edit(bo, typed, { [x]: 'forty-two' });
    sendAll(ann, bo);
    sendAll(bo, ann);
    expect(ofFields(ann)).toEqual(ofFields(bo));
    expect([valueOf(bo, fits, x), valueOf(bo, typed, x)]).toEqual([40, 41]);
    expect([wrong(ann), wrong(bo)]).toEqual([[], []]);
    // taken back, the text that somebody entered meanwhile is there
    ann.clock.nowMs += 120_000;
    expect(undoWrite(ann.store, writeId ?? 0).ok).toBe(true);
    sendAll(ann, bo);
    expect(ofFields(ann)).toEqual(ofFields(bo));
    expect(valueOf(bo, fits, x)).toBe('40');
    expect([wrong(ann), wrong(bo)]).toEqual([[], []]);
  });

  it('wait in the bin with what comes for them', async () => {
    const { ann, bo } = await pair();
    const { id, x } = makeField(ann, 'Badge');
    const contact = makeContact(ann, { givenName: 'Cy' });
    sendAll(ann, bo);
    write(ann.store, { cause: 'edit' }, (w) =>
      setDeleted(w, 'customField', rowIdOf(ann.store, 'customField', id) ?? 0, true),
    );
    edit(bo, contact, { [x]: 'red' });
    sendAll(bo, ann);
    expect(readWire(ann.store, 'contact', contact)).not.toHaveProperty(x);
    write(ann.store, { cause: 'edit' }, (w) =>
      setDeleted(w, 'customField', rowIdOf(ann.store, 'customField', id) ?? 0, false),
    );
    expect(valueOf(ann, contact, x)).toBe('red');
    sendAll(ann, bo);
    expect(ofFields(ann)).toEqual(ofFields(bo));
  });

  it('come to the same from any order of any halves of two histories', { timeout: 120_000 }, async () => {
    const { ann, bo } = await pair();
    const { id, x } = makeField(ann, 'Size');
    const contacts = [makeContact(ann, { givenName: 'Cy', [x]: '1' }), makeContact(ann, { givenName: 'Di' })];
    sendAll(ann, bo);
    const since = [lastWriteOf(ann), lastWriteOf(bo)] as const;
    const step = fc.record({
      who: fc.boolean(),
      at: fc.nat(1),
      value: fc.constantFrom('7', 'seven', null),
      turns: fc.boolean(),
    });
    const history = fc.record({
      steps: fc.array(step, { maxLength: 8 }),
      cuts: fc.array(fc.boolean(), { maxLength: 8 }),
    });
    fc.assert(
      fc.property(history, ({ steps, cuts }) => {
        const [a, b] = copiesOf([ann, bo]) as [Laptop, Laptop];
        for (const { who, at, value, turns } of steps) {
          const laptop = who ? a : b;
          if (turns) {
            const now = readWire(laptop.store, 'customField', id)?.kind;
            laptop.clock.nowMs += 1000;
            updateField(laptop.store, id, { kind: now === 'text' ? 'number' : 'text' }, undefined);
            continue;
          }
          const now = readWire(laptop.store, 'customField', id)?.kind;
          if (now === 'number' && value === 'seven') continue;
          edit(laptop, contacts[at] ?? '', { [x]: now === 'number' && value !== null ? Number(value) : value });
        }
        // each gets the other's writes one by one, some of them late
        const deliver = (from: Laptop, into: Laptop, first: number): void => {
          const writes = Array.from({ length: lastWriteOf(from) - first }, (_, index) => first + index);
          const late = writes.filter((_, index) => cuts[index % Math.max(1, cuts.length)] === true);
          const soon = writes.filter((each) => !late.includes(each));
          for (const each of [...soon, ...late]) takeLines(into, from, linesOf(from, each, each + 1));
        };
        const [lastA, lastB] = [lastWriteOf(a), lastWriteOf(b)];
        deliver(a, b, since[0]);
        deliver(b, a, since[1]);
        expect([lastWriteOf(a), lastWriteOf(b)]).toEqual([lastA, lastB]);
        expect(ofFields(a)).toEqual(ofFields(b));
        expect([wrong(a), wrong(b)]).toEqual([[], []]);
        discard([a, b]);
      }),
      { numRuns: 60 },
    );
  });
});
