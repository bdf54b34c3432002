/**
 * Email addresses as evidence. A role mailbox (info, sales, office …; RFC 2142 and common usage) is a place, not a
 * person, and says nothing about who somebody is.
 *
 * Example: `mailboxOf('info@acme.example')` is a role; of jane@acme.example and jane@acme.test the local part is alike.
 */
import { emailKey } from '../normalise/email.ts';
import { latinLetters } from './latin.ts';
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
  const domain = key.slice(at + 1).replace('@googlemail.com', '@gmail.com');
  return { key: `${local}@${domain}`, local, domain, isRole: isRoleName(local) };
}

export const emailLevels = ['same', 'typo', 'sameLocalPart', 'alike', 'sameDomain', 'different'] as const;

export function compareMailboxes(a: Mailbox, b: Mailbox): 0 | 1 | 2 | 3 | 4 | 5 {
  if (a.key === b.key) return 0;
  const isLong = Math.min(a.local.length, b.local.length) >= 5;
  // firm14.example and firm24.example are two firms
  const isSlip = isLong && (a.domain === b.domain || a.domain.replace(/\D+/g, ' ') === b.domain.replace(/\D+/g, ' '));
  const edits = isSlip ? editDistance(a.key, b.key, 4) : 5;
  if (edits <= 2) return 1;
  if (a.local === b.local && a.local.length >= 4) return 2;
  if (edits <= 4) return 3;
  return a.domain === b.domain ? 4 : 5;
}

/** Whether the mailbox is called after somebody of this name: jane.doe@, jdoe@ of Jane Doe. */
export function isCalledAfter(mailbox: Mailbox, given: string, family: string): boolean {
  const local = latinLetters(mailbox.local).replace(/[^a-z]/g, '');
  const [first, last] = [given.replaceAll(' ', ''), family.replaceAll(' ', '')];
  if (first.length >= 3 && local.includes(first)) return true;
  // the family name alone is the mailbox of a family
  return first !== '' && last.length >= 2 && (local === `${first[0]}${last}` || local === `${last}${first[0]}`);
}
