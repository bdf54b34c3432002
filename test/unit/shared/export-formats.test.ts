import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entities, type ContactRecord, type EntityName, type EntityRecord } from '../../../shared/model/entities.ts';
import type { Field } from '../../../shared/model/field.ts';
import { csvAccount, csvContact, csvLead, neutralise, unneutralise } from '../../../shared/rules/formats/csv-export.ts';
import { dynamicsAccount, dynamicsContact, dynamicsLead } from '../../../shared/rules/formats/dynamics365-export.ts';
import {
  cellsOf,
  type ExportContext,
  type ExportEntity,
  type ExportTarget,
  issuesOf,
} from '../../../shared/rules/formats/export-target.ts';
import { hubspotContact } from '../../../shared/rules/formats/hubspot-export.ts';
import { salesforceLead } from '../../../shared/rules/formats/salesforce-export.ts';
import { folded, vcardOf } from '../../../shared/rules/formats/vcard-export.ts';

const alone: ExportContext = { contact: null, ownerEmail: null, productNames: new Map(), lifecycle: null };

/** A record with the initial values of its fields. */
function blank<E extends EntityName>(entity: E, values: Partial<EntityRecord<E>>): EntityRecord<E> {
  const fields = Object.entries(entities[entity].fields as Readonly<Record<string, Field>>);
  return {
    id: '01900000-0000-7000-8000-0000000000ff',
    label: 'Somebody',
    version: 1,
    createdAtMs: Date.UTC(2026, 0, 1),
    updatedAtMs: Date.UTC(2026, 0, 2),
    deletedAtMs: null,
    labels: {},
    ...Object.fromEntries(fields.map(([name, field]) => [name, field.initial ?? null])),
    ...values,
  } as EntityRecord<E>;
}

const email = (address: string, primary = false) => ({
  address,
  kind: 'work' as const,
  primary,
  optedOut: false,
  bounced: false,
  valid: true,
});
const phone = (kind: 'work' | 'mobile', number: string, e164: string | null = null) => ({
  number,
  e164,
  extension: null,
  kind,
  primary: false,
  doNotCall: false,
  valid: true,
});

function row<E extends ExportEntity>(target: ExportTarget<E>, record: EntityRecord<E>, context = alone) {
  const cells = cellsOf(target, record, context);
  return Object.fromEntries(target.columns.map(({ header }, index) => [header, cells[index]]));
}
const headers = (
  target: ExportTarget<never> | ExportTarget<'lead'> | ExportTarget<'contact'> | ExportTarget<'account'>,
) => target.columns.map(({ header }) => header);

describe('the Dynamics 365 lead', () => {
  it('has the columns of formats.md in their order', () => {
    expect(headers(dynamicsLead).join(', ')).toBe(
      'Topic, Salutation, First Name, Middle Name, Last Name, Job Title, Company Name, Email, Email Address 2, Business Phone, Mobile Phone, Home Phone, Other Phone, Fax, Website, Street 1, Street 2, Street 3, City, State/Province, ZIP/Postal Code, Country/Region, Industry, Annual Revenue, No. of Employees, SIC Code, Lead Source, Rating, Status Reason, Budget, Budget Amount, Need, Purchase Timeframe, Purchase Process, Decision Maker?, Qualification Comments, Description, Preferred Method of Contact, Do not allow Emails, Do not allow Bulk Emails, Do not allow Phone Calls, Do not allow Mails, Marketing Material, Source Campaign, Parent Contact for lead, Parent Account for lead, Sales ready, Sales accepted, Teleprospecting ready, Teleprospecting accepted, Purchase need, Recycled, Scores, Scoring grade, Originating Event',
    );
  });

  it('spells options as the program does', () => {
    const lead = blank('lead', {
      topic: 'Fair',
      familyName: 'Maes',
      company: 'Contoso',
      source: 'wordOfMouth',
      rating: 'hot',
      budgetStatus: 'noCommittedBudget',
      purchaseNeed: 'goodToHave',
      purchaseTimeFrame: 'nextQuarter',
      purchaseProcess: 'committee',
      decisionMaker: true,
      score: 42,
      grade: 'A',
    });
    expect(row(dynamicsLead, lead)).toMatchObject({
      'Lead Source': 'Word of Mouth',
      Rating: 'Hot',
      Budget: 'No Committed Budget',
      Need: 'Good to have',
      'Purchase need': 'Good to have',
      'Purchase Timeframe': 'Next Quarter',
      'Purchase Process': 'Committee',
      'Decision Maker?': 'Yes',
      Scores: '42',
      'Scoring grade': 'A',
      'Status Reason': 'New',
      'Do not allow Emails': '',
    });
  });

  it('is who its contact is, with what was captured where the contact says nothing', () => {
    const contact = blank('contact', {
      givenName: 'Eva',
      familyName: 'Maes',
      emails: [email('second@example.com'), email('first@example.com', true)],
      phones: [phone('mobile', '0475 12 34 56', '+32475123456')],
      allowBulkEmail: false,
      labels: { accountId: 'Contoso NV' },
    });
    const lead = blank('lead', { topic: 'Fair', familyName: 'Mas', jobTitle: 'CEO', company: 'contoso' });
    expect(row(dynamicsLead, lead, { ...alone, contact })).toMatchObject({
      'Last Name': 'Maes',
      'Job Title': 'CEO',
      'Company Name': 'Contoso NV',
      Email: 'first@example.com',
      'Email Address 2': 'second@example.com',
      'Mobile Phone': '+32475123456',
      'Do not allow Emails': 'Allow',
      'Do not allow Bulk Emails': 'Do Not Allow',
      'Marketing Material': 'Do Not Send',
    });
  });

  it('says what the program would refuse, and what it would cut', () => {
    const cells = cellsOf(dynamicsLead, blank('lead', { topic: 'Fair', familyName: 'x'.repeat(60) }), alone);
    expect(issuesOf(dynamicsLead, cells).map(({ field, level }) => [field, level])).toEqual([
      ['familyName', 'warning'],
      ['company', 'error'],
    ]);
  });
});

describe('the other targets', () => {
  it('have the columns of formats.md', () => {
    expect(headers(salesforceLead).join(', ')).toBe(
      'Salutation, First Name, Last Name, Company, Title, Email, Email Opt Out, Phone, Mobile Phone, Fax, Street, City, State, Postal Code, Country, Website, Industry, Annual Revenue, No. of Employees, Lead Source, Lead Status, Rating, Description',
    );
    expect(headers(hubspotContact).join(', ')).toBe(
      'First name, Last name, Email, Phone number, Mobile phone number, Job title, Company name, Website URL, City, State/Region, Country/Region, Zip code, Lifecycle stage, Lead status, Contact owner',
    );
    expect(headers(dynamicsAccount).slice(0, 2)).toEqual(['Account Name', 'Main Phone']);
    expect(headers(dynamicsContact)).toContain('Last Name');
  });

  it('have headers that need no quotes, each once', () => {
    for (const target of [
      dynamicsLead,
      dynamicsContact,
      dynamicsAccount,
      salesforceLead,
      hubspotContact,
      csvContact,
      csvAccount,
      csvLead,
    ]) {
      const names = headers(target);
      expect(names.filter((name) => /[",\r\n]/.test(name))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('tell Salesforce who opted out of email as 1 or 0', () => {
    const contact = blank('contact', { allowEmail: false });
    const lead = blank('lead', { topic: 'Fair' });
    expect(row(salesforceLead, lead, { ...alone, contact })['Email Opt Out']).toBe('1');
    expect(row(salesforceLead, lead)['Email Opt Out']).toBe('');
  });
});

describe('plain CSV', () => {
  it('carries every field that the model lets out', () => {
    for (const [entity, target] of [
      ['contact', csvContact],
      ['account', csvAccount],
      ['lead', csvLead],
    ] as const) {
      const carried = new Set<string>(target.columns.flatMap(({ field }) => field ?? []));
      const lists = new Set(['answers', 'productIds', 'flaggedValues', 'email', 'phone']);
      const fields = Object.entries(entities[entity].fields as Readonly<Record<string, Field>>);
      const wanted = fields.filter(([name, field]) => field.use.export && !lists.has(name)).map(([name]) => name);
      expect(wanted.filter((name) => !carried.has(name))).toEqual([]);
    }
  });

  it('neutralises what a spreadsheet could run, and nothing else', () => {
    for (const risky of [
      '=1+1',
      '+cmd|x',
      '-2+3+cmd',
      '@SUM(A1)',
      '\t=1',
      '\r=1',
      '+1+1',
      '=HYPERLINK("x")',
      '+32 475 ext. 5',
    ]) {
      expect(neutralise(risky)).toBe(`'${risky}`);
    }
    for (const harmless of [
      '+32 475 12 34 56',
      '+32475123456',
      '+1 (425) 555-0100',
      '-12.5',
      'a=b',
      "O'Brien",
      '',
      '5-1',
    ]) {
      expect(neutralise(harmless)).toBe(harmless);
    }
  });

  it('gives back exactly what was neutralised', () => {
    const cell = fc.string({ unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '1', 'a', ' ') });
    fc.assert(
      fc.property(cell, (text) => unneutralise(neutralise(text)) === text),
      { numRuns: 2000 },
    );
  });
});

describe('a vCard', () => {
  const contact: ContactRecord = blank('contact', {
    label: 'Eva Maes; CEO',
    givenName: 'Eva',
    familyName: 'Maes, de',
    jobTitle: 'CEO',
    company: 'Contoso; Brussels',
    birthDate: '1980-02-03',
    emails: [email('eva@example.com', true)],
    phones: [phone('mobile', '0475 12 34 56', '+32475123456')],
    addresses: [
      {
        kind: 'work',
        street: 'Kerkstraat 1',
        street2: 'bus 3',
        city: 'Gent',
        region: null,
        postalCode: '9000',
        country: 'BE',
      },
    ],
    description: 'Line one\nline, two \\ สมชาย',
  });

  it('is written as 3.0 and as 4.0', () => {
    expect(vcardOf(contact, '3.0').split('\r\n')).toEqual([
      'BEGIN:VCARD',
      'VERSION:3.0',
      'UID:urn:uuid:01900000-0000-7000-8000-0000000000ff',
      'FN:Eva Maes\\; CEO',
      'N:Maes\\, de;Eva;;;',
      'ORG:Contoso\\; Brussels',
      'TITLE:CEO',
      'EMAIL;TYPE=INTERNET;TYPE=WORK;TYPE=PREF:eva@example.com',
      'TEL;TYPE=CELL:+32475123456',
      'ADR;TYPE=WORK:;bus 3;Kerkstraat 1;Gent;;9000;BE',
      'BDAY:1980-02-03',
      'NOTE:Line one\\nline\\, two \\\\ สมชาย',
      'REV:2026-01-02T00:00:00Z',
      'END:VCARD',
      '',
    ]);
    const four = vcardOf(contact, '4.0');
    expect(four).toContain('VERSION:4.0\r\n');
    expect(four).toContain('TEL;TYPE=cell;VALUE=uri:tel:+32475123456\r\n');
    expect(four).toContain('EMAIL;TYPE=work;PREF=1:eva@example.com\r\n');
    expect(four).toContain('BDAY:19800203\r\n');
  });

  it('folds at 75 octets and never inside a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const clean = text.replace(/[\r\n]/g, '');
        const lines = folded(`NOTE:${clean}`).split('\r\n').slice(0, -1);
        expect(lines.every((line) => Buffer.byteLength(line) <= 75)).toBe(true);
        expect(lines.map((line, index) => (index === 0 ? line : line.slice(1))).join('')).toBe(`NOTE:${clean}`);
      }),
    );
  });
});
