/** The strategy as it stands on the screen, tried on every record: who could not be told from whom. */
import { Anchor, Button, Group, Table, Text } from '@mantine/core';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { Link } from 'wouter';
import type { InputOf, OutputOf } from '../../../shared/contract/index.ts';
import { newJobId } from '../../app/live.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { formatNumber } from '../../ui/format.ts';
import { JobPanel } from '../../ui/job-panel.tsx';
import { Section } from '../../ui/page.tsx';
import classes from '../imports/imports.module.css';
import own from './strategies.module.css';

type Props = Pick<InputOf<'strategies.rehearse'>, 'definition'> & { readonly target: 'contact' | 'lead' };

export function StrategyTrial({ target, definition }: Props) {
  const rehearse = useAction('strategies.rehearse');
  const [jobId, setJobId] = useState<string | null>(null);
  const [told, setTold] = useState<OutputOf<'strategies.rehearse'> | null>(null);
  const run = async () => {
    const id = newJobId();
    setJobId(id);
    const result = await rehearse.run({ target, definition, jobId: id });
    setJobId(null);
    if (result.ok) setTold(result.value);
  };
  return (
    <Section title={t('strategies.trial')} hint={t('strategies.trialHint')}>
      <Group>
        <Button
          variant="default"
          leftSection={<FlaskConical size={15} aria-hidden />}
          loading={rehearse.pending}
          onClick={() => void run()}
        >
          {t('strategies.try')}
        </Button>
      </Group>
      {jobId !== null && <JobPanel jobId={jobId} title={t('strategies.trying')} />}
      {told !== null && (
        <>
          <div className={own.figures} role="status">
            {(['records', 'alone', 'ambiguous', 'blankKey'] as const).map((figure) => (
              <div key={figure} className={classes.count}>
                <div className={classes.figure}>{formatNumber(told[figure])}</div>
                <div className={classes.what}>{t(`strategies.${figure}`)}</div>
              </div>
            ))}
          </div>
          {told.cancelled && <Text size="sm">{t('strategies.cancelled')}</Text>}
          {told.samples.length > 0 && (
            <Table verticalSpacing={4} mt="sm">
              <Table.Tbody>
                {told.samples.map(({ id, label, others, count }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      <Anchor component={Link} href={`/${target}s/${id}`} size="sm">
                        {label}
                      </Anchor>
                    </Table.Td>
                    <Table.Td>{t('strategies.same', { count, others: others.join(', ') })}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          )}
        </>
      )}
    </Section>
  );
}
