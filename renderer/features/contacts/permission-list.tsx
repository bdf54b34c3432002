/** For each purpose: may this person be used for it, and why not. Follows the form as it is typed. */
import { Text } from '@mantine/core';
import { Check, X } from 'lucide-react';
import { useFormContext, useWatch } from 'react-hook-form';
import type { ConsentLevel } from '../../../shared/model/picklists.ts';
import { type Obstacle, permissionsOf } from '../../../shared/rules/permission.ts';
import { useList } from '../../app/list-calls.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import classes from './contacts.module.css';

export const obstacleText = (obstacle: Obstacle): string => {
  switch (obstacle.kind) {
    case 'consent':
      return t('permission.obstacleConsent', { level: choiceLabel(obstacle.needs) });
    case 'preference':
      return t(`permission.obstacle_${obstacle.preference}`);
    case 'child':
      return t('permission.obstacleChild');
  }
};

export function PermissionList({ contactId, level }: { readonly contactId: string; readonly level: ConsentLevel }) {
  const { control } = useFormContext();
  const [child, allowEmail, allowBulkEmail, allowPhone] = useWatch({
    control,
    name: ['child', 'allowEmail', 'allowBulkEmail', 'allowPhone'],
  }) as unknown[];
  const memberships = useList('listMember', {
    limit: 1,
    filters: [{ kind: 'row', field: 'contactId', operator: 'is', values: [contactId] }],
  });
  const lists = memberships.data?.total ?? 0;
  const permissions = permissionsOf({
    consentLevel: level,
    child: child === true,
    allowEmail: allowEmail === true,
    allowBulkEmail: allowBulkEmail === true,
    allowPhone: allowPhone === true,
  });
  return (
    <div>
      <ul className={classes.permissions} aria-label={t('permission.title')}>
        {permissions.map(({ purpose, allowed, obstacles }) => (
          <li key={purpose} className={classes.permission} data-allowed={allowed || undefined}>
            {allowed ? <Check size={15} aria-hidden /> : <X size={15} aria-hidden />}
            <span>
              {t(`permission.${purpose}`)}: {allowed ? t('permission.allowed') : t('permission.notAllowed')}
              {!allowed && <span className={classes.why}> ({obstacles.map(obstacleText).join(', ')})</span>}
            </span>
          </li>
        ))}
      </ul>
      {lists > 0 && allowBulkEmail !== true && (
        <Text size="sm" mt={6}>
          {t('permission.listsOverridden', { count: lists })}
        </Text>
      )}
    </div>
  );
}
