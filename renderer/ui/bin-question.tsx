/** Questions before records go to the bin, or out of it for good: what hangs on them and what becomes of it. */
import { List, Stack, Text } from '@mantine/core';
import type { OutputOf } from '../../shared/contract/index.ts';
import type { BulkSelection } from '../../shared/contract/records.ts';
import type { EntityName } from '../../shared/model/entities.ts';
import { goneAtMs, isLeaving } from '../../shared/rules/bin.ts';
import { bridge } from '../app/client.ts';
import { t } from '../i18n/index.ts';
import { kindCount } from '../i18n/words.ts';
import { confirm } from './confirm.tsx';
import { formatInstantDay } from './format.ts';
import { showError } from './toast.tsx';

type Hanging = OutputOf<'bin.hanging'>['hanging'];
const fates = ['goes', 'stays'] as const;

function HangingList({ hanging }: { readonly hanging: Hanging }) {
  return (
    <List size="sm" spacing={4}>
      {fates.map((fate) => {
        const of = hanging.filter((each) => each.fate === fate);
        return of.length === 0 ? null : (
          <List.Item key={fate}>
            <b>{t(`bin.${fate}`)}:</b> {of.map(({ entity, count }) => kindCount(entity, count)).join(', ')}
          </List.Item>
        );
      })}
    </List>
  );
}

/** True at once where few records go and nothing hangs on them; else whatever the person says. */
export async function askBeforeBin(entity: EntityName, of: BulkSelection, mostUnasked: number): Promise<boolean> {
  const found = await bridge.call('bin.hanging', { entity, of });
  if (!found.ok) {
    showError(found.error);
    return false;
  }
  const { records, hanging } = found.value;
  if (records <= mostUnasked && (hanging.length === 0 || !isLeaving(entity))) return true;
  const day = formatInstantDay(goneAtMs(Date.now()));
  return confirm({
    title: t('bin.removeTitle', { what: kindCount(entity, records) }),
    body:
      hanging.length === 0 ? (
        t('bin.removeUnlinked', { day })
      ) : (
        <Stack gap="xs">
          <Text size="sm">{t('bin.removeBody', { day })}</Text>
          <HangingList hanging={hanging} />
        </Stack>
      ),
    action: t('bin.move'),
  });
}

/** Nothing undoes it: always asked. */
export async function askBeforePurge(entity: EntityName, of: BulkSelection): Promise<boolean> {
  const found = await bridge.call('bin.hanging', { entity, of });
  if (!found.ok) {
    showError(found.error);
    return false;
  }
  const { records, hanging } = found.value;
  return confirm({
    title: t('bin.purgeTitle', { count: records, what: kindCount(entity, records) }),
    body: (
      <Stack gap="xs">
        <Text size="sm">{t('bin.purgeBody', { count: records })}</Text>
        {hanging.length > 0 && (
          <>
            <Text size="sm">{t('bin.purgeThen')}</Text>
            <HangingList hanging={hanging} />
          </>
        )}
      </Stack>
    ),
    action: t('bin.purgeAction'),
    danger: true,
  });
}
