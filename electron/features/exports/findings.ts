/**
 * What an export has to say: per record what the target would refuse or cut, and in numbers who asked not to be mailed
 * or called. Nobody is left out in silence, and nobody is left out for a reason that the target knows how to carry.
 */
import type { z } from 'zod';
import type { preflightIssueSchema } from '../../../shared/contract/hq.ts';
import type { ContactRecord } from '../../../shared/model/entities.ts';
import { issuesOf } from '../../../shared/rules/formats/export-target.ts';
import { permissionFor } from '../../../shared/rules/permission.ts';
import type { ExportRecord } from './export-records.ts';
import { type AnyTarget, type Area, type FileFormat, saysPreferences } from './targets.ts';

type Finding = z.output<typeof preflightIssueSchema>;

/** Enough to work on; the summary counts the rest. */
const listedFindings = 500;

export type Findings = {
  /** False: the target refuses the row, so the record is left out. */
  look(record: ExportRecord, cells: readonly string[]): boolean;
  all(): Finding[];
};

/** `familyName` → `family name`. */
const inWords = (field: string): string => field.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

export function createFindings(format: FileFormat, area: Area, target: AnyTarget): Findings {
  const listed: Finding[] = [];
  let unlisted = 0;
  const refused = new Map<string, number>();
  const noted = { bulkEmail: 0, email: 0, phone: 0, consent: 0 };

  const notePerson = (contact: ContactRecord): void => {
    if (!contact.allowEmail) noted.email += 1;
    else if (!contact.allowBulkEmail) noted.bulkEmail += 1;
    if (!contact.allowPhone) noted.phone += 1;
    if (permissionFor(contact, 'marketingMail').obstacles.some(({ kind }) => kind === 'consent')) noted.consent += 1;
  };

  /** "3 contacts do", "1 lead is of a contact who does". */
  const who = (count: number, [one, many]: readonly [string, string] = ['does', 'do']): string => {
    if (area !== 'leads') return count === 1 ? `1 contact ${one}` : `${count} contacts ${many}`;
    return count === 1 ? `1 lead is of a contact who ${one}` : `${count} leads are of contacts who ${many}`;
  };

  const leftOut = (count: number): string =>
    count === 1 ? `1 ${area.slice(0, -1)} is left out` : `${count} ${area} are left out`;

  const summary = (level: Finding['level'], field: string, message: string): Finding => ({
    recordId: null,
    label: '',
    field,
    message,
    level,
  });

  return {
    look({ record, context }, cells) {
      const issues = issuesOf(target, cells);
      for (const { field, message, level } of issues) {
        if (listed.length < listedFindings)
          listed.push({ recordId: record.id, label: record.label, field, message, level });
        else unlisted += 1;
        if (level === 'error') refused.set(field, (refused.get(field) ?? 0) + 1);
      }
      if (issues.some(({ level }) => level === 'error')) return false;
      const contact = area === 'contacts' ? (record as ContactRecord) : context.contact;
      if (contact) notePerson(contact);
      return true;
    },
    all() {
      const end = saysPreferences(format)
        ? 'The file says so in its columns.'
        : 'This format has no column that says so: leave them out where the file is used.';
      const counts: readonly (readonly [number, string, string])[] = [
        [noted.email, 'allowEmail', `${who(noted.email)} not allow any email. ${end}`],
        [noted.bulkEmail, 'allowBulkEmail', `${who(noted.bulkEmail)} not allow bulk email. ${end}`],
        [noted.phone, 'allowPhone', `${who(noted.phone)} not allow phone calls. ${end}`],
        [noted.consent, 'consentLevel', `${who(noted.consent, ['has', 'have'])} not consented to marketing mail.`],
      ];
      return [
        ...[...refused].map(([field, count]) =>
          summary('error', field, `${leftOut(count)}: the target refuses rows without ${inWords(field)}.`),
        ),
        ...counts.flatMap(([count, field, message]) => (count > 0 ? [summary('warning', field, message)] : [])),
        ...listed,
        ...(unlisted > 0
          ? [
              summary(
                'warning',
                '',
                unlisted === 1 ? 'One more finding is not listed.' : `${unlisted} more findings are not listed.`,
              ),
            ]
          : []),
      ];
    },
  };
}
