/** A new passphrase, typed twice, with how strong it is. */
import { PasswordInput, Progress, Stack, Text } from '@mantine/core';
import { shortestPassphrase } from '../../../shared/rules/passphrase.ts';
import { t } from '../../i18n/index.ts';
import { strengthOf } from './strength.ts';

const colors = ['red', 'red', 'orange', 'teal', 'teal'] as const;

type Props = {
  readonly label: string;
  readonly value: string;
  readonly again: string;
  readonly onChange: (value: string) => void;
  readonly onChangeAgain: (value: string) => void;
  /** Complain only after the person tried to go on. */
  readonly tried: boolean;
};

export const isPassphraseReady = (value: string, again: string): boolean => strengthOf(value) > 0 && value === again;

export function PassphraseField({ label, value, again, onChange, onChangeAgain, tried }: Props) {
  const strength = strengthOf(value);
  // nothing typed again is refused like something else: on trying to go on, once the first is good
  const isDone = again !== '' && (tried || again.length >= value.length);
  const isAgainWrong = again !== value && (isDone || (tried && strength > 0));
  const word = t(`welcome.strength_${strength}`);
  return (
    <Stack gap="sm">
      <div>
        <PasswordInput
          label={label}
          description={t('welcome.passphraseHint', { count: shortestPassphrase })}
          value={value}
          autoComplete="new-password"
          error={tried && strength === 0 ? t('welcome.tooShort', { count: shortestPassphrase }) : null}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
        {value !== '' && (
          <>
            <Progress
              mt={6}
              size="sm"
              value={Math.max(1, strength) * 25}
              color={colors[strength]}
              aria-label={t('welcome.strength')}
            />
            <Text size="xs" c="dimmed" role="status">
              {word}
            </Text>
          </>
        )}
      </div>
      <PasswordInput
        label={t('welcome.again')}
        value={again}
        autoComplete="new-password"
        error={isAgainWrong ? t('welcome.differ') : null}
        onChange={(event) => onChangeAgain(event.currentTarget.value)}
      />
    </Stack>
  );
}
