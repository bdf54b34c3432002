/**
 * One call: who, why now, the number, notes while talking, what was found out beside them, and the outcome by one key.
 * Everything typed is kept on this laptop until the outcome is recorded.
 */
import { Anchor, Badge, Button, Checkbox, Group, NativeSelect, Skeleton, Stack, Text, Textarea } from '@mantine/core';
import { Phone, SkipForward } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link } from 'wouter';
import type { QueueItem } from '../../../shared/contract/leads.ts';
import { callOutcomes, type CallOutcome, disqualifyReasons } from '../../../shared/model/picklists.ts';
import { useAction, useCall, useUndoToast } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { Section } from '../../ui/page.tsx';
import { dialNumber } from '../../ui/part-lists.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { TimelineList } from '../../ui/timeline-list.tsx';
import { clock } from '../leads/durations.ts';
import { type CallDraft, dropCallDraft, loadCallDraft, saveCallDraft } from './call-draft.ts';
import { CallbackDialog } from './callback-dialog.tsx';
import { QualificationFields } from './qualification-fields.tsx';
import classes from './queue.module.css';
import { whyText } from './why-now.ts';

type Props = {
  readonly item: QueueItem;
  readonly onRecorded: () => void;
  readonly onSkip: () => void;
  /** Somebody else may have it by now. */
  readonly onTakeAgain: () => void;
};

const newCallKey = () => crypto.randomUUID();

function useNow(everyMs: number): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}

export function CallScreen({ item, onRecorded, onSkip, onTakeAgain }: Props) {
  const [draft, setDraft] = useState<CallDraft>(() => loadCallDraft(localStorage, item.leadId, newCallKey));
  const [isKept, setIsKept] = useState(true);
  const [isChoosingTime, setIsChoosingTime] = useState(false);
  const [isLost, setIsLost] = useState(false);
  const [openedAtMs] = useState(() => Date.now());
  const detail = useCall('leads.detail', { id: item.leadId });
  const record = useAction('queue.record', { quiet: ['leaseLost'] });
  const dial = useAction('host.dial');
  const undo = useUndoToast();
  const notes = useRef<HTMLTextAreaElement>(null);
  const isRecording = useRef(false);

  const change = (part: Partial<CallDraft>) =>
    setDraft((before) => {
      const next = { ...before, ...part };
      setIsKept(saveCallDraft(localStorage, item.leadId, next));
      return next;
    });

  // the dialler gets the international form where it is known; the screen shows the number as people write it
  const phones = [...(detail.data?.contact?.phones ?? []), ...(detail.data?.lead.phones ?? [])];
  const number =
    phones.find((phone) => phone.number === item.number)?.e164 ?? (item.number ?? '').replace(/[^+0-9*#,;]/g, '');

  const startCall = async () => {
    if (number === '') return;
    change({ startedAtMs: draft.startedAtMs ?? Date.now() });
    notes.current?.focus();
    await dialNumber(dial.run, number);
  };

  const end = async (outcome: CallOutcome, callbackAtMs?: number) => {
    if (outcome === 'callbackAt' && callbackAtMs === undefined) {
      setIsChoosingTime(true);
      return;
    }
    if (isRecording.current) return;
    isRecording.current = true;
    const startedAtMs = draft.startedAtMs ?? Date.now();
    const result = await record.run({
      leadId: item.leadId,
      outcome,
      callKey: draft.callKey,
      startedAtMs,
      durationSeconds: Math.min(86_400, Math.max(0, Math.round((Date.now() - startedAtMs) / 1000))),
      ...(draft.notes.trim() === '' ? {} : { notes: draft.notes.trim() }),
      ...(callbackAtMs === undefined ? {} : { callbackAtMs }),
      ...(Object.keys(draft.qualification).length === 0 ? {} : { qualification: draft.qualification }),
      ...(draft.teleprospectAccepted === null ? {} : { teleprospectAccepted: draft.teleprospectAccepted }),
      ...(draft.salesReady ? { salesReady: true } : {}),
      ...(draft.disqualify === null ? {} : { disqualify: draft.disqualify }),
    });
    isRecording.current = false;
    setIsChoosingTime(false);
    if (!result.ok) {
      setIsLost(result.error.code === 'leaseLost');
      return;
    }
    dropCallDraft(localStorage, item.leadId);
    undo(t('queue.recorded', { outcome: choiceLabel(outcome), name: item.label }), result.value.writeId);
    onRecorded();
  };

  const lead = detail.data?.lead;
  const isAccepted = draft.teleprospectAccepted ?? lead?.teleprospectAccepted ?? false;
  const isSalesReady = draft.salesReady || lead?.salesReady === true;
  const toggleAccept = () => change({ teleprospectAccepted: !isAccepted });
  const toggleReady = () => change({ salesReady: !draft.salesReady });

  useShortcuts([
    ...callOutcomes.flatMap((outcome, index) => [
      { keys: String(index + 1), label: choiceLabel(outcome), run: () => void end(outcome) },
      { keys: `alt+${index + 1}`, label: choiceLabel(outcome), run: () => void end(outcome), inFields: true },
    ]),
    { keys: 'd', label: t('queue.dial'), run: () => void startCall(), disabled: item.number === null },
    { keys: 'n', label: t('queue.skip'), run: onSkip },
    { keys: 'a', label: t('queue.accept'), run: toggleAccept },
    { keys: 's', label: t('queue.salesReady'), run: toggleReady },
  ]);

  return (
    <div className={classes.screen}>
      <div>
        <section className={classes.card} aria-label={item.label}>
          <Group justify="space-between" align="flex-start" wrap="nowrap">
            <div style={{ minWidth: 0 }}>
              <Text className={classes.name ?? ''} component="h2" m={0}>
                {item.label}
              </Text>
              <Text size="sm">{item.company}</Text>
              <Text size="sm" c="dimmed">
                {item.topic} ·{' '}
                <Anchor component={Link} href={`/leads/${item.leadId}`} size="sm" underline="always">
                  {t('queue.openLead')}
                </Anchor>
              </Text>
            </div>
            <ShortcutTooltip label={t('queue.skipHint')} keys="n">
              <Button variant="default" rightSection={<SkipForward size={15} aria-hidden />} onClick={onSkip}>
                {t('queue.skip')}
              </Button>
            </ShortcutTooltip>
          </Group>
          <ul className={classes.whys} aria-label={t('queue.whyNow')}>
            {item.why.map((why) => (
              <li key={why.code}>
                <Badge size="lg" {...(why.code === 'callbackDue' ? { color: 'orange' } : {})}>
                  {whyText(why, openedAtMs)}
                </Badge>
              </li>
            ))}
          </ul>
          <Group mt="md" gap="md">
            {item.number === null ? (
              <Text>{t('queue.noNumber')}</Text>
            ) : (
              <>
                <Anchor
                  className={classes.number ?? ''}
                  href={`tel:${number}`}
                  aria-label={t('queue.dialNumber', { number: item.number })}
                  onClick={(event) => {
                    event.preventDefault();
                    void startCall();
                  }}
                >
                  {item.number}
                </Anchor>
                <ShortcutTooltip label={t('queue.dial')} keys="d">
                  <Button size="md" leftSection={<Phone size={16} aria-hidden />} onClick={() => void startCall()}>
                    {t('queue.dial')}
                  </Button>
                </ShortcutTooltip>
              </>
            )}
            <Timer startedAtMs={draft.startedAtMs} />
          </Group>
        </section>

        {isLost ? (
          <section className={classes.card} role="alert">
            <Text size="sm" mb="xs">
              {t('queue.leaseLost')}
            </Text>
            <Button onClick={onTakeAgain}>{t('queue.takeAgain')}</Button>
          </section>
        ) : null}

        <section className={classes.card} aria-label={t('queue.notes')}>
          <Textarea
            ref={notes}
            label={t('queue.notes')}
            description={isKept ? t('queue.notesHint') : t('queue.notesNotKept')}
            placeholder={t('queue.notesPlaceholder')}
            autosize
            minRows={3}
            maxRows={10}
            value={draft.notes}
            onChange={(event) => change({ notes: event.currentTarget.value })}
            onKeyDown={(event) => {
              if (event.key === 'Escape') event.currentTarget.blur();
            }}
          />
          <Group gap="lg" mt="sm" role="group" aria-label={t('queue.flags')}>
            <ShortcutTooltip label={t('queue.accept')} keys="a">
              <div>
                <Checkbox label={t('queue.accept')} checked={isAccepted} onChange={toggleAccept} />
              </div>
            </ShortcutTooltip>
            <ShortcutTooltip label={t('queue.salesReadyHint')} keys="s">
              <div>
                <Checkbox
                  label={t('queue.salesReady')}
                  checked={isSalesReady}
                  disabled={lead?.salesReady === true}
                  onChange={toggleReady}
                />
              </div>
            </ShortcutTooltip>
            <Group gap={6}>
              <Text size="sm" id="disqualify-label">
                {t('queue.disqualify')}
              </Text>
              <NativeSelect
                aria-labelledby="disqualify-label"
                data={[
                  { value: '', label: t('queue.disqualifyNone') },
                  ...disqualifyReasons.map((reason) => ({ value: reason, label: choiceLabel(reason) })),
                ]}
                value={draft.disqualify ?? ''}
                onChange={(event) =>
                  change({
                    disqualify: disqualifyReasons.find((reason) => reason === event.currentTarget.value) ?? null,
                  })
                }
              />
            </Group>
          </Group>
        </section>

        <section className={classes.card} aria-labelledby="queue-outcome">
          <Group justify="space-between" mb="xs">
            <Text fw={600} size="sm" id="queue-outcome" component="h2" m={0}>
              {t('queue.outcome')}
            </Text>
            <Text size="xs" c="dimmed">
              {t('queue.outcomeHint')}
            </Text>
          </Group>
          <div className={classes.outcomes}>
            {callOutcomes.map((outcome, index) => (
              <button
                key={outcome}
                type="button"
                className={classes.outcome}
                aria-keyshortcuts={String(index + 1)}
                disabled={record.pending}
                onClick={() => void end(outcome)}
              >
                <span className={classes.key} aria-hidden>
                  {index + 1}
                </span>
                {choiceLabel(outcome)}
              </button>
            ))}
          </div>
        </section>

        <Section title={t('queue.history')}>
          <TimelineList of="lead" id={item.leadId} />
        </Section>
      </div>
      <aside>
        <Section title={t('queue.qualify')}>
          {lead === undefined ? (
            <Stack gap="sm">
              <Skeleton height={14} animate={false} />
              <Skeleton height={14} animate={false} />
            </Stack>
          ) : (
            <QualificationFields
              lead={lead}
              value={draft.qualification}
              onChange={(part) => change({ qualification: { ...draft.qualification, ...part } })}
            />
          )}
        </Section>
      </aside>
      <CallbackDialog
        opened={isChoosingTime}
        onClose={() => setIsChoosingTime(false)}
        onChoose={(atMs) => void end('callbackAt', atMs)}
      />
    </div>
  );
}

function Timer({ startedAtMs }: { startedAtMs: number | null }) {
  const now = useNow(1000);
  return (
    <Text size="sm" c="dimmed" role="timer">
      {startedAtMs === null ? t('queue.timerIdle') : t('queue.timer', { time: clock((now - startedAtMs) / 1000) })}
    </Text>
  );
}
