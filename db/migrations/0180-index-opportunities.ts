/** Orders of opportunities, and what came of a campaign. */
import type { Migration } from './migration.ts';

export const indexOpportunities: Migration = {
  version: 180,
  name: 'index-opportunities',
  sql: `
  CREATE INDEX opportunity_amount ON opportunity (amount, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX opportunity_close_date ON opportunity (closeDate, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX opportunity_status ON opportunity (status, id) WHERE deletedAtMs IS NULL;
  CREATE INDEX opportunity_campaign ON opportunity (campaignId) WHERE campaignId IS NOT NULL;
  CREATE INDEX lead_campaign ON lead (campaignId) WHERE campaignId IS NOT NULL;
`,
};
