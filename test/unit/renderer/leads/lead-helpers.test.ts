import { describe, expect, it } from 'vitest';
import { clock, durationParts } from '../../../../renderer/features/leads/durations.ts';
import { actionsOf, mainActionOf } from '../../../../renderer/features/leads/flags.ts';
import { processDefinitionSchema } from '../../../../shared/rules/process/definition.ts';
import { defaultStages } from '../../../../shared/model/picklists.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe('durations', () => {
  it('says the two largest units that matter', () => {
    expect(durationParts(day + 2 * hour + 5 * minute)).toEqual([
      { unit: 'day', count: 1 },
      { unit: 'hour', count: 2 },
    ]);
    expect(durationParts(2 * hour + 5 * minute)).toEqual([
      { unit: 'hour', count: 2 },
      { unit: 'minute', count: 5 },
    ]);
    expect(durationParts(12 * day + 3 * hour)).toEqual([{ unit: 'day', count: 12 }]);
    expect(durationParts(59_000)).toEqual([]);
  });
  it('shows a running timer in minutes, and in hours once there are any', () => {
    expect(clock(65)).toBe('01:05');
    expect(clock(3_725)).toBe('1:02:05');
    expect(clock(-3)).toBe('00:00');
  });
});

const definition = processDefinitionSchema.parse({ stages: defaultStages.map((id) => ({ id, name: id })) });
const lead = {
  status: 'open' as const,
  stage: 'inquiry' as string | null,
  salesReady: false,
  teleprospectReady: false,
  teleprospectAccepted: false,
  salesAccepted: false,
  ownerId: null,
};

describe('the actions of a lead', () => {
  it('offers a way on and the two ready flags at the start, but neither back nor recycle', () => {
    expect(actionsOf(lead, definition)).toEqual(['next', 'salesReady', 'teleprospectReady', 'disqualify']);
  });
  it('offers accept and decline to teleprospecting while it waits for them', () => {
    const waiting = { ...lead, stage: 'teleprospectAcceptance', teleprospectReady: true };
    expect(actionsOf(waiting, definition)).toContain('teleprospectAccepted');
    expect(actionsOf(waiting, definition)).toContain('decline');
    expect(mainActionOf(waiting, definition, 'teleprospector')).toBe('teleprospectAccepted');
  });
  it('lets sales accept or decline a sales-ready lead, and then convert it', () => {
    const ready = { ...lead, stage: 'salesAcceptance', salesReady: true };
    expect(mainActionOf(ready, definition, 'seller')).toBe('salesAccepted');
    const accepted = { ...ready, salesAccepted: true };
    expect(actionsOf(accepted, definition)).not.toContain('decline');
    expect(mainActionOf(accepted, definition, 'seller')).toBe('convert');
  });
  it('offers only to reopen a disqualified lead, and nothing on one that became an opportunity', () => {
    expect(actionsOf({ ...lead, status: 'disqualified' }, definition)).toEqual(['reopen']);
    expect(actionsOf({ ...lead, status: 'qualified' }, definition)).toEqual([]);
  });
  it('still lets a lead be closed whose stage its process no longer has', () => {
    expect(actionsOf({ ...lead, stage: 'gone' }, definition)).toEqual([
      'salesReady',
      'teleprospectReady',
      'disqualify',
    ]);
  });
});
