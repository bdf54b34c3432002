/**
 * Hybrid logical clock: milliseconds * 1024 + counter, one number below 2^53 until the year 2248. It never goes back,
 * also when the laptop's own clock does, and moves past every clock it has seen, so that a change made after receiving
 * another is later than it on every laptop. Source: Kulkarni et al., "Logical Physical Clocks" (2014).
 *
 * Example: `next(last = 1000 * 1024 + 3, nowMs = 900)` is `1000 * 1024 + 4`.
 */
const countersPerMs = 1024;

export const clockAt = (ms: number): number => ms * countersPerMs;

export const nextClock = (last: number, nowMs: number): number => Math.max(last + 1, clockAt(nowMs));
