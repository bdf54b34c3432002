/**
 * Email addresses as evidence. A role mailbox (info, sales, office …; RFC 2142 and common usage) is a place, not a
 * person, and says nothing about who somebody is.
 *
 * Example: `mailboxOf('info@acme.example')` is a role; of jane@acme.example and jane@acme.test the local part is alike.
 */
import { emailKey } from '../normalise/email.ts';
import { hashOf } from './counts.ts';
import { latinLetters } from './latin.ts';
import { leastEdits, lettersIn } from './letters.ts';
import { editDistance } from './similarity.ts';

export type Mailbox = {
  readonly key: string;
  readonly local: string;
  readonly domain: string;
  readonly isRole: boolean;
};

const roles = new Set(
  'abuse accounting accounts admin administration administrator administratie backoffice bestellung billing booking bookings bookkeeping boekhouding bureau business buchhaltung buero careers cashier ceo client clientes clients commercial compras compta comptabilite conference contabilidad contabilita contact contacto contactus contatto contato customer customercare customers customerservice data desk direccion direction directie dispatch einkauf empfang enquiries enquiry events export facturacion facturatie factuur family familie famille finance frontdesk front general group hallo hello help helpdesk hola hostmaster hotel hr human humanresources inbox info infos information informatie infomail inkoop inquiries inquiry invoice invoices invoicing it jobs kantoor kontakt kontor leads legal logistics mail mailbox main management manager marketing media meeting member members membership news newsletter no-reply noreply office office365 officina oficina order orders partner partners payroll personal planning post poste postmaster presse press privacy procurement production projects purchase purchasing quality reception receptie receptionist recruiting recruitment rechnung registration request research reservation reservations rrhh sales sale salesteam secretaria secretariat secretary sekretariat security segreteria service services shop staff store studio subscribe supplier suppliers support team tech technical ticket tickets training travel trade ufficio user vendas vendite ventas verkauf verkoop vertrieb webmaster web welcome workshop zentrale'.split(
    ' ',
  ),
);

function isRoleName(local: string): boolean {
  if (roles.has(local)) return true;
  // info.berlin, sales-emea, office2
  const words = local.split(/[^a-z]+/).filter((word) => word !== '');
  return words.length > 0 && words.length <= 3 && roles.has(words[0] ?? '');
}

/** Null where the address is not one that could be written to. */
export function mailboxOf(address: string): Mailbox | null {
  const key = emailKey(address);
  if (key === null) return null;
  const at = key.lastIndexOf('@');
  // jane+fair@… arrives at jane@…
  const local = key.slice(0, at).replace(/\+.*$/, '');
  const written = key.slice(at + 1);
  const domain = written === 'googlemail.com' ? 'gmail.com' : written;
  return { key: `${local}@${domain}`, local, domain, isRole: isRoleName(local) };
}

export const emailLevels = ['same', 'typo', 'sameLocalPart', 'alike', 'sameDomain', 'different'] as const;

/**
 * firm14.example and firm24.example are two firms, and so are abc.example and abd.example; acme.example and
 * acne.example may be one and a slip of it.
 */
export function areNear(domain: string, other: string): boolean {
  const most = Math.min(nameOf(domain).length, nameOf(other).length) >= 4 ? 2 : 0;
  const edits = nameOf(domain) === nameOf(other) ? 0 : editDistance(nameOf(domain), nameOf(other), most);
  return edits <= most && editDistance(domain, other, 2) <= 2 && numbersIn(domain) === numbersIn(other);
}

/** Of a domain what stands before its ending. */
const nameOf = (domain: string): string => domain.slice(0, Math.max(0, domain.lastIndexOf('.')));

function numbersIn(domain: string): string {
  let numbers = '';
  for (let at = 0; at < domain.length; at += 1) {
    const code = domain.charCodeAt(at);
    if (code >= 48 && code <= 57) numbers += domain[at] ?? '';
    else if (numbers !== '' && !numbers.endsWith(' ')) numbers += ' ';
  }
  return numbers;
}

/** What is known of two mailboxes without looking at their letters. */
export type MailboxLook = {
  readonly key: string;
  /** Letters before the @. */
  readonly local: number;
  /** Which occur there (letters.ts). */
  readonly localLetters: number;
  /** Hash of the numbers in it: jane.doe12@ and jane.doe31@ are two of one name and no slip. */
  readonly localNumbers: number;
};

/** Two mailboxes that are not the same. */
export function compareMailboxLooks(
  a: MailboxLook,
  b: MailboxLook,
  isSameDomain: boolean,
  areDomainsNear: () => boolean,
): 1 | 2 | 3 | 4 | 5 {
  const isLong = a.local >= 5 && b.local >= 5;
  const mayBeSlip = isLong && leastEdits(a.localLetters, b.localLetters) <= 4 && (isSameDomain || areDomainsNear());
  const edits = mayBeSlip && a.localNumbers === b.localNumbers ? editDistance(a.key, b.key, 4) : 5;
  if (edits <= 2) return 1;
  if (a.local === b.local && a.local >= 4 && beginsAs(a.key, b.key, a.local)) return 2;
  if (edits <= 4) return 3;
  return isSameDomain ? 4 : 5;
}

function beginsAs(a: string, b: string, letters: number): boolean {
  for (let at = 0; at < letters; at += 1) if (a.charCodeAt(at) !== b.charCodeAt(at)) return false;
  return true;
}

export const numbersHash = (local: string): number => hashOf(numbersIn(local));

const lookOf = ({ key, local }: Mailbox): MailboxLook => ({
  key,
  local: local.length,
  localLetters: lettersIn(local),
  localNumbers: numbersHash(local),
});

export const compareMailboxes = (a: Mailbox, b: Mailbox): 0 | 1 | 2 | 3 | 4 | 5 =>
  a.key === b.key
    ? 0
    : compareMailboxLooks(lookOf(a), lookOf(b), a.domain === b.domain, () => areNear(a.domain, b.domain));

/** Whether a mailbox is called after somebody of this name: jane.doe@, jdoe@ of Jane Doe. */
export function isCalledAfter(localPart: string, given: string, family: string): boolean {
  const local = latinLetters(localPart).replace(/[^a-z]/g, '');
  const [first, last] = [given.replaceAll(' ', ''), family.replaceAll(' ', '')];
  if (first.length >= 3 && local.includes(first)) return true;
  // the family name alone is the mailbox of a family
  return first !== '' && last.length >= 2 && (local === `${first[0]}${last}` || local === `${last}${first[0]}`);
}
