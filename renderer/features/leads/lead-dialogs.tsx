/** The questions before an action that needs an answer: a reason, a seller, the opportunity. */
import {
  Button,
  Group,
  Modal,
  NativeSelect,
  NumberInput,
  Select,
  Stack,
  Text,
  Textarea,
  TextInput,
} from '@mantine/core';
import { type ReactNode, useState } from 'react';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { disqualifyReasons } from '../../../shared/model/picklists.ts';
import { useList } from '../../app/list-calls.ts';
import { useAction, useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { groupMark } from '../../ui/format.ts';

export type DialogAction = 'decline' | 'recycle' | 'disqualify' | 'salesAccepted' | 'convert';

type Props = {
  readonly detail: LeadDetail;
  readonly action: DialogAction | null;
  readonly onClose: () => void;
  readonly onDone: (stage: string) => void;
};

const titles = {
  decline: 'leads.declineTitle',
  recycle: 'leads.recycleTitle',
  disqualify: 'leads.disqualifyTitle',
  salesAccepted: 'leads.acceptTitle',
  convert: 'leads.convertTitle',
} as const;

export function LeadDialog({ detail, action, onClose, onDone }: Props) {
  const done = (stage: string) => {
    onClose();
    onDone(stage);
  };
  const common = { detail, onClose, onDone: done };
  return (
    <Modal
      opened={action !== null}
      onClose={onClose}
      title={action === null ? '' : t(titles[action])}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      {action === 'decline' || action === 'recycle' ? <ReasonForm action={action} {...common} /> : null}
      {action === 'disqualify' ? <DisqualifyForm {...common} /> : null}
      {action === 'salesAccepted' ? <AcceptForm {...common} /> : null}
      {action === 'convert' ? <ConvertForm {...common} /> : null}
    </Modal>
  );
}

type FormProps = Omit<Props, 'action'>;

function DialogForm(props: {
  readonly hint: string;
  readonly action: string;
  readonly danger?: boolean;
  readonly pending: boolean;
  readonly disabled?: boolean;
  readonly onClose: () => void;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
      noValidate
    >
      <Stack gap="sm">
        <Text size="sm" c="dimmed">
          {props.hint}
        </Text>
        {props.children}
        <Group justify="flex-end">
          <Button variant="default" onClick={props.onClose}>
            {t('common.cancel')}
          </Button>
          <Button
            type="submit"
            loading={props.pending}
            disabled={props.disabled ?? false}
            {...(props.danger ? { color: 'red' } : {})}
          >
            {props.action}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

function ReasonForm({ detail, action, onClose, onDone }: FormProps & { action: 'decline' | 'recycle' }) {
  const decline = useAction('leads.decline', { saved: t('leads.done.decline') });
  const recycle = useAction('leads.recycle', { saved: t('leads.done.recycle') });
  const [reason, setReason] = useState('');
  const [isTried, setIsTried] = useState(false);
  const submit = async () => {
    setIsTried(true);
    if (reason.trim() === '') return;
    const input = { id: detail.lead.id, reason: reason.trim() };
    const result = await (action === 'decline' ? decline.run(input) : recycle.run(input));
    if (result.ok) onDone(result.value.stage);
  };
  return (
    <DialogForm
      hint={action === 'decline' ? t('leads.declineBody') : t('leads.recycleBody')}
      action={action === 'decline' ? t('leads.decline') : t('leads.recycle')}
      pending={decline.pending || recycle.pending}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <TextInput
        label={t('leads.reason')}
        placeholder={t('leads.reasonPlaceholder')}
        withAsterisk
        data-autofocus
        maxLength={400}
        value={reason}
        error={isTried && reason.trim() === '' ? t('leads.reasonRequired') : undefined}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

function DisqualifyForm({ detail, onClose, onDone }: FormProps) {
  const disqualify = useAction('leads.disqualify', { saved: t('leads.done.disqualify') });
  const [reason, setReason] = useState<(typeof disqualifyReasons)[number]>('notInterested');
  const [note, setNote] = useState('');
  const submit = async () => {
    const result = await disqualify.run({
      id: detail.lead.id,
      reason,
      ...(note.trim() === '' ? {} : { note: note.trim() }),
    });
    if (result.ok) onDone(result.value.stage);
  };
  return (
    <DialogForm
      hint={t('leads.disqualifyBody')}
      action={t('leads.disqualify')}
      danger
      pending={disqualify.pending}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <NativeSelect
        label={t('leads.reason')}
        data-autofocus
        data={disqualifyReasons.map((each) => ({ value: each, label: choiceLabel(each) }))}
        value={reason}
        onChange={(event) => setReason(disqualifyReasons.find((each) => each === event.currentTarget.value) ?? 'other')}
      />
      <Textarea
        label={t('leads.note')}
        autosize
        minRows={2}
        maxLength={400}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
    </DialogForm>
  );
}

function AcceptForm({ detail, onClose, onDone }: FormProps) {
  const { lead } = detail;
  const session = useCall('session.get', {});
  const users = useList('user', { limit: 200 });
  const sellers = (users.data?.rows ?? []).filter(({ role, active }) => role === 'seller' && active);
  const assign = useAction('leads.assign');
  const accept = useAction('leads.setFlag', { saved: t('leads.done.salesAccepted') });
  const [chosen, setChosen] = useState<string | null>(null);
  const isSeller = (id: string | null | undefined) => sellers.some((seller) => seller.id === id);
  const onlyOne = sellers.length === 1 ? (sellers[0]?.id ?? null) : null;
  const seller =
    chosen ??
    onlyOne ??
    (isSeller(lead.ownerId) ? lead.ownerId : isSeller(session.data?.userId) ? (session.data?.userId ?? null) : null);
  const submit = async () => {
    if (seller === null) return;
    if (seller !== lead.ownerId) {
      const assigned = await assign.run({ ids: [lead.id], ownerId: seller });
      if (!assigned.ok) return;
    }
    const result = await accept.run({ id: lead.id, flag: 'salesAccepted', value: true });
    if (result.ok) onDone(result.value.stage);
  };
  return (
    <DialogForm
      hint={t('leads.acceptHint')}
      action={t('leads.accept')}
      pending={assign.pending || accept.pending}
      disabled={seller === null}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <Select
        label={t('leads.acceptSeller')}
        placeholder={t('leads.acceptChoose')}
        data-autofocus
        data={sellers.map(({ id, name }) => ({ value: id, label: name }))}
        value={seller}
        onChange={setChosen}
        nothingFoundMessage={t('leads.noSellers')}
        allowDeselect={false}
      />
      {users.data !== undefined && sellers.length === 0 ? <Text size="sm">{t('leads.noSellers')}</Text> : null}
    </DialogForm>
  );
}

function ConvertForm({ detail, onClose, onDone }: FormProps) {
  const { lead, contact, account } = detail;
  const convert = useAction('leads.convert', { saved: t('leads.done.convert') });
  const who = account?.name ?? contact?.label ?? lead.company ?? '';
  const [name, setName] = useState(who === '' ? lead.topic : `${lead.topic} – ${who}`);
  const [amount, setAmount] = useState<number | null>(lead.budgetAmount);
  const [closeDate, setCloseDate] = useState('');
  const isUnlinked = lead.contactId === null && lead.accountId === null;
  const submit = async () => {
    const result = await convert.run({
      id: lead.id,
      ...(name.trim() === '' ? {} : { name: name.trim() }),
      amount,
      ...(closeDate === '' ? {} : { closeDate }),
    });
    if (result.ok) onDone(lead.stage ?? '');
  };
  return (
    <DialogForm
      hint={isUnlinked ? t('leads.convertUnlinked') : t('leads.convertHint')}
      action={t('leads.convert')}
      pending={convert.pending}
      disabled={isUnlinked}
      onClose={onClose}
      onSubmit={() => void submit()}
    >
      <TextInput
        label={t('leads.convertName')}
        data-autofocus
        maxLength={300}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Group grow>
        <NumberInput
          label={t('leads.convertAmount')}
          thousandSeparator={groupMark}
          hideControls
          min={0}
          value={amount ?? ''}
          onChange={(value) => setAmount(typeof value === 'number' ? value : null)}
        />
        <TextInput
          type="date"
          label={t('leads.convertClose')}
          value={closeDate}
          onChange={(event) => setCloseDate(event.currentTarget.value)}
        />
      </Group>
    </DialogForm>
  );
}
