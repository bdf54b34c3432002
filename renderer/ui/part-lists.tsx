/** Editors of the lists inside a record: emails, phones, addresses. One of the first two is the primary. */
import {
  ActionIcon,
  Button,
  Checkbox,
  Fieldset,
  Group,
  NativeSelect,
  Radio,
  SimpleGrid,
  Stack,
  TextInput,
} from '@mantine/core';
import { PhoneCall, Plus, Trash2 } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import { z } from 'zod';
import {
  type AddressPart,
  addressPartSchema,
  type EmailPart,
  emailPartSchema,
  type PhonePart,
  phonePartSchema,
} from '../../shared/model/parts.ts';
import { addressKinds, phoneKinds } from '../../shared/model/picklists.ts';
import { addressOrder } from '../../shared/rules/address-order.ts';
import { phoneText } from '../../shared/rules/normalise/phone-text.ts';
import { useAction } from '../app/use-call.ts';
import { t } from '../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../i18n/words.ts';
import classes from './part-lists.module.css';
import { ShortcutTooltip } from './shortcuts.tsx';
import { StandardSelect } from './standard-select.tsx';
import { showDone } from './toast.tsx';

type ListProps = { readonly label: string; readonly value: unknown; readonly onChange: (value: unknown) => void };

/** What stands in the form is a list of parts, or nothing yet. */
const listOf = <T,>(value: unknown): readonly T[] => (Array.isArray(value) ? (value as readonly T[]) : []);
const replaced = <T,>(list: readonly T[], at: number, part: T): T[] =>
  list.map((each, index) => (index === at ? part : each));
const withPrimary = <T extends { primary: boolean }>(list: readonly T[], at: number): T[] =>
  list.map((each, index) => ({ ...each, primary: index === at }));
const without = <T,>(list: readonly T[], at: number): T[] => list.filter((_, index) => index !== at);
/** The first takes over when the primary was removed. */
const keepPrimary = <T extends { primary: boolean }>(list: readonly T[]): T[] =>
  list.length === 0 || list.some(({ primary }) => primary) ? [...list] : withPrimary(list, 0);

const kindOptions = (kinds: readonly string[]) => kinds.map((kind) => ({ value: kind, label: choiceLabel(kind) }));
const looksLikeEmail = (address: string): boolean => z.email().safeParse(address.trim()).success;

function Frame(props: { label: string; addLabel: string; onAdd: () => void; children: ReactNode }) {
  return (
    <Fieldset legend={props.label} variant="unstyled" className={classes.list}>
      <Stack gap={8}>
        {props.children}
        <div>
          <Button variant="subtle" size="compact-sm" leftSection={<Plus size={14} aria-hidden />} onClick={props.onAdd}>
            {props.addLabel}
          </Button>
        </div>
      </Stack>
    </Fieldset>
  );
}

function RemoveButton({ label, onClick }: { readonly label: string; readonly onClick: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" size={32} aria-label={label} title={label} onClick={onClick}>
      <Trash2 size={15} />
    </ActionIcon>
  );
}

export function EmailList({ label, value, onChange }: ListProps) {
  const list = listOf<EmailPart>(value);
  const group = useId();
  const change = (at: number, part: Partial<EmailPart>) => onChange(replaced(list, at, { ...list[at]!, ...part }));
  return (
    <Frame
      label={label}
      addLabel={t('common.addEmail')}
      onAdd={() =>
        onChange([...list, { ...emailPartSchema.parse({ address: 'x', primary: list.length === 0 }), address: '' }])
      }
    >
      {list.map((part, at) => (
        <Group key={at} gap="xs" align="flex-start" wrap="nowrap">
          <Radio
            mt={8}
            name={group}
            checked={part.primary}
            onChange={() => onChange(withPrimary(list, at))}
            aria-label={`${t('common.makePrimary')}: ${t('common.emailN', { n: at + 1 })}`}
            title={t('common.makePrimary')}
          />
          <TextInput
            flex={1}
            type="text"
            inputMode="email"
            autoComplete="off"
            aria-label={t('common.emailN', { n: at + 1 })}
            value={part.address}
            error={part.address !== '' && !looksLikeEmail(part.address) ? t('common.invalidEmail') : null}
            onChange={(event) =>
              change(at, {
                address: event.currentTarget.value,
                valid: looksLikeEmail(event.currentTarget.value),
                bounced: false,
              })
            }
          />
          <NativeSelect
            w={92}
            aria-label={`${t('common.kind')}: ${t('common.emailN', { n: at + 1 })}`}
            data={kindOptions(addressKinds)}
            value={part.kind}
            onChange={(event) => change(at, { kind: event.currentTarget.value as EmailPart['kind'] })}
          />
          <Stack gap={3}>
            <Checkbox
              size="xs"
              label={t('common.optedOut')}
              checked={part.optedOut}
              onChange={(event) => change(at, { optedOut: event.currentTarget.checked })}
            />
            <Checkbox
              size="xs"
              color="orange"
              label={t('common.bounced')}
              checked={part.bounced}
              onChange={(event) => change(at, { bounced: event.currentTarget.checked })}
            />
          </Stack>
          <RemoveButton
            label={t('common.removeEmail', { n: at + 1 })}
            onClick={() => onChange(keepPrimary(without(list, at)))}
          />
        </Group>
      ))}
    </Frame>
  );
}

export function PhoneList({ label, value, onChange }: ListProps) {
  const list = listOf<PhonePart>(value);
  const group = useId();
  const dial = useAction('host.dial');
  const [typing, setTyping] = useState<number | null>(null);
  const change = (at: number, part: Partial<PhonePart>) => onChange(replaced(list, at, { ...list[at]!, ...part }));
  return (
    <Frame
      label={label}
      addLabel={t('common.addPhone')}
      onAdd={() =>
        onChange([...list, { ...phonePartSchema.parse({ number: 'x', primary: list.length === 0 }), number: '' }])
      }
    >
      {list.map((part, at) => {
        const e164 = part.e164;
        return (
          <Group key={at} gap="xs" align="flex-start" wrap="nowrap">
            <Radio
              mt={7}
              name={group}
              checked={part.primary}
              onChange={() => onChange(withPrimary(list, at))}
              aria-label={`${t('common.makePrimary')}: ${t('common.phoneN', { n: at + 1 })}`}
              title={t('common.makePrimary')}
            />
            <TextInput
              flex={1}
              inputMode="tel"
              autoComplete="off"
              aria-label={t('common.phoneN', { n: at + 1 })}
              // as its country writes it, until somebody types
              value={typing === at ? part.number : phoneText(part)}
              error={!part.valid && part.number !== '' ? t('common.invalidPhone') : null}
              onFocus={() => setTyping(at)}
              onBlur={() => setTyping(null)}
              // the store reads the number again with the laptop's country when it is saved
              onChange={(event) => change(at, { number: event.currentTarget.value, e164: null, valid: true })}
            />
            <TextInput
              w={64}
              placeholder={t('common.extension')}
              aria-label={`${t('common.extension')} ${t('common.phoneN', { n: at + 1 })}`}
              value={part.extension ?? ''}
              onChange={(event) =>
                change(at, { extension: event.currentTarget.value === '' ? null : event.currentTarget.value })
              }
            />
            <NativeSelect
              w={92}
              aria-label={`${t('common.kind')}: ${t('common.phoneN', { n: at + 1 })}`}
              data={kindOptions(phoneKinds)}
              value={part.kind}
              onChange={(event) => change(at, { kind: event.currentTarget.value as PhonePart['kind'] })}
            />
            <Checkbox
              mt={8}
              size="xs"
              label={t('common.doNotCall')}
              checked={part.doNotCall}
              onChange={(event) => change(at, { doNotCall: event.currentTarget.checked })}
            />
            {e164 !== null && !part.doNotCall && (
              <ShortcutTooltip label={t('common.call', { number: e164 })}>
                <ActionIcon
                  variant="subtle"
                  size={32}
                  aria-label={t('common.call', { number: e164 })}
                  onClick={() => void dialNumber(dial.run, e164)}
                >
                  <PhoneCall size={15} />
                </ActionIcon>
              </ShortcutTooltip>
            )}
            <RemoveButton
              label={t('common.removePhone', { n: at + 1 })}
              onClick={() => onChange(keepPrimary(without(list, at)))}
            />
          </Group>
        );
      })}
    </Frame>
  );
}

type DialRun = ReturnType<typeof useAction<'host.dial'>>['run'];

/** Where the host cannot hand the number over by itself, the browser opens its tel: address. */
export async function dialNumber(run: DialRun, number: string): Promise<void> {
  const result = await run({ number });
  if (!result.ok || result.value.handed || !result.value.url.startsWith('tel:')) return;
  window.location.assign(result.value.url);
  // whether anything answers to it, a page is not told
  showDone(t('common.dialAsked', { number }));
}

/** The country first: the others stand in its order. */
const addressFields = (country: string | null) => ['country', ...addressOrder(country)] as const;

export function AddressList({ label, value, onChange }: ListProps) {
  const list = listOf<AddressPart>(value);
  const change = (at: number, part: Partial<AddressPart>) => onChange(replaced(list, at, { ...list[at]!, ...part }));
  return (
    <Frame
      label={label}
      addLabel={t('common.addAddress')}
      onAdd={() => onChange([...list, addressPartSchema.parse({})])}
    >
      {list.map((part, at) => (
        <Group
          key={at}
          gap="xs"
          align="flex-start"
          wrap="nowrap"
          role="group"
          aria-label={t('common.addressN', { n: at + 1 })}
        >
          <SimpleGrid cols={2} spacing="xs" verticalSpacing="xs" flex={1}>
            <NativeSelect
              label={t('common.kind')}
              data={kindOptions(addressKinds)}
              value={part.kind}
              onChange={(event) => change(at, { kind: event.currentTarget.value as AddressPart['kind'] })}
            />
            {addressFields(part.country).map((name) =>
              name === 'country' ? (
                <StandardSelect
                  key={name}
                  field={name}
                  label={fieldLabel(name)}
                  value={part.country === '' ? null : part.country}
                  onChange={(country) => change(at, { country })}
                />
              ) : (
                <TextInput
                  key={name}
                  label={fieldLabel(name)}
                  autoComplete="off"
                  value={part[name] ?? ''}
                  onChange={(event) =>
                    change(at, { [name]: event.currentTarget.value === '' ? null : event.currentTarget.value })
                  }
                />
              ),
            )}
          </SimpleGrid>
          <RemoveButton label={t('common.removeAddress', { n: at + 1 })} onClick={() => onChange(without(list, at))} />
        </Group>
      ))}
    </Frame>
  );
}
