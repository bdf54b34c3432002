/** Bulk changes under way, over whatever page is open. */
import { Affix, Box } from '@mantine/core';
import { t } from '../i18n/index.ts';
import { useBulkRuns } from './bulk-run.tsx';
import { JobPanel } from './job-panel.tsx';

export function BulkProgress() {
  const runs = useBulkRuns();
  if (runs.length === 0) return null;
  return (
    <Affix position={{ bottom: 16, right: 16 }} role="region" aria-label={t('bulk.running')}>
      {runs.map(({ jobId, title }) => (
        <Box key={jobId} w={380} mt="xs" style={{ boxShadow: 'var(--mantine-shadow-md)' }}>
          <JobPanel jobId={jobId} title={title} />
        </Box>
      ))}
    </Affix>
  );
}
