/** Inputs that only fields of the workspace need: text of any length, and an address that opens in the browser. */
import { ActionIcon, Textarea, TextInput } from '@mantine/core';
import { ExternalLink } from 'lucide-react';
import { type Ref, useState } from 'react';
import { checkedLink } from '../../shared/model/custom-field.ts';
import { t } from '../i18n/index.ts';

type Props = {
  readonly label: string;
  readonly description?: string;
  readonly error?: string;
  readonly autoFocus?: boolean;
  readonly disabled: boolean;
  readonly name: string;
  readonly ref: Ref<never>;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly onBlur: () => void;
};

/** More than this is easier to read in several lines. */
const oneLine = 80;

/** One line, or as many as the value already has. */
export function WordsInput({ value, onChange, ...rest }: Props) {
  const [isLong] = useState(() => value.length > oneLine || value.includes('\n'));
  return isLong ? (
    <Textarea
      {...rest}
      value={value}
      autosize
      minRows={2}
      maxRows={10}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  ) : (
    <TextInput {...rest} value={value} autoComplete="off" onChange={(event) => onChange(event.currentTarget.value)} />
  );
}

/** Only what may be opened gets a button that opens it: http, https and mailto. */
export function LinkInput({ value, onChange, ...rest }: Props) {
  const link = checkedLink(value);
  return (
    <TextInput
      {...rest}
      value={value}
      inputMode="url"
      autoComplete="off"
      spellCheck={false}
      placeholder="https://"
      rightSection={
        link === null ? null : (
          <ActionIcon
            component="a"
            href={link}
            target="_blank"
            rel="noopener noreferrer"
            variant="subtle"
            color="gray"
            size={24}
            aria-label={t('customFields.openLink', { field: rest.label })}
            title={link}
          >
            <ExternalLink size={14} aria-hidden />
          </ActionIcon>
        )
      }
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
