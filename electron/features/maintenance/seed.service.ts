/** Made-up records in the reference ratios, for trying out and measuring. */
import { type CallResult, callError } from '../../../shared/contract/call.ts';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { err, ok } from '../../../shared/result.ts';
import { seedStore } from '../../../db/seed/seed.ts';
import type { WriteContext } from '../handler.ts';

/** Errors: `cancelled`; what was saved until then stays. */
export async function seed(
  { store, startJob }: WriteContext,
  contacts: number,
  number: number,
  jobId: string | undefined,
): Promise<CallResult<OutputOf<'maintenance.seed'>>> {
  const job = startJob('seed', 'Seed', jobId);
  const steps = seedStore(store, { contacts, seed: number });
  for (;;) {
    const step = steps.next();
    if (step.done) return ok({ ...step.value });
    const { contacts: saved } = step.value;
    job.report({ done: saved, total: contacts, saved });
    if (job.isCancelled()) return err(callError('cancelled', 'Stopped. What was saved stays.', { ...step.value }));
    await job.breathe();
  }
}
