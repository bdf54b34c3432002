/** The consent level of a contact, how it came about word for word, and the way to change it. */
import { Badge, Button, Group, Modal, Select, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { ShieldCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import type { ContactRecord } from '../../../shared/model/entities.ts';
import { consentLevels } from '../../../shared/model/picklists.ts';
import { useList } from '../../app/list-calls.ts';
import { useAction } from '../../app/use-call.ts';
import { i18next, t } from '../../i18n/index.ts';
import { choiceLabel } from '../../i18n/words.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { formatInstant } from '../../ui/format.ts';
import { QueryGate } from '../../ui/query-gate.tsx';
import classes from './contacts.module.css';

export function ConsentPanel({ contact }: { readonly contact: ContactRecord }) {
  const [isOpen, setIsOpen] = useState(false);
  const changes = useList('consentChange', {
    limit: 200,
    sort: { field: 'createdAtMs', direction: 'desc' },
    filters: [{ kind: 'row', field: 'contactId', operator: 'is', values: [contact.id] }],
  });
  return (
    <div>
      <Group justify="space-between" mb="xs" mt={4}>
        <Badge size="lg" color={contact.consentLevel === 'none' ? 'gray' : 'teal'}>
          {choiceLabel(contact.consentLevel)}
        </Badge>
        <Button variant="default" onClick={() => setIsOpen(true)}>
          {t('contacts.consentChange')}
        </Button>
      </Group>
      <QueryGate query={changes}>
        {({ rows }) =>
          rows.length === 0 ? (
            <EmptyState icon={ShieldCheck} title={t('contacts.consentNone')} />
          ) : (
            <>
              {rows.map((row) => (
                <div key={row.id} className={classes.change}>
                  <Text size="sm" fw={600}>
                    {t('contacts.consentFromTo', { before: choiceLabel(row.before), after: choiceLabel(row.after) })}
                  </Text>
                  <Text size="xs" c="dimmed">
                    {[formatInstant(row.changedAtMs), row.labels['userId'], row.source, row.language]
                      .filter((each) => each !== null && each !== undefined && each !== '')
                      .join(' · ')}
                  </Text>
                  {row.wording !== null && <blockquote className={classes.wording}>{row.wording}</blockquote>}
                </div>
              ))}
            </>
          )
        }
      </QueryGate>
      {isOpen && <ConsentDialog contact={contact} onClose={() => setIsOpen(false)} />}
    </div>
  );
}

function ConsentDialog({ contact, onClose }: { readonly contact: ContactRecord; readonly onClose: () => void }) {
  const [level, setLevel] = useState(contact.consentLevel);
  const [wording, setWording] = useState('');
  const [language, setLanguage] = useState(contact.preferredLanguage ?? i18next.language);
  const [source, setSource] = useState<string>(t('contacts.consentSourceDefault'));
  const [tried, setTried] = useState(false);
  const set = useAction('consent.set', { saved: t('contacts.consentSaved') });
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (wording.trim() === '') return;
    const result = await set.run({
      contactId: contact.id,
      level,
      wording: wording.trim(),
      language: language.trim(),
      source: source.trim(),
    });
    if (result.ok) onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('contacts.consentTitle')}>
      <form onSubmit={(event) => void submit(event)} noValidate>
        <Stack gap="sm">
          <Select
            label={t('contacts.consentLevel')}
            data={consentLevels.map((each) => ({
              value: each,
              label: choiceLabel(each),
              disabled: contact.child && each === 'profiling',
            }))}
            value={level}
            allowDeselect={false}
            data-autofocus
            onChange={(next) => setLevel(consentLevels.find((each) => each === next) ?? level)}
          />
          <Textarea
            label={t('contacts.consentWording')}
            withAsterisk
            autosize
            minRows={3}
            maxRows={10}
            value={wording}
            error={tried && wording.trim() === '' ? t('contacts.consentWordingNeeded') : null}
            onChange={(event) => setWording(event.currentTarget.value)}
          />
          <TextInput
            label={t('contacts.consentLanguage')}
            maxLength={35}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
          />
          <TextInput
            label={t('contacts.consentSource')}
            maxLength={300}
            value={source}
            onChange={(event) => setSource(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('common.cancel')}
            </Button>
            <Button type="submit" loading={set.pending}>
              {t('contacts.consentSave')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
