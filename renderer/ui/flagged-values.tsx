/** Values of a file that a record could not take: kept as they came, each with the field that it was meant for and why. */
import { Alert, Spoiler, Text } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { FlaggedValue } from '../../shared/model/parts.ts';
import { t } from '../i18n/index.ts';
import { fieldLabel, reasonLabel } from '../i18n/words.ts';

/** A text that was too long is long. */
const longValue = 300;

export function FlaggedValues({ values }: { readonly values: readonly FlaggedValue[] }) {
  if (values.length === 0) return null;
  return (
    <Alert color="yellow" variant="light" mb="md" icon={<TriangleAlert size={17} />} title={t('contacts.flagged')}>
      <Text size="sm">{t('contacts.flaggedHint')}</Text>
      {values.map(({ field, value, reason }, index) => {
        const line = (
          <Text size="sm" style={{ overflowWrap: 'anywhere', whiteSpace: 'pre-line' }}>
            {fieldLabel(field)}: <bdi>“{value}”</bdi> – {reasonLabel(reason)}
          </Text>
        );
        return value.length <= longValue ? (
          <div key={index}>{line}</div>
        ) : (
          <Spoiler key={index} maxHeight={66} showLabel={t('notes.showAll')} hideLabel={t('notes.showLess')}>
            {line}
          </Spoiler>
        );
      })}
    </Alert>
  );
}
