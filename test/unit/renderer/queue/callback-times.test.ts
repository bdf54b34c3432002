import { describe, expect, it } from 'vitest';
import { callbackAt, suggestedCallback } from '../../../../renderer/features/queue/callback-times.ts';

const at = (text: string) => new Date(text);

describe('the quick choices for a callback', () => {
  it('offers one hour from now to the minute', () => {
    expect(callbackAt('inOneHour', at('2026-11-20T14:25:40'))).toEqual(at('2026-11-20T15:25:00'));
  });
  it('offers nine o’clock on the next day, also over the end of a month', () => {
    expect(callbackAt('tomorrowMorning', at('2026-11-30T18:00:00'))).toEqual(at('2026-12-01T09:00:00'));
  });
  it('means the coming Monday, and on a Monday the one after', () => {
    expect(callbackAt('nextMonday', at('2026-11-20T14:25:00'))).toEqual(at('2026-11-23T09:00:00'));
    expect(callbackAt('nextMonday', at('2026-11-22T23:00:00'))).toEqual(at('2026-11-23T09:00:00'));
    expect(callbackAt('nextMonday', at('2026-11-23T08:00:00'))).toEqual(at('2026-11-30T09:00:00'));
  });
  it('starts the picker on a full hour ahead', () => {
    expect(suggestedCallback(at('2026-11-20T14:25:40'))).toEqual(at('2026-11-20T16:00:00'));
  });
});
