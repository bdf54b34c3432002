/**
 * For `node --import`: a process, with its threads, whose clock stands at OUTPOST_TEST_CLOCK_MS when it starts and runs
 * on from there. The program itself knows nothing of it.
 */
const startMs = Number(process.env.OUTPOST_TEST_CLOCK_MS);
if (!Number.isFinite(startMs)) throw new Error('OUTPOST_TEST_CLOCK_MS must be a time in epoch milliseconds');

const RealDate = Date;
// threads start later: they take the offset of the process from the environment
process.env.OUTPOST_TEST_CLOCK_OFFSET ??= String(startMs - RealDate.now());
const offsetMs = Number(process.env.OUTPOST_TEST_CLOCK_OFFSET);

class ShiftedDate extends RealDate {
  constructor(...given: ConstructorParameters<typeof Date> | []) {
    super(...((given.length === 0 ? [RealDate.now() + offsetMs] : given) as ConstructorParameters<typeof Date>));
  }

  static override now(): number {
    return RealDate.now() + offsetMs;
  }
}

globalThis.Date = ShiftedDate as DateConstructor;
