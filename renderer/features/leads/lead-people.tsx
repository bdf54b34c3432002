/** Who is behind a lead: contact and account, what was captured where it differs, and the contact's other interests. */
import { Anchor, Badge, Group, Stack, Text } from '@mantine/core';
import { Phone } from 'lucide-react';
import { Link } from 'wouter';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { useAction } from '../../app/use-call.ts';
import { phoneText } from '../../../shared/rules/normalise/phone-text.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { Section } from '../../ui/page.tsx';
import { dialNumber } from '../../ui/part-lists.tsx';
import { ValueList } from '../../ui/value-list.tsx';
import { capturedFields, differs } from './captured.ts';
import classes from './leads.module.css';

export function LeadPeople({ detail }: { readonly detail: LeadDetail }) {
  const { contact, account, siblings, process } = detail;
  const stageName = (id: string | null) =>
    process.definition.stages.find((stage) => stage.id === id)?.name ?? choiceLabel(id ?? '');
  return (
    <>
      {contact === null ? null : (
        <Section title={t('leads.contactTitle')}>
          <Group gap="xs" mb={4}>
            <Anchor component={Link} href={`/contacts/${contact.id}`} fw={600} size="sm">
              {contact.label}
            </Anchor>
            {contact.marketingOnly ? <Badge color="gray">{fieldLabel('marketingOnly')}</Badge> : null}
            {contact.child ? <Badge color="orange">{fieldLabel('child')}</Badge> : null}
          </Group>
          <ValueList
            items={[
              { name: fieldLabel('role'), value: contact.role === null ? null : choiceLabel(contact.role) },
              { name: fieldLabel('jobTitle'), value: contact.jobTitle },
              { name: fieldLabel('company'), value: contact.company },
              { name: fieldLabel('email'), value: contact.email },
              { name: fieldLabel('phone'), value: <PhoneLinks detail={detail} /> },
              { name: fieldLabel('consentLevel'), value: choiceLabel(contact.consentLevel) },
            ]}
          />
        </Section>
      )}
      {account === null ? null : (
        <Section title={t('leads.accountTitle')}>
          <Anchor component={Link} href={`/accounts/${account.id}`} fw={600} size="sm">
            {account.label}
          </Anchor>
          <ValueList
            items={[
              { name: fieldLabel('industry'), value: account.industry },
              { name: fieldLabel('phone'), value: account.phone },
            ]}
          />
        </Section>
      )}
      <Captured detail={detail} />
      <Section title={t('leads.siblings')}>
        {siblings.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('leads.siblingsNone')}
          </Text>
        ) : (
          <ul className={classes.plain}>
            {siblings.map(({ id, label, stage, score }) => (
              <li key={id}>
                <Anchor component={Link} href={`/leads/${id}`} size="sm">
                  {label}
                </Anchor>
                <Text size="xs" c="dimmed">
                  {score === null ? stageName(stage) : t('leads.siblingLine', { stage: stageName(stage), score })}
                </Text>
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}

function PhoneLinks({ detail }: { detail: LeadDetail }) {
  const dial = useAction('host.dial');
  const phones = detail.contact?.phones ?? [];
  if (phones.length === 0) return <>{'–'}</>;
  return (
    <Stack gap={2}>
      {phones.map((phone) => {
        const number = phone.e164 ?? phone.number.replace(/[^+0-9*#]/g, '');
        const canDial = /^\+?[0-9*#]{2,40}$/.test(number) && !phone.doNotCall;
        return (
          <span key={`${phone.number}-${phone.kind}`}>
            {canDial ? (
              <Anchor
                size="sm"
                href={`tel:${number}`}
                aria-label={t('leads.callNumber', { number: phoneText(phone) })}
                onClick={(event) => {
                  event.preventDefault();
                  void dialNumber(dial.run, number);
                }}
              >
                <Phone size={12} aria-hidden /> {phoneText(phone)}
              </Anchor>
            ) : (
              phoneText(phone)
            )}
            {phone.doNotCall ? (
              <Badge color="red" ml={6}>
                {t('leads.doNotCall')}
              </Badge>
            ) : null}
          </span>
        );
      })}
    </Stack>
  );
}

function Captured({ detail }: { detail: LeadDetail }) {
  const { lead, contact } = detail;
  const different = contact === null ? [] : capturedFields.filter((name) => differs(lead[name], contact[name]));
  const given = capturedFields.filter((name) => (lead[name] ?? '') !== '');
  if (given.length === 0 && lead.answers.length === 0) return null;
  return (
    <Section
      title={t('leads.capturedIdentity')}
      hint={contact !== null && given.length > 0 && different.length === 0 ? t('leads.capturedSame') : undefined}
    >
      {contact !== null && different.length === 0 ? null : (
        <ValueList
          items={(contact === null ? given : different).map((name) => ({
            name: fieldLabel(name),
            value:
              contact === null ? (
                lead[name]
              ) : (
                <>
                  {lead[name]}{' '}
                  <Text span size="xs" c="dimmed">
                    {t('leads.capturedDiffers')}
                  </Text>
                </>
              ),
          }))}
        />
      )}
      {lead.answers.length === 0 ? null : (
        <dl className={classes.plain}>
          {lead.answers.map(({ questionId, question, value }) => (
            <div key={questionId}>
              <Text size="xs" c="dimmed" component="dt">
                {question}
              </Text>
              <Text size="sm" component="dd" m={0}>
                {Array.isArray(value) ? value.join(', ') : String(value)}
              </Text>
            </div>
          ))}
        </dl>
      )}
    </Section>
  );
}
