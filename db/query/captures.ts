/** What a capture form shows beside itself: who is known already, and what was captured today. */
import { phoneE164 } from '../../shared/rules/normalise/phone.ts';
import { uidToUuid } from '../uuid.ts';
import type { ReadableStore } from '../store.ts';
import { readSetting } from '../store.ts';
import { listRecords } from './list.ts';

export type Suggestion = {
  readonly id: string;
  readonly label: string;
  readonly company: string | null;
  readonly email: string | null;
  readonly allowPrefill: boolean;
};

type Row = { uid: Buffer; label: string; company: string | null; email: string | null; allowPrefill: number };

const toSuggestion = (row: Row): Suggestion => ({
  id: uidToUuid(row.uid),
  label: row.label,
  company: row.company,
  email: row.email,
  allowPrefill: row.allowPrefill === 1,
});

/** By name, company, email or number; a whole number in national notation finds its international form too. */
export function suggestPeople(store: ReadableStore, search: string, limit: number): Suggestion[] {
  if (search.trim() === '') return [];
  const number = /^[+\d][\d\s().\-/]{5,}$/.test(search.trim())
    ? phoneE164(search, readSetting(store.connection, 'region') ?? 'ZZ')
    : null;
  if (number !== null) {
    const rows = store
      .sql(
        `SELECT DISTINCT contact.uid, label, company, email, allowPrefill FROM contact_phone
         JOIN contact ON contact.id = contact_phone.contactId
         WHERE contact_phone.e164 = ? AND contact.deletedAtMs IS NULL LIMIT ?`,
      )
      .all(number, limit) as Row[];
    if (rows.length > 0) return rows.map(toSuggestion);
  }
  const page = listRecords(store, 'contact', { limit, search }, { userRow: null, filters: [] });
  if (!page.ok) return [];
  return page.value.rows.map(({ id, label, company, email, allowPrefill }) => ({
    id,
    label,
    company,
    email,
    allowPrefill,
  }));
}

export type Capture = {
  readonly leadId: string | null;
  readonly contactId: string | null;
  readonly label: string;
  readonly topic: string | null;
  readonly atMs: number;
};

/** Newest first. */
export function capturesOf(
  store: ReadableStore,
  formRow: number,
  sinceMs: number,
  limit: number,
): { total: number; rows: Capture[] } {
  const where = "interaction.formId = ? AND interaction.occurredAtMs >= ? AND interaction.kind = 'formSubmitted'";
  const total = store
    .sql(`SELECT count(*) AS count FROM interaction WHERE ${where} AND deletedAtMs IS NULL`)
    .get(formRow, sinceMs) as { count: number };
  const rows = store
    .sql(
      `SELECT lead.uid AS leadUid, contact.uid AS contactUid, lead.topic, interaction.occurredAtMs AS atMs,
         coalesce(contact.label, lead.label, interaction.subject, '') AS label
       FROM interaction LEFT JOIN lead ON lead.id = interaction.leadId
         LEFT JOIN contact ON contact.id = interaction.contactId
       WHERE ${where} AND interaction.deletedAtMs IS NULL
       ORDER BY interaction.occurredAtMs DESC, interaction.id DESC LIMIT ?`,
    )
    .all(formRow, sinceMs, limit) as {
    leadUid: Buffer | null;
    contactUid: Buffer | null;
    topic: string | null;
    atMs: number;
    label: string;
  }[];
  return {
    total: total.count,
    rows: rows.map(({ leadUid, contactUid, ...row }) => ({
      leadId: leadUid ? uidToUuid(leadUid) : null,
      contactId: contactUid ? uidToUuid(contactUid) : null,
      label: row.label,
      topic: row.topic,
      atMs: row.atMs,
    })),
  };
}
