import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byPosition, type CustomFieldDefinition } from '../../../../shared/model/custom-field.ts';
import {
  cleanOptions,
  issuesOf,
  lastPosition,
  positionsAfterMove,
} from '../../../../renderer/features/custom-fields/field-values.ts';
import { refusalOf } from '../../../../renderer/features/custom-fields/refusal.ts';

const field = (id: string, position: number | null): CustomFieldDefinition => ({
  id,
  name: id,
  entity: 'contact',
  kind: 'text',
  options: [],
  help: null,
  position,
});

describe('what the dialog of a custom field insists on', () => {
  const draft = { name: 'Badge', kind: 'text', options: [], help: '' } as const;
  it('wants a name that no other field of these records has', () => {
    expect(issuesOf(draft, [])).toBeNull();
    expect(issuesOf({ ...draft, name: ' ' }, [])?.name).toBe('Give the field a name.');
    expect(issuesOf(draft, [{ name: 'badge ' }])?.name).toBe('There is a field of this name already.');
  });
  it('wants options for choices only, and keeps each once', () => {
    expect(issuesOf({ ...draft, kind: 'choice', options: [' '] }, [])?.options).toBe('Enter at least one option.');
    expect(issuesOf({ ...draft, kind: 'number', options: [] }, [])).toBeNull();
    expect(cleanOptions([' Red', 'red', '', 'Blue '])).toEqual(['Red', 'Blue']);
  });
});

describe('the place of a field', () => {
  it('is between its neighbours, and changes one record', () => {
    const fields = [field('a', 100), field('b', 200), field('c', 300)];
    expect(positionsAfterMove(fields, 'c', 1)).toEqual([{ id: 'c', position: 150 }]);
    expect(positionsAfterMove(fields, 'a', 2)).toEqual([{ id: 'a', position: 400 }]);
    expect(positionsAfterMove(fields, 'a', 0)).toEqual([]);
    expect(positionsAfterMove(fields, 'a', 3)).toEqual([]);
    expect(lastPosition(fields)).toBe(400);
    expect(lastPosition([])).toBe(100);
  });
  it('is what was asked for, after any moves of any fields', () => {
    fc.assert(
      fc.property(
        fc.array(fc.option(fc.integer({ min: 0, max: 5 })), { minLength: 2, maxLength: 9 }),
        fc.array(fc.tuple(fc.nat(8), fc.nat(8)), { maxLength: 30 }),
        (positions, moves) => {
          let fields = positions.map((position, index) => field(`f${index}`, position));
          for (const [from, to] of moves) {
            const before = fields.toSorted(byPosition).map(({ id }) => id);
            const id = before[from % before.length] ?? '';
            const place = to % before.length;
            const places = new Map(
              positionsAfterMove(fields, id, place).map((each) => [each.id, each.position] as const),
            );
            fields = fields.map((each) => ({ ...each, position: places.get(each.id) ?? each.position }));
            const wanted = before.filter((each) => each !== id).toSpliced(place, 0, id);
            expect(fields.toSorted(byPosition).map((each) => each.id)).toEqual(wanted);
            for (const { position } of fields)
              expect(position === null || (position >= 0 && position <= 100_000)).toBe(true);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

describe('a refused change of a field', () => {
  it('names what uses it, and whose values do not fit', () => {
    const inUse = refusalOf({ code: 'inUse', message: '', details: { users: 1, names: '“VIPs”' } });
    expect(inUse.sentence).toContain('“VIPs”');
    const values = refusalOf({ code: 'valuesDoNotFit', message: '', details: { count: 2, examples: 'Ann, Bob' } });
    expect(values.sentence).toContain('2 values');
    expect(values.sentence).toContain('Ann, Bob');
  });
  it('stands at the input that it is about', () => {
    const issues = [{ path: 'values.options', message: 'must keep “Red”' }];
    expect(refusalOf({ code: 'invalidValue', message: '', issues })).toEqual({
      sentence: null,
      issues: { options: 'must keep “Red”' },
    });
  });
});
