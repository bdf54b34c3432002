import { describe, expect, it } from 'vitest';
import { shippedProcess } from '../../../electron/features/setup/shipped-process.ts';
import { fieldsOfAnswers } from '../../../shared/rules/process/answers.ts';
import { processDefinitionSchema } from '../../../shared/rules/process/definition.ts';
import {
  callStagesOf,
  checkFlag,
  checkMove,
  firedRule,
  type LeadPosition,
  recycleStageOf,
  startOf,
  type Trigger,
} from '../../../shared/rules/process/machine.ts';
import { timeInStage } from '../../../shared/rules/process/time-in-stage.ts';

const stages = {
  1: 'inquiry',
  2: 'automatedMarketingQualification',
  3: 'teleprospectAcceptance',
  4: 'teleprospectQualification',
  5: 'salesAcceptance',
} as const;

const lead = (stage: keyof typeof stages, more: Partial<LeadPosition> = {}): LeadPosition => ({
  status: 'open',
  stage: stages[stage],
  salesReady: false,
  teleprospectReady: false,
  teleprospectAccepted: false,
  salesAccepted: false,
  ...more,
});

describe('rules of the shipped process', () => {
  it.each<[from: keyof typeof stages, triggers: Trigger[], to: keyof typeof stages | null]>([
    // first score
    [1, ['firstScore'], 2],
    [2, ['firstScore'], null],
    [3, ['firstScore'], null],
    [5, ['firstScore'], null],
    // sales ready skips to 5 from anywhere
    [1, ['salesReady'], 5],
    [2, ['salesReady'], 5],
    [3, ['salesReady'], 5],
    [4, ['salesReady'], 5],
    [5, ['salesReady'], null],
    // teleprospect ready
    [1, ['teleprospectReady'], 3],
    [2, ['teleprospectReady'], 3],
    [3, ['teleprospectReady'], null],
    [4, ['teleprospectReady'], null],
    [5, ['teleprospectReady'], 3],
    // teleprospect accepted
    [2, ['teleprospectAccepted'], 4],
    [3, ['teleprospectAccepted'], 4],
    [4, ['teleprospectAccepted'], null],
    [5, ['teleprospectAccepted'], null],
    // several at once
    [1, ['firstScore', 'salesReady'], 5],
    [2, ['teleprospectReady', 'salesReady'], 5],
    [3, ['teleprospectAccepted', 'salesReady'], 5],
    [2, ['teleprospectReady', 'teleprospectAccepted'], 4],
    [1, ['firstScore', 'teleprospectReady'], 3],
    [2, [], null],
  ])('in stage %i, %j moves to %s', (from, triggers, to) => {
    const flags = Object.fromEntries(triggers.filter((each) => each !== 'firstScore').map((each) => [each, true]));
    const rule = firedRule(shippedProcess, lead(from, flags), new Set(triggers));
    expect(rule?.to ?? null).toBe(to === null ? null : stages[to]);
  });

  it('lets a standing sales ready win over a teleprospecting flag that is set later', () => {
    const ready = lead(5, { salesReady: true, teleprospectReady: true });
    expect(firedRule(shippedProcess, ready, new Set<Trigger>(['teleprospectReady']))).toBeNull();
  });

  it('never moves a closed lead', () => {
    const closed = lead(2, { status: 'disqualified', salesReady: true });
    expect(firedRule(shippedProcess, closed, new Set<Trigger>(['salesReady']))).toBeNull();
  });

  it('ignores a rule whose stage is not there', () => {
    const definition = processDefinitionSchema.parse({
      stages: [{ id: 'a', name: 'A' }],
      rules: [{ id: 'r', on: 'salesReady', to: 'gone' }],
    });
    const ready = { ...lead(1, { salesReady: true }), stage: 'a' };
    expect(firedRule(definition, ready, new Set<Trigger>(['salesReady']))).toBeNull();
  });
});

describe('moves by hand', () => {
  const every = Object.keys(stages).map(Number) as (keyof typeof stages)[];
  it.each(every.flatMap((from) => every.filter((to) => to !== from).map((to) => [from, to] as const)))(
    'from %i to %i',
    (from, to) => {
      expect(checkMove(shippedProcess, lead(from), {}, stages[to])).toEqual({
        ok: true,
        value: { from: stages[from], to: stages[to] },
      });
    },
  );

  const strict = processDefinitionSchema.parse({
    ...shippedProcess,
    stages: shippedProcess.stages.map((stage) =>
      stage.id === stages[3] ? { ...stage, required: ['minimumCriteriaMet', 'budgetAmount'] } : stage,
    ),
  });

  it.each([
    ['an unknown stage', lead(1), 'nowhere', {}, { code: 'stageUnknown' }],
    ['the stage it is in', lead(2), stages[2], {}, { code: 'moveNotAllowed' }],
    ['a closed lead', lead(2, { status: 'qualified' }), stages[3], {}, { code: 'leadClosed' }],
    ['without a required tick', lead(3), stages[4], {}, { code: 'requiredField', field: 'minimumCriteriaMet' }],
    [
      'without a required value',
      lead(3),
      stages[5],
      { minimumCriteriaMet: true, budgetAmount: null },
      { code: 'requiredField', field: 'budgetAmount' },
    ],
  ] as const)('are refused: %s', (_what, from, to, values, error) => {
    expect(checkMove(strict, from, values, to)).toEqual({ ok: false, error });
  });

  it('asks for required fields when a stage is completed, not when it is left backwards', () => {
    expect(checkMove(strict, lead(3), {}, stages[2]).ok).toBe(true);
    expect(checkMove(strict, lead(3), { minimumCriteriaMet: true, budgetAmount: 0 }, stages[4]).ok).toBe(true);
  });

  it('asks for them also when a flag completes the stage', () => {
    expect(checkFlag(strict, lead(3), {}, 'teleprospectAccepted', true)).toMatchObject({
      error: { code: 'requiredField', field: 'minimumCriteriaMet' },
    });
    expect(checkFlag(strict, lead(3), {}, 'teleprospectAccepted', false).ok).toBe(true);
    expect(checkFlag(strict, lead(2), {}, 'teleprospectReady', true).ok).toBe(true);
  });
});

describe('where leads start and wait', () => {
  it('starts in the first stage, and a seller’s own lead taken on by sales', () => {
    expect(startOf(shippedProcess, false)).toEqual({ stage: stages[1], salesReady: false, salesAccepted: false });
    expect(startOf(shippedProcess, true)).toEqual({ stage: stages[5], salesReady: true, salesAccepted: true });
    expect(startOf({ ...shippedProcess, sellerStartStage: null }, true).stage).toBe(stages[1]);
  });

  it('recycles to the stage that the process names', () => {
    expect(recycleStageOf(shippedProcess)).toBe(stages[2]);
    expect(recycleStageOf({ ...shippedProcess, recycleStage: 'gone' })).toBe(stages[1]);
  });

  it('queues the teleprospecting stages', () => {
    expect(callStagesOf(shippedProcess)).toEqual([stages[3], stages[4]]);
  });
});

describe('time in stage', () => {
  it('adds up the stays, and stops while the lead is closed', () => {
    const moves = [
      { fromStage: 'a', toStage: 'b', atMs: 100 },
      { fromStage: 'b', toStage: 'a', atMs: 150 },
      { fromStage: 'a', toStage: null, atMs: 200 },
      { fromStage: null, toStage: 'a', atMs: 300 },
    ];
    expect(timeInStage(0, 'a', true, moves, 310)).toEqual({ a: 160, b: 50 });
    expect(timeInStage(0, 'a', false, moves.slice(0, 3), 999)).toEqual({ a: 150, b: 50 });
    expect(timeInStage(0, 'a', true, [], 10)).toEqual({ a: 10 });
  });
});

describe('answers at the booth', () => {
  it('fill the lead’s choices of the same name, however they are worded', () => {
    expect(
      fieldsOfAnswers([
        { questionId: 'purchaseNeed', question: 'How much?', value: 'Must have' },
        { questionId: 'purchaseTimeFrame', question: 'When?', value: 'thisQuarter' },
        { questionId: 'decisionMaker', question: 'You?', value: 'Yes' },
        { questionId: 'purchaseProcess', question: 'Who?', value: 'my boss' },
        { questionId: 'colour', question: 'Colour?', value: 'Individual' },
      ]),
    ).toEqual({ purchaseNeed: 'mustHave', purchaseTimeFrame: 'thisQuarter', decisionMaker: true });
  });
});
