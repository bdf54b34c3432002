/** Scores of leads and the call queue. Both follow from records; never logged, never synced. */
import type { Migration } from './migration.ts';

export const createScoresAndQueue: Migration = {
  version: 130,
  name: 'create-scores-and-queue',
  sql: `
  -- The score of a lead in a model, as db/derived/scores.ts keeps it; a rebuild gives the same.
  -- atMs: the moment it was worked out for. nextChangeAtMs: when it changes although nobody does anything.
  -- stale: 1 when the model was stopped and its last scores were kept.
  -- ledger: JSON, only where the score is kept as it was (closed lead, stopped model); else worked out when asked for.
  CREATE TABLE score (
    leadId INTEGER NOT NULL REFERENCES lead(id) ON DELETE CASCADE,
    modelId INTEGER NOT NULL REFERENCES scoring_model(id),
    score INTEGER NOT NULL,
    grade TEXT,
    atMs INTEGER NOT NULL,
    nextChangeAtMs INTEGER,
    stale INTEGER NOT NULL,
    ledger TEXT,
    PRIMARY KEY (leadId, modelId)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX score_next_change ON score (nextChangeAtMs) WHERE nextChangeAtMs IS NOT NULL;

  -- Models that changed while there are too many leads to score at once: leads up to afterLeadId are done. Survives a
  -- crash; db/derived/score-expiry.ts goes on with it.
  -- quiet: 1 when the model came from another laptop, where rules have fired already.
  CREATE TABLE score_sweep (
    modelId INTEGER PRIMARY KEY REFERENCES scoring_model(id) ON DELETE CASCADE,
    afterLeadId INTEGER NOT NULL,
    quiet INTEGER NOT NULL
  ) STRICT;

  -- Leads that wait for a call, as db/derived/call-queue.ts keeps them; a rebuild gives the same.
  -- number: what to dial. hoursKey: when (shared/rules/queue/hours.ts). priority: higher first, the same at any moment.
  -- callbackAtMs: agreed with the person. dueAtMs: not before. blocked: why not at all (mayNotPhone, attemptLimit,
  -- noNumber). ready: 1 once dueAtMs has passed and no callback is agreed.
  -- heldBy (user), heldUntilMs, skippedUntilMs: who has it on the screen, on this laptop only; not part of a rebuild.
  CREATE TABLE call_queue_item (
    leadId INTEGER PRIMARY KEY REFERENCES lead(id) ON DELETE CASCADE,
    stage TEXT NOT NULL,
    number TEXT,
    e164 TEXT,
    score INTEGER,
    attempts INTEGER NOT NULL,
    lastAttemptAtMs INTEGER,
    enteredAtMs INTEGER NOT NULL,
    callbackAtMs INTEGER,
    dueAtMs INTEGER NOT NULL,
    blocked TEXT,
    hoursKey TEXT NOT NULL,
    priority INTEGER NOT NULL,
    ready INTEGER NOT NULL,
    heldBy INTEGER,
    heldUntilMs INTEGER,
    skippedUntilMs INTEGER
  ) STRICT;
  CREATE INDEX call_queue_item_ready ON call_queue_item (hoursKey, priority DESC, leadId) WHERE ready = 1;
  CREATE INDEX call_queue_item_callback ON call_queue_item (hoursKey, callbackAtMs, leadId)
    WHERE callbackAtMs IS NOT NULL AND blocked IS NULL;
  CREATE INDEX call_queue_item_paused ON call_queue_item (dueAtMs)
    WHERE ready = 0 AND blocked IS NULL AND callbackAtMs IS NULL;
  CREATE INDEX call_queue_item_blocked ON call_queue_item (blocked) WHERE blocked IS NOT NULL;
  CREATE INDEX call_queue_item_held ON call_queue_item (heldUntilMs) WHERE heldUntilMs IS NOT NULL;
  CREATE INDEX call_queue_item_number ON call_queue_item (e164) WHERE e164 IS NOT NULL;

  -- The combinations of calling hours that occur in call_queue_item, or did: few, so that what is open now is found
  -- without reading the queue.
  CREATE TABLE call_queue_hours (
    hoursKey TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;

  -- Numbers that asked not to be called, whoever else has them.
  CREATE INDEX call_do_not_call ON call (number) WHERE outcome = 'doNotCall' AND deletedAtMs IS NULL;
`,
};
