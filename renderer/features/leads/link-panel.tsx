/** The Inquiry stage: the place for linking a lead by hand to its contact or account, found or made. */
import { Button, Group, Stack, Text } from '@mantine/core';
import { UserPlus } from 'lucide-react';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { useAction, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { FieldGrid } from '../../ui/record-layout.tsx';
import { RecordPicker } from '../../ui/record-picker.tsx';

export function LinkPanel({ detail }: { readonly detail: LeadDetail }) {
  const { lead, contact, account } = detail;
  const link = useAction('leads.link');
  const createAccount = useAction('accounts.create');
  const undo = useUndoToast();
  const isClosed = lead.status !== 'open' || lead.deletedAtMs !== null;

  const put = async (input: { contactId?: string | null; accountId?: string | null; createContact?: boolean }) => {
    const result = await link.run({ id: lead.id, ...input });
    if (!result.ok) return;
    const isUnlink = input.contactId === null || input.accountId === null;
    undo(
      input.createContact ? t('leads.contactMade') : isUnlink ? t('leads.unlinked') : t('leads.linked'),
      result.value.writeId,
    );
  };
  const makeAccount = async (name: string) => {
    const made = await createAccount.run({ values: { name } });
    if (!made.ok) return;
    const result = await link.run({ id: lead.id, accountId: made.value.id });
    if (result.ok) undo(t('leads.accountName', { name }), result.value.writeId);
  };

  return (
    <Stack gap="sm">
      {contact === null && account === null ? (
        <Text size="sm" c="dimmed">
          {t('leads.linkHint')}
        </Text>
      ) : null}
      <FieldGrid>
        <RecordPicker
          entity="contact"
          label={t('leads.linkContact')}
          value={lead.contactId}
          valueLabel={contact?.label}
          disabled={isClosed || link.pending}
          detail={({ company, email }) => [company, email].filter(Boolean).join(' · ')}
          onChange={(contactId) => void put({ contactId })}
        />
        <RecordPicker
          entity="account"
          label={t('leads.linkAccount')}
          value={lead.accountId}
          valueLabel={account?.label}
          disabled={isClosed || link.pending}
          onCreate={(name) => void makeAccount(name)}
          onChange={(accountId) => void put({ accountId })}
        />
      </FieldGrid>
      {lead.contactId === null && !isClosed ? (
        <Group>
          <Button
            variant="light"
            leftSection={<UserPlus size={15} aria-hidden />}
            loading={link.pending}
            onClick={() => void put({ createContact: true })}
          >
            {t('leads.createContact')}
          </Button>
        </Group>
      ) : null}
    </Stack>
  );
}
