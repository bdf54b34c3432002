/** The visitor's agreement: the wording as it was shown, in its language, and a tick. */
import { Checkbox, Paper, Text } from '@mantine/core';
import type { CaptureFormDefinition } from '../../../shared/rules/capture/definition.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import classes from './capture.module.css';

type Props = {
  readonly consent: NonNullable<CaptureFormDefinition['consent']>;
  readonly consented: boolean;
  readonly onChange: (consented: boolean) => void;
};

export function ConsentBox({ consent, consented, onChange }: Props) {
  return (
    <Paper withBorder p="xs" component="section" aria-label={t('capture.consent')}>
      <Checkbox
        data-stop
        checked={consented}
        onChange={(event) => onChange(event.currentTarget.checked)}
        label={t('capture.consentGiven')}
        fw={500}
      />
      <div className={classes['wording']} lang={consent.language} tabIndex={-1}>
        {consent.wording}
      </div>
      <Text size="xs" c="dimmed" pl={32}>
        {t('capture.consentNote', {
          level: choiceLabel(consent.level),
          language: consent.language,
        })}
      </Text>
    </Paper>
  );
}
