/**
 * The booth: one screen, keyboard only, a person in under twenty seconds. Tab or Enter goes to the next field, numbers
 * choose, Ctrl+Enter saves and is ready for the next person.
 */
import { Badge, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { UserCheck, X } from 'lucide-react';
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { contactRoles } from '../../../shared/model/picklists.ts';
import type { CaptureField } from '../../../shared/rules/capture/definition.ts';
import { ownOf } from '../../../shared/rules/capture/submission.ts';
import { bridge } from '../../app/client.ts';
import { useAction } from '../../app/use-call.ts';
import { useDefinitions } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { complaintsAbout, isReady } from './capture-complaints.ts';
import { answersOf, isBlank, valuesOf, type AnswerValue, type CaptureDraft } from './capture-draft.ts';
import { CaptureKeys, KeyHint } from './capture-keys.tsx';
import classes from './capture.module.css';
import { ConsentBox } from './consent-box.tsx';
import { CapturesToday } from './captures-today.tsx';
import { InterestField } from './interest-field.tsx';
import { OptionChoice } from './option-choice.tsx';
import { OwnField } from './own-field.tsx';
import { ownField, ownOfDraft } from './own-values.ts';
import { QuestionField } from './question-field.tsx';
import { type KnownPerson, PersonField } from './person-field.tsx';
import { SavedStrip, type Saved } from './saved-strip.tsx';
import { useCaptureDraft } from './use-capture-draft.ts';

type Form = OutputOf<'capture.form'>['form'];
type Props = { readonly form: Form };

const shortFields: readonly CaptureField[] = ['givenName', 'familyName', 'company', 'jobTitle', 'email', 'phone'];
const inputTypes: Partial<Record<CaptureField, 'email' | 'tel'>> = { email: 'email', phone: 'tel' };

const nameOf = (draft: CaptureDraft): string =>
  [draft.values.givenName, draft.values.familyName].filter(Boolean).join(' ').trim() ||
  draft.values.email ||
  draft.values.company ||
  draft.known?.label ||
  t('capture.person');

export function CaptureScreen({ form }: Props) {
  const { definition } = form;
  // follows the fields of the workspace while the screen is open
  useDefinitions();
  const own = ownOf(definition, (name) => ownField(name) !== undefined);
  const { draft, change, put, reset, isKept, wasRestored } = useCaptureDraft(form.id);
  const [showsMissing, setShowsMissing] = useState(false);
  const [saved, setSaved] = useState<Saved | null>(null);
  const [cleared, setCleared] = useState<CaptureDraft | null>(null);
  const [prefilled, setPrefilled] = useState(false);
  const submit = useAction('capture.submit');
  const screen = useRef<HTMLFormElement>(null);
  const isSaving = useRef(false);

  const stops = () => [...(screen.current?.querySelectorAll<HTMLElement>('[data-stop]') ?? [])];
  const focusFirst = useCallback(() => {
    const first = screen.current?.querySelector<HTMLElement>('[data-stop]');
    first?.focus();
  }, []);
  useEffect(() => focusFirst(), [focusFirst]);

  const setValue = (field: CaptureField, value: string) =>
    change((before) => ({
      ...before,
      startedAtMs: before.startedAtMs ?? Date.now(),
      values: { ...before.values, [field]: value },
    }));
  const setAnswer = (id: string, value: AnswerValue) =>
    change((before) => ({ ...before, answers: { ...before.answers, [id]: value } }));

  const complaints = complaintsAbout(draft, definition, own, showsMissing);

  const save = async () => {
    if (isSaving.current) return;
    if (isBlank(draft)) {
      focusFirst();
      return;
    }
    if (!isReady(draft, definition, own)) {
      setShowsMissing(true);
      // the marks appear with the next paint; only then is there something to go to
      requestAnimationFrame(() =>
        screen.current
          ?.querySelector<HTMLElement>('[data-stop][aria-invalid="true"], [aria-invalid="true"] [data-stop]')
          ?.focus(),
      );
      return;
    }
    isSaving.current = true;
    const sent = draft;
    const result = await submit.run({
      formId: form.id,
      captureKey: sent.captureKey,
      values: valuesOf(sent, definition),
      own: ownOfDraft(sent, own),
      answers: answersOf(sent, definition.questions),
      consented: sent.consented,
      ...(sent.known === null ? {} : { contactId: sent.known.id }),
    });
    isSaving.current = false;
    if (!result.ok) return;
    setSaved({ name: nameOf(sent), result: result.value, undone: false });
    setCleared(null);
    setShowsMissing(false);
    reset();
    focusFirst();
  };

  const takeKnown = async (person: KnownPerson) => {
    const found = await bridge.call('contacts.get', { id: person.id });
    change((before) => {
      const values = { ...before.values };
      if (found.ok) {
        const contact = found.value;
        values.givenName = contact.givenName ?? '';
        values.familyName = contact.familyName ?? '';
        if (person.allowPrefill) {
          for (const field of ['company', 'jobTitle', 'role', 'email', 'phone'] as const) {
            const known = contact[field];
            if (known !== null && (values[field] ?? '').trim() === '') values[field] = known;
          }
        }
      }
      return { ...before, values, known: { id: person.id, label: person.label, company: person.company } };
    });
    setPrefilled(person.allowPrefill);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      void save();
      return;
    }
    if (event.defaultPrevented || event.shiftKey || event.altKey) return;
    if (!(event.target instanceof HTMLElement) || event.target.tagName === 'TEXTAREA') return;
    const all = stops();
    const group = event.target.closest('[role="radiogroup"], [role="group"]');
    const at = all.findIndex((stop) => stop === event.target || (group !== null && group.contains(stop)));
    if (at < 0) return;
    event.preventDefault();
    all[at + 1]?.focus();
  };

  const searchFor = (field: CaptureField): string => {
    if (draft.known !== null) return '';
    switch (field) {
      case 'givenName':
      case 'familyName':
        return [draft.values.givenName, draft.values.familyName].filter(Boolean).join(' ');
      case 'email':
      case 'phone':
        return draft.values[field] ?? '';
      default:
        return '';
    }
  };

  const fieldOf = ({ field, required }: { field: CaptureField; required: boolean }) => {
    const value = draft.values[field] ?? '';
    const common = { required, error: complaints.ofField(field) };
    if (shortFields.includes(field)) {
      return (
        <PersonField
          key={field}
          name={field}
          label={fieldLabel(field)}
          value={value}
          type={inputTypes[field] ?? 'text'}
          search={searchFor(field)}
          onKnown={(person) => void takeKnown(person)}
          onChange={(next) => setValue(field, next)}
          {...common}
        />
      );
    }
    if (field === 'topic') {
      return (
        <div key={field} className={classes['wide']}>
          <InterestField
            label={t('capture.interest')}
            value={value}
            onChange={(next) => setValue(field, next)}
            interests={definition.interests}
            fallback={definition.defaultTopic}
            {...common}
          />
        </div>
      );
    }
    if (field === 'role') {
      return (
        <div key={field} className={classes['wide']}>
          <OptionChoice
            label={fieldLabel(field)}
            hint={t('capture.pressNumber')}
            kind="radio"
            options={contactRoles.map((role) => ({ value: role, label: choiceLabel(role) }))}
            chosen={value === '' ? [] : [value]}
            onChoose={(next) => setValue(field, next)}
            {...common}
          />
        </div>
      );
    }
    return (
      <Textarea
        key={field}
        className={classes['wide'] ?? ''}
        label={fieldLabel(field)}
        value={value}
        autosize
        minRows={2}
        maxRows={6}
        data-stop
        withAsterisk={required}
        error={common.error}
        onChange={(event) => setValue(field, event.currentTarget.value)}
      />
    );
  };

  return (
    <div className={classes['screen']}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the fields inside arrive here */}
      <form
        ref={screen}
        aria-label={form.name}
        onKeyDown={onKeyDown}
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Stack gap={9}>
          {saved === null && cleared === null ? (
            <div className={classes['strip']} data-tone="plain" role="status">
              <Text size="sm" c="dimmed">
                {wasRestored ? t('capture.draftRestored') : isKept ? t('capture.draftKept') : t('capture.draftNotKept')}
              </Text>
            </div>
          ) : null}
          {cleared === null ? null : (
            <div className={classes['strip']} data-tone="plain" role="status">
              <Text size="sm">{t('capture.cleared')}</Text>
              <Button
                variant="subtle"
                size="compact-sm"
                onClick={() => {
                  put(cleared);
                  setCleared(null);
                  focusFirst();
                }}
              >
                {t('capture.bringBack')}
              </Button>
            </div>
          )}
          {saved !== null && cleared === null ? (
            <SavedStrip saved={saved} onUndone={() => setSaved({ ...saved, undone: true })} afterUndo={focusFirst} />
          ) : null}

          <section aria-label={t('capture.person')}>
            {draft.known === null ? null : (
              <Group gap="xs" mb="xs">
                <Badge
                  size="lg"
                  variant="light"
                  tt="none"
                  leftSection={<UserCheck size={14} aria-hidden />}
                  data-testid="known-person"
                >
                  {draft.known.company === null
                    ? t('capture.knownOf', { label: draft.known.label })
                    : t('capture.knownOfCompany', { label: draft.known.label, company: draft.known.company })}
                </Badge>
                <Button
                  variant="subtle"
                  size="compact-sm"
                  leftSection={<X size={14} aria-hidden />}
                  onClick={() => change((before) => ({ ...before, known: null }))}
                >
                  {t('capture.knownForget')}
                </Button>
                <Text size="xs" c="dimmed">
                  {prefilled ? t('capture.knownPrefilled') : t('capture.knownNotPrefilled')}
                </Text>
              </Group>
            )}
            <div className={classes['fields']}>
              {definition.fields.map(fieldOf)}
              {own.map(({ field: name, required }) => {
                const field = ownField(name);
                return field === undefined ? null : (
                  <OwnField
                    key={name}
                    name={name}
                    field={field}
                    value={draft.own[name] ?? ''}
                    required={required}
                    error={complaints.ofOwn(name)}
                    onChange={(value) => change((before) => ({ ...before, own: { ...before.own, [name]: value } }))}
                  />
                );
              })}
            </div>
          </section>

          {definition.questions.length === 0 ? null : (
            <Stack component="section" gap={9} aria-label={t('capture.questions')}>
              {definition.questions.map((question) => (
                <QuestionField
                  key={question.id}
                  question={question}
                  value={draft.answers[question.id]}
                  error={complaints.ofQuestion(question.id)}
                  onChange={(value) => setAnswer(question.id, value)}
                />
              ))}
            </Stack>
          )}

          {definition.consent === null ? (
            <Text size="xs" c="dimmed">
              {t('capture.consentNone')}
            </Text>
          ) : (
            <ConsentBox
              consent={definition.consent}
              consented={draft.consented}
              onChange={(consented) => change((before) => ({ ...before, consented }))}
            />
          )}

          <Group justify="space-between">
            <Button
              variant="subtle"
              color="gray"
              disabled={isBlank(draft)}
              onClick={() => {
                setCleared(draft);
                setSaved(null);
                setShowsMissing(false);
                reset();
                focusFirst();
              }}
            >
              {t('capture.startOver')}
            </Button>
            <Button type="submit" loading={submit.pending} rightSection={<KeyHint keys="Ctrl ↵" />}>
              {t('capture.save')}
            </Button>
          </Group>
        </Stack>
      </form>
      <aside>
        <CapturesToday formId={form.id} />
        <CaptureKeys />
      </aside>
    </div>
  );
}
