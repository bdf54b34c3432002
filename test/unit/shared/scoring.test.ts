import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoringDefinitionSchema, type ScoringDefinition } from '../../../shared/rules/scoring/definition.ts';
import { notScoredBecause, permittedFacts, type ScoringFacts } from '../../../shared/rules/scoring/facts.ts';
import { prepareModel } from '../../../shared/rules/scoring/model.ts';
import { forecast, gradeOf, scoreAt } from '../../../shared/rules/scoring/score.ts';
import type { GroupNode } from '../../../shared/rules/segment/schema.ts';

const day = 86_400_000;
const now = Date.UTC(2026, 0, 1, 12);

const is = (field: string, ...values: string[]): GroupNode => ({
  kind: 'group',
  match: 'all',
  nodes: [{ kind: 'row', field, operator: 'is', values }],
});
const model = (definition: Partial<ScoringDefinition>) =>
  prepareModel('model', scoringDefinitionSchema.parse(definition));

const interaction = (id: string, kind: string, atMs: number, eventKey = id) => ({
  id,
  kind,
  occurredAtMs: atMs,
  eventKey,
  contactId: 'ann',
  createdAtMs: atMs,
});
const facts = (more: Partial<ScoringFacts> = {}): ScoringFacts => ({
  lead: [{ id: 'lead', createdAtMs: now - 10 * day, topic: 'Pumps' }],
  contact: [{ id: 'ann', createdAtMs: now - 20 * day, role: 'decisionMaker', consentLevel: 'consent', child: false }],
  account: [],
  interaction: [],
  registration: [],
  checkIn: [],
  call: [],
  ...more,
});

const eachForm = (more: object = {}) => ({
  id: 'form',
  name: 'Form',
  conditions: [
    { entity: 'interaction' as const, frequency: 'each' as const, lastDays: null, where: is('kind', 'formSubmitted') },
  ],
  points: 15,
  halfLifeDays: null,
  ...more,
});

describe('the score of a lead', () => {
  it('counts each occurrence, once per event key, and says what each point rests on', () => {
    const scored = scoreAt(
      model({ rows: [eachForm()] }),
      facts({
        interaction: [
          interaction('a', 'formSubmitted', now - 3 * day, 'capture:1'),
          interaction('b', 'formSubmitted', now - 2 * day, 'capture:1'),
          interaction('c', 'formSubmitted', now - day),
          interaction('d', 'emailOpened', now - day),
        ],
      }),
      now,
    );
    expect(scored.score).toBe(30);
    expect(scored.ledger.map((entry) => [entry.interactionId, entry.points, entry.evidence])).toEqual([
      ['a', 15, 'formSubmitted'],
      ['c', 15, 'formSubmitted'],
    ]);
  });

  it('counts a row once when every condition holds at least once', () => {
    const row = {
      id: 'fit',
      name: 'Decision maker who came',
      points: 20,
      halfLifeDays: null,
      conditions: [
        {
          entity: 'contact' as const,
          frequency: 'atLeastOnce' as const,
          lastDays: null,
          where: is('role', 'decisionMaker'),
        },
        { entity: 'checkIn' as const, frequency: 'atLeastOnce' as const, lastDays: 30, where: null },
      ],
    };
    const came = (...ages: number[]) =>
      facts({ checkIn: ages.map((age) => ({ id: `c${age}`, inAtMs: now - age * day, contactId: 'ann' })) });
    const ready = model({ rows: [row] });
    expect(scoreAt(ready, facts(), now).score).toBe(0);
    const scored = scoreAt(ready, came(3, 5), now);
    expect(scored.score).toBe(20);
    expect(scored.ledger[0]?.expiresAtMs).toBe(now + 27 * day);
    expect(scored.nextChangeAtMs).toBe(now + 27 * day);
  });

  it('counts `none` while nothing of the kind happened in the window', () => {
    const row = {
      id: 'quiet',
      name: 'Nothing for a month',
      points: -10,
      halfLifeDays: null,
      conditions: [{ entity: 'interaction' as const, frequency: 'none' as const, lastDays: 30, where: null }],
    };
    const ready = model({ rows: [row] });
    expect(scoreAt(ready, facts(), now).score).toBe(-10);
    const active = facts({ interaction: [interaction('a', 'emailOpened', now - 10 * day)] });
    expect(scoreAt(ready, active, now)).toMatchObject({ score: 0, nextChangeAtMs: now + 20 * day });
    expect(scoreAt(ready, active, now + 20 * day).score).toBe(-10);
  });

  it('lets points lapse at the end of the window, to the millisecond', () => {
    const ready = model({ rows: [eachForm({ conditions: [{ ...eachForm().conditions[0], lastDays: 10 }] })] });
    const given = facts({ interaction: [interaction('a', 'formSubmitted', now)] });
    expect(scoreAt(ready, given, now + 10 * day - 1).score).toBe(15);
    expect(scoreAt(ready, given, now + 10 * day).score).toBe(0);
  });

  it('halves points every n days, rounded towards zero, and forecasts each step', () => {
    const ready = model({ rows: [eachForm({ halfLifeDays: 7 })] });
    const given = facts({ interaction: [interaction('a', 'formSubmitted', now)] });
    expect(forecast(ready, given, now, now + 365 * day)).toEqual([
      { atMs: now + 7 * day, score: 7 },
      { atMs: now + 14 * day, score: 3 },
      { atMs: now + 21 * day, score: 1 },
      { atMs: now + 28 * day, score: 0 },
    ]);
    expect(scoreAt(ready, given, now + 28 * day).nextChangeAtMs).toBeNull();
    const negative = model({ rows: [eachForm({ halfLifeDays: 7, points: -15 })] });
    expect(scoreAt(negative, given, now + 8 * day).score).toBe(-7);
  });

  it('does not count what has not happened yet', () => {
    const given = facts({ interaction: [interaction('a', 'formSubmitted', now + day)] });
    expect(scoreAt(model({ rows: [eachForm()] }), given, now)).toMatchObject({ score: 0, nextChangeAtMs: now + day });
  });

  it('ignores and reports a row that names a field that is not there', () => {
    const broken = eachForm({
      id: 'broken',
      conditions: [{ entity: 'lead', frequency: 'atLeastOnce', lastDays: null, where: is('noSuchField', 'x') }],
    });
    const ready = model({ rows: [broken, eachForm()] });
    expect(ready.brokenRows).toEqual(['broken']);
    expect(scoreAt(ready, facts({ interaction: [interaction('a', 'formSubmitted', now)] }), now).score).toBe(15);
  });

  it('looks again when the day turns where a condition is relative to today', () => {
    const today: GroupNode = {
      kind: 'group',
      match: 'all',
      nodes: [{ kind: 'row', field: 'occurredAtMs', operator: 'today', values: [] }],
    };
    const ready = model({
      rows: [eachForm({ conditions: [{ entity: 'interaction', frequency: 'each', lastDays: null, where: today }] })],
    });
    const given = facts({ interaction: [interaction('a', 'formSubmitted', now)] });
    const midnight = Date.UTC(2026, 0, 2);
    expect(scoreAt(ready, given, now)).toMatchObject({ score: 15, nextChangeAtMs: midnight });
    expect(scoreAt(ready, given, midnight).score).toBe(0);
  });

  it('adds up, replays, and comes true as forecast for random histories', () => {
    const condition = fc.record({
      entity: fc.constantFrom('interaction' as const, 'contact' as const),
      frequency: fc.constantFrom('each' as const, 'atLeastOnce' as const, 'none' as const),
      lastDays: fc.option(fc.integer({ min: 1, max: 40 })),
      where: fc.constantFrom(null, is('createdAtMs'), is('kind', 'formSubmitted'), is('kind', 'emailClicked')),
    });
    const row = fc.record({
      id: fc.uuid(),
      name: fc.constant(''),
      points: fc.integer({ min: -40, max: 40 }),
      halfLifeDays: fc.option(fc.integer({ min: 1, max: 20 })),
      conditions: fc.array(condition, { minLength: 1, maxLength: 3 }),
    });
    const history = fc.array(
      fc.record({
        kind: fc.constantFrom('formSubmitted', 'emailClicked', 'badgeScanned'),
        age: fc.integer({ min: -5, max: 60 }),
        key: fc.integer({ min: 0, max: 12 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(fc.array(row, { maxLength: 5 }), history, fc.integer({ min: 0, max: 90 }), (rows, events, days) => {
        const ready = model({ rows });
        const given = facts({
          interaction: events.map((event, index) =>
            interaction(`i${index}`, event.kind, now - event.age * day, `k${event.key}`),
          ),
        });
        const scored = scoreAt(ready, given, now);
        expect(scored.ledger.reduce((total, entry) => total + entry.points, 0)).toBe(scored.score);
        const until = now + days * day;
        const steps = forecast(ready, given, now, until);
        expect(steps.at(-1)?.score ?? scored.score).toBe(scoreAt(ready, given, until).score);
        for (const step of steps) {
          expect(scoreAt(ready, given, step.atMs).score).toBe(step.score);
          expect(scoreAt(ready, given, step.atMs - 1).score).not.toBe(step.score);
        }
      }),
      { numRuns: 400 },
    );
  });
});

describe('grades', () => {
  const grades = [
    { name: 'A', from: 60, to: null },
    { name: 'B', from: 20, to: 60 },
  ];
  it.each([
    [19, null],
    [20, 'B'],
    [59, 'B'],
    [60, 'A'],
  ])('%i is %s', (score, grade) => {
    expect(gradeOf(grades, score)).toBe(grade);
  });

  it('must follow each other without gap or overlap', () => {
    const parse = (given: unknown) => scoringDefinitionSchema.safeParse({ grades: given }).success;
    expect(parse(grades)).toBe(true);
    expect(parse([...grades, { name: 'C', from: 10, to: 25 }])).toBe(false);
    expect(parse([...grades, { name: 'C', from: 0, to: 15 }])).toBe(false);
    expect(parse([{ name: 'A', from: 5, to: 5 }])).toBe(false);
  });
});

describe('who is scored', () => {
  const lead = { status: 'open', hasContact: true, hasAccount: false, consentLevel: 'consent', child: false } as const;
  it.each([
    [lead, 'consent', null],
    [lead, 'profiling', 'consent'],
    [{ ...lead, consentLevel: 'profiling', child: true }, 'none', 'child'],
    [{ ...lead, status: 'disqualified' }, 'none', 'closed'],
    [{ ...lead, hasContact: false }, 'none', 'unlinked'],
    [{ ...lead, hasContact: false, hasAccount: true, consentLevel: null }, 'profiling', null],
  ] as const)('%o at minimum %s: %s', (subject, minimum, because) => {
    expect(notScoredBecause(subject, minimum)).toBe(because);
  });

  it('leaves out of an account lead the contacts that may not be scored, with what they did', () => {
    const given = facts({
      contact: [
        { id: 'ann', consentLevel: 'consent', child: false },
        { id: 'bob', consentLevel: 'none', child: false },
      ],
      interaction: [
        interaction('a', 'formSubmitted', now),
        { ...interaction('b', 'formSubmitted', now), contactId: 'bob' },
      ],
    });
    const permitted = permittedFacts(given, 'consent');
    expect(permitted.contact.map((each) => each.id)).toEqual(['ann']);
    expect(permitted.interaction.map((each) => each.id)).toEqual(['a']);
  });
});
