/** Custody of every bundle: exported, received at HQ, or rejected with the reason. */
import { Badge, Table, Text } from '@mantine/core';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { t } from '../../i18n/index.ts';
import { formatBytes, formatInstant, formatNumber } from '../../ui/format.ts';
import { Section } from '../../ui/page.tsx';
import classes from './hq.module.css';

type Facts = OutputOf<'hq.status'>;
type Bundle = Facts['bundles'][number];

function CustodyBadge({ bundle }: { readonly bundle: Bundle }) {
  switch (bundle.state) {
    case 'received':
      return <Badge color="teal">{t('hq.stateReceived')}</Badge>;
    case 'rejected':
      return <Badge color="red">{t('hq.stateRejected', { reason: bundle.reason ?? '' })}</Badge>;
    case 'exported':
      return <Badge color="gray">{t('hq.stateExported')}</Badge>;
  }
}

export function BundleTables({ facts }: { readonly facts: Facts }) {
  return (
    <>
      <Section title={t('hq.bundles')}>
        {facts.bundles.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('hq.bundlesNone')}
          </Text>
        ) : (
          <Table verticalSpacing={5}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('hq.file')}</Table.Th>
                <Table.Th>{t('hq.when')}</Table.Th>
                <Table.Th ta="right">{t('hq.changes')}</Table.Th>
                <Table.Th ta="right">{t('hq.size')}</Table.Th>
                <Table.Th>{t('hq.state')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {facts.bundles.map((bundle) => (
                <Table.Tr key={bundle.bundleId}>
                  <Table.Td>{bundle.fileName}</Table.Td>
                  <Table.Td>{formatInstant(bundle.createdAtMs)}</Table.Td>
                  <Table.Td ta="right" className={classes.number}>
                    {formatNumber(bundle.changes)}
                  </Table.Td>
                  <Table.Td ta="right" className={classes.number}>
                    {formatBytes(bundle.sizeBytes)}
                  </Table.Td>
                  <Table.Td>
                    <CustodyBadge bundle={bundle} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Section>
      <Section title={t('hq.received')}>
        {facts.receivedBundles.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('hq.receivedNone')}
          </Text>
        ) : (
          <Table verticalSpacing={5}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('hq.device')}</Table.Th>
                <Table.Th>{t('hq.when')}</Table.Th>
                <Table.Th ta="right">{t('hq.changes')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {facts.receivedBundles.map((bundle) => (
                <Table.Tr key={bundle.bundleId}>
                  <Table.Td>{bundle.deviceName}</Table.Td>
                  <Table.Td>{formatInstant(bundle.receivedAtMs)}</Table.Td>
                  <Table.Td ta="right" className={classes.number}>
                    {formatNumber(bundle.changes)}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        )}
      </Section>
    </>
  );
}
