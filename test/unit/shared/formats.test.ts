import { describe, expect, it } from 'vitest';
import { draftOf, type DraftSettings } from '../../../shared/rules/formats/draft.ts';
import { headerKey, headerSetKey } from '../../../shared/rules/formats/header.ts';
import { detectFormat, detectKind } from '../../../shared/rules/formats/known-formats.ts';
import { guessMapping } from '../../../shared/rules/formats/mapping.ts';
import {
  type ChoiceName,
  optionLabel,
  optionLabels,
  optionOfLabel,
} from '../../../shared/rules/formats/option-labels.ts';
import { guessOption } from '../../../shared/rules/formats/column-rules.ts';
import { rowMapper } from '../../../shared/rules/formats/row.ts';
import { asksOtherWay } from '../../../shared/rules/formats/yes-no.ts';
import { type Card, readCards, rowOfCard } from '../../../shared/rules/formats/vcard.ts';

const columns = (headers: string, rows: readonly string[] = []) =>
  headers.split(',').map((header, index) => ({ header, samples: rows.map((row) => row.split(',')[index] ?? '') }));

const mapped = (headers: string, kind: Parameters<typeof guessMapping>[1], rows: readonly string[] = []) => {
  const fields = guessMapping(columns(headers, rows), kind, detectFormat(headers.split(',')));
  return Object.fromEntries(
    headers.split(',').flatMap((header, index) => (fields[index] === 'ignore' ? [] : [[header, fields[index]]])),
  );
};

describe('known formats', () => {
  it.each([
    ['Order #,Order Date,First Name,Email,Ticket Type,Attendee #', 'eventbrite', 'registrations'],
    ['Attendee #,Date,Last Name,First Name,Email,QTY', 'eventbrite', 'registrations'],
    ['Email Address,First Name,MEMBER_RATING,LEID', 'mailchimp', 'contacts'],
    ['First Name,E-mail 1 - Label,E-mail 1 - Value', 'google', 'contacts'],
    ['Topic,Last Name,Company Name,Status Reason', 'dynamics365', 'leads'],
    ['Full Name,Email,Address 1: City', 'dynamics365', 'contacts'],
    ['Last Name,Company,Lead Status,Email Opt Out', 'salesforce', 'leads'],
    ['First name,Email,Lifecycle stage', 'hubspot', 'contacts'],
    ['E-mail Address,E-mail 2 Address', 'outlook', 'contacts'],
    ['Lead ID,Form Name,Campaign Name,First Name,Email', 'linkedin', 'leads'],
    ['First Name,Last Name,Company,Deal Stage,Lead Owner', 'csv', 'leads'],
    ['Name,Industry,Number of employees', 'csv', 'accounts'],
    ['first_name,last_name,email', 'csv', 'contacts'],
  ])('takes %s for %s with %s', (headers, format, kind) => {
    expect(detectFormat(headers.split(','))).toBe(format);
    expect(detectKind(detectFormat(headers.split(',')), headers.split(','))).toBe(kind);
  });

  it('compares headers without case, spaces and punctuation', () => {
    expect(headerKey(' E-Mail_Address: ')).toBe('emailaddress');
    expect(headerSetKey(['B', 'a '])).toBe(headerSetKey(['A', 'b', '']));
  });
});

describe('the guessed mapping', () => {
  it('maps names, several emails and phones, and one address', () => {
    expect(
      mapped('first_name,last_name,company_name,address,county,postal,phone1,phone2,email,web', 'contacts'),
    ).toEqual({
      first_name: 'givenName',
      last_name: 'familyName',
      company_name: 'company',
      address: 'street',
      county: 'region',
      postal: 'postalCode',
      phone1: 'phone',
      phone2: 'phone2',
      email: 'email',
      web: 'website',
    });
  });

  it('takes the fuller of two addresses and mixes none', () => {
    const headers = 'Last Name,Home City,Home Country,Work City,Work Street';
    expect(mapped(headers, 'contacts', ['Doe,Ghent,BE,,'])).toMatchObject({
      'Home City': 'city',
      'Home Country': 'country',
    });
    expect(mapped(headers, 'contacts', ['Doe,,,Ghent,Main St'])).toEqual({
      'Last Name': 'familyName',
      'Work City': 'city',
      'Work Street': 'street',
    });
  });

  it('does not take an account’s id or the record’s own name for the person’s', () => {
    expect(mapped('Account Id,Name,First Name,Last Name', 'leads')).toEqual({
      'First Name': 'givenName',
      'Last Name': 'familyName',
    });
    expect(mapped('Name,Email', 'contacts')).toEqual({ Name: 'fullName', Email: 'email' });
  });

  it('takes a column without a name whose cells are numbers with a country code for phones', () => {
    expect(mapped('Column 1,Column 2,Column 3', 'contacts', ['Ann,+32475123456,12345678', 'Bo,0032 475 12,9'])).toEqual(
      {
        'Column 1': 'fullName',
        'Column 2': 'phone',
      },
    );
  });

  it('reads headerless columns by their values', () => {
    const rows = ['John Doe,John,Doe,john@doe.example', 'Jane Roe,Jane,Roe,jane@roe.example'];
    expect(mapped('Column 1,Column 2,Column 3,Column 4', 'contacts', rows)).toEqual({
      'Column 2': 'givenName',
      'Column 3': 'familyName',
      'Column 4': 'email',
    });
  });
});

const settings: DraftSettings = {
  kind: 'contacts',
  region: 'BE',
  dateOrders: { birthDate: 'dmy' },
  decimalSign: 'point',
  latestYear: 2026,
  timeZone: 'UTC',
};

describe('a row becomes a draft', () => {
  it('keeps values that cannot be read, flagged, beside those that can', () => {
    const { values, flagged } = draftOf(
      {
        fullName: 'Dr. Ada van der Berg',
        email: 'call me; ada@x.example',
        phone: 'x',
        birthDate: 'circa 1815',
        role: 'boss',
        country: 'Belgium',
      },
      settings,
    );
    expect(values).toMatchObject({
      salutation: 'Dr.',
      givenName: 'Ada',
      familyName: 'van der Berg',
      addresses: [{ country: 'BE' }],
    });
    expect(values.birthDate).toBeUndefined();
    expect(flagged.map((flag) => flag.field).toSorted()).toEqual(['birthDate', 'email', 'phone', 'role']);
  });

  it('reads numbers in the country of the row', () => {
    const { values } = draftOf({ familyName: 'X', phone: '01835-703597', country: 'United Kingdom' }, settings);
    expect(values.phones).toMatchObject([{ e164: '+441835703597', primary: true }]);
  });

  it('cuts what is too long and keeps it whole among the flagged values', () => {
    const { values, flagged } = draftOf({ familyName: 'x'.repeat(500) }, settings);
    expect(values.familyName).toHaveLength(200);
    expect(flagged).toEqual([{ field: 'familyName', value: 'x'.repeat(500), reason: 'tooLong' }]);
  });

  it('keeps a source in the file’s own words beside the choice it comes nearest to', () => {
    const lead = { ...settings, kind: 'leads' as const };
    expect(draftOf({ familyName: 'X', source: 'Google Ads' }, lead).values).toMatchObject({
      source: 'advertisement',
      sourceDetail: 'Google Ads',
    });
    expect(draftOf({ familyName: 'X', source: 'Grapevine' }, lead).values).toMatchObject({ sourceDetail: 'Grapevine' });
  });

  it('turns "do not allow" columns round, and takes a neutralised formula for what it was', () => {
    const map = rowMapper(
      ['Last Name', 'Do not allow Emails', 'Email Opt Out', 'Notes'],
      ['familyName', 'allowEmail', 'allowBulkEmail', 'description'],
    );
    expect(map(["'=HYPERLINK(1)", 'Yes', 'Do Not Allow', 'a\u0000b'])).toEqual({
      familyName: '=HYPERLINK(1)',
      allowEmail: 'no',
      allowBulkEmail: 'Do Not Allow',
      description: 'ab',
    });
  });
});

it('takes a column that has the name of another for more of the same, not for what the number would mean', () => {
  const columns = ['Name', 'Email', 'Email (2)', 'Name (2)', 'Tags', 'Tags (2)'].map((header) => ({
    header,
    samples: ['x'],
  }));
  expect(guessMapping(columns, 'contacts', 'csv')).toEqual(['fullName', 'email', 'email2', 'ignore', 'tags', 'tags']);
});

describe('values of yes and no', () => {
  it.each([
    ['Email Opt Out', 'allowBulkEmail', 'Y', 'no'],
    ['Email Opt Out', 'allowBulkEmail', 'Do not allow', 'no'],
    ['Allow emails', 'allowEmail', 'Y', 'yes'],
    ['Do not use', 'marketingOnly', '✓', 'yes'],
    ['Allow emails', 'allowEmail', 'akkoord', null],
  ] as const)('of a column “%s” that fills %s: %s is found to be %s', (header, field, value, found) => {
    expect(guessOption(field, null, value, asksOtherWay(field, header))).toBe(found);
  });
});

describe('option labels', () => {
  it('read back what they write, for every option', () => {
    for (const name of Object.keys(optionLabels) as ChoiceName[]) {
      for (const option of optionLabels[name].options)
        expect(optionOfLabel(name, optionLabel(name, option))).toBe(option);
    }
  });
});

async function cardsOf(text: string): Promise<Card[]> {
  const bytes = Buffer.from(text).toString('latin1');
  const decode = (raw: string, charset: string | null) =>
    new TextDecoder(charset ?? 'utf-8').decode(Buffer.from(raw, 'latin1'));
  const cards: Card[] = [];
  for await (const card of readCards(bytes.split(/\r\n|\n/), decode)) cards.push(card);
  return cards;
}

describe('vCards', () => {
  it('reads 2.1 with quoted-printable, soft breaks, bare parameters and a character set', async () => {
    const [card] = await cardsOf(
      [
        'BEGIN:VCARD',
        'VERSION:2.1',
        'N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;Dr.;',
        'TEL;CELL;PREF:0475 12 34 56',
        'TEL;WORK;FAX:02 555 00 00',
        'NOTE;ENCODING=QUOTED-PRINTABLE:two=0D=0Alines and a =',
        'soft break',
        'END:VCARD',
      ].join('\r\n'),
    );
    expect(card && rowOfCard(card)).toEqual({
      salutation: 'Dr.',
      givenName: 'Jörg',
      familyName: 'Müller',
      mobilePhone: '0475 12 34 56',
      fax: '02 555 00 00',
      description: 'two\r\nlines and a soft break',
    });
  });

  it('reads 3.0 and 4.0 with folding inside a character, groups, escapes and tel: URIs', async () => {
    const cards = await cardsOf(
      'BEGIN:VCARD\nVERSION:3.0\nN:Ruiz;José;;;\nitem1.EMAIL;type=INTERNET;type=pref:jose@x.example\nEMAIL:second@x.example\nORG:Acme\\, Inc.;Sales\nADR;TYPE=work:;;Main St 1;Ghent;;9000;Belgium\nEND:VCARD\n' +
        'BEGIN:VCARD\nVERSION:4.0\nFN:王芳\nTEL;VALUE=uri;TYPE="work,voice":tel:+1-418-656-9254;ext=102\nBDAY:19800322\nUID:urn:uuid:1\nEND:VCARD\n',
    );
    expect(cards.map(rowOfCard)).toEqual([
      {
        company: 'Acme, Inc.',
        givenName: 'José',
        familyName: 'Ruiz',
        email: 'jose@x.example',
        email2: 'second@x.example',
        street: 'Main St 1',
        city: 'Ghent',
        postalCode: '9000',
        country: 'Belgium',
      },
      { fullName: '王芳', phone: '+1-418-656-9254 ext. 102', birthDate: '19800322', externalId: '1' },
    ]);
  });

  it('puts a line together that was folded in the middle of a character', async () => {
    const bytes = Buffer.from('BEGIN:VCARD\nFN:José\nEND:VCARD')
      .toString('latin1')
      .replace('\u00c3\u00a9', '\u00c3\n \u00a9');
    const decode = (raw: string) => Buffer.from(raw, 'latin1').toString('utf8');
    const cards: Card[] = [];
    for await (const card of readCards(bytes.split('\n'), decode)) cards.push(card);
    expect(cards.map(rowOfCard)).toEqual([{ fullName: 'José' }]);
  });

  it('reports a card without an end, with its line', async () => {
    const cards = await cardsOf('BEGIN:VCARD\nFN:One\nBEGIN:VCARD\nFN:Two\nEND:VCARD\nBEGIN:VCARD\nFN:Three');
    expect(cards.map(({ line, complete }) => [line, complete])).toEqual([
      [1, false],
      [3, true],
      [6, false],
    ]);
  });
});
