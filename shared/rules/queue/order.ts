/**
 * Whom to call next (domain.md section 7): due callbacks first, the longest due on top; then by priority. Priority
 * grows with the score, with time in the queue, and half as fast with time since the last attempt. As all of them grow
 * at the same pace, their order does not change by waiting: it is kept as one number that only events change.
 *
 * Example: one point of score outweighs four hours of waiting. Never called, entered at noon, 10 points comes before
 * entered at noon the day before with 5.
 */
import type { CallOutcome } from '../../model/picklists.ts';

const hourMs = 3_600_000;
const msPerPoint = 4 * hourMs;

export const attemptLimit = 8;
export const leaseMs = 15 * 60_000;
/** A lead that a caller passes over comes back after this. */
export const skipMs = 10 * 60_000;

/** How long to leave somebody alone after a call that settled nothing. */
const pauseMs: Readonly<Partial<Record<CallOutcome, number>>> = {
  noAnswer: 4 * hourMs,
  busy: hourMs / 2,
  voicemail: 24 * hourMs,
  // reached, but neither accepted, qualified nor agreed when to call again
  connected: 24 * hourMs,
};

export type PastCall = {
  readonly outcome: CallOutcome;
  readonly startedAtMs: number;
  readonly callbackAtMs: number | null;
};

export type CallState = {
  readonly attempts: number;
  readonly lastAttemptAtMs: number | null;
  /** Agreed with the person; nothing counts but this then. */
  readonly callbackAtMs: number | null;
  /** Not before this. */
  readonly dueAtMs: number;
  readonly isAtLimit: boolean;
};

/** What the calls since the lead entered the queue mean, oldest first. A callback that was agreed is kept whatever the count. */
export function callStateOf(enteredAtMs: number, calls: readonly PastCall[]): CallState {
  const last = calls.at(-1);
  const callbackAtMs = last?.outcome === 'callbackAt' ? last.callbackAtMs : null;
  const pausedUntilMs = last === undefined ? enteredAtMs : last.startedAtMs + (pauseMs[last.outcome] ?? 0);
  return {
    attempts: calls.length,
    lastAttemptAtMs: last?.startedAtMs ?? null,
    callbackAtMs,
    dueAtMs: callbackAtMs ?? pausedUntilMs,
    isAtLimit: callbackAtMs === null && calls.length >= attemptLimit,
  };
}

/** Higher first; the same at any moment. */
export const priorityOf = (score: number | null, enteredAtMs: number, lastAttemptAtMs: number | null): number =>
  Math.round((score ?? 0) * msPerPoint - enteredAtMs - (lastAttemptAtMs ?? enteredAtMs) / 2);

export type WhyNow = {
  readonly code: 'callbackDue' | 'neverCalled' | 'score' | 'waiting' | 'retry';
  readonly value: number | null;
};

/** `callbackDue`: since when, epoch ms. `retry`: attempts so far. `score`: points. `waiting`: ms in the queue. */
export function whyNow(
  item: Pick<CallState, 'callbackAtMs' | 'attempts'> & { readonly score: number | null; readonly enteredAtMs: number },
  nowMs: number,
): readonly WhyNow[] {
  const why: WhyNow[] = [];
  if (item.callbackAtMs !== null && item.callbackAtMs <= nowMs)
    why.push({ code: 'callbackDue', value: item.callbackAtMs });
  if (item.score !== null) why.push({ code: 'score', value: item.score });
  why.push(item.attempts === 0 ? { code: 'neverCalled', value: null } : { code: 'retry', value: item.attempts });
  why.push({ code: 'waiting', value: Math.max(0, nowMs - item.enteredAtMs) });
  return why;
}

/** The person was on the line: the interaction is a connected call, else an attempted one. */
export const wasReached = (outcome: CallOutcome): boolean =>
  outcome === 'connected' || outcome === 'callbackAt' || outcome === 'notInterested' || outcome === 'doNotCall';
