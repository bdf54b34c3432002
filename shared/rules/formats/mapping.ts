/**
 * Which column fills what: guessed from the headers, then from the values (formats.md). The user may change every
 * guess; what was changed is remembered for the set of headers.
 *
 * Example: `Deal Stage` fills nothing, `Email 2` fills `email2`, and a column without a header whose cells all hold an
 * `@` fills `email`.
 */
import { happeningFields, type ImportField } from '../../contract/import-fields.ts';
import type { ImportFormat, ImportKind } from '../../contract/imports.ts';
import { entities } from '../../model/entities.ts';
import { emailKey, splitEmails } from '../normalise/email.ts';
import { headerKey } from './header.ts';

/** Header names beyond those that the model gives its fields (`importNames`), as keys. */
const names: Partial<Readonly<Record<ImportField, string>>> = {
  externalId:
    'externalid contactid customerid userid leadid accountid organizationid attendee recordid hsobjectid uid leid interactionid activityid checkinid',
  salutation: 'salutation nameprefix prefix honorific courtesytitle',
  givenName: 'firstname givenname forename first fname vorname prenom voornaam nombre fornavn',
  middleName: 'middlename additionalname middle middleinitial',
  familyName: 'lastname familyname surname last lname nachname nom achternaam apellido etternavn name2',
  fullName: 'fullname displayname contactname personname attendeename',
  nickname: 'nickname nick',
  company:
    'companyname company organization organizationname organisation organisationname employer firma bedrijf organization1name firm entreprise societe',
  accountName: 'accountname account parentaccount relatedcompany parentcompany',
  jobTitle:
    'jobtitle title position organizationtitle occupation jobfunction function funktion functie organization1title',
  role: 'role buyingrole contactrole',
  email:
    'email emailaddress mail primaryemail email1 email1value emailaddress1 workemail businessemail useremail emails email1address contactemail emailadresse',
  email2:
    'email2 secondaryemail emailaddress2 email2value email3 email3value email4value email2address email3address secondemail personalemail alternateemail otheremail homeemail emailaddress3',
  phone:
    'phone phone1 phonenumber telephone telephonenumber tel businessphone workphone mainphone primaryphone companyphone companymainphone phone1value officephone directphone phones telefon telefoon telephone1 workphonenumber',
  phone2:
    'phone2 businessphone2 phone2value phone3value phone4value phone5value phone6value phone7value phone3 alternatephone telephone2',
  mobilePhone: 'mobile mobilephone cell cellphone mobilenumber mobilephonenumber gsm handy mobiel cellular',
  homePhone: 'homephone homephone2 homephonenumber privatephone',
  otherPhone: 'otherphone assistantphone carphone radiophone',
  fax: 'fax businessfax workfax faxnumber homefax otherfax',
  website:
    'website web url webpage websiteurl webpage1 website1value homepage site companywebsite businesswebpage personalwebpage',
  birthDate: 'birthdate birthday dateofbirth dob geburtsdatum geboortedatum bday',
  description: 'description notes note comments comment remarks memo',
  tags: 'tags tag labels label categories keywords',
  topic: 'topic subject interest',
  source: 'leadsource source',
  rating: 'rating leadrating',
  industry: 'industry companyindustry sector branche',
  employees: 'noofemployees numberofemployees employees numemp companysize employeecount',
  annualRevenue: 'annualrevenue revenue turnover',
  budgetAmount: 'budgetamount',
  budgetStatus: 'budget budgetstatus',
  purchaseNeed: 'need purchaseneed',
  purchaseTimeFrame: 'purchasetimeframe timeframe',
  purchaseProcess: 'purchaseprocess',
  decisionMaker: 'decisionmaker',
  qualificationComments: 'qualificationcomments',
  allowEmail: 'donotallowemails donotemail allowemails allowemail',
  allowBulkEmail:
    'donotallowbulkemails emailoptout donotbulkemail allowbulkemails allowbulkemail unsubscribedfromallemail optout',
  allowPhone: 'donotallowphonecalls donotcall allowphonecalls allowphone donotphone',
  allowPost: 'donotallowmails donotpostalmail allowmails allowpost allowpostalmail',
  allowPrefill: 'allowprefill',
  followEmail: 'followemail followemailactivity',
  preferredMethod: 'preferredmethod preferredmethodofcontact contactmethod preferredcontactmethod',
  preferredLanguage: 'preferredlanguage language sprache taal lang',
  preferredFrom: 'preferredfrom',
  preferredTo: 'preferredto',
  marketingOnly: 'marketingonly',
  consentLevel: 'consentlevel',
  child: 'child ischild',
  guardian: 'guardian parentorguardian',
  owner: 'owner contactowner leadowner accountowner',
  event: 'event sourceevent',
  campaign: 'campaign sourcecampaign',
  form: 'form sourceform',
  products: 'products product',
  sourceDetail: 'sourcedetail',
  minimumCriteriaMet: 'minimumcriteriamet',
  contact: 'contact parentcontact parentcontactforlead',
  accountKind: 'relationshiptype accountkind accounttype',
  currency: 'currency',
  timeZone: 'timezone tz',
  session: 'session sessionname sessiontitle track',
  checkedInAt: 'checkin checkedin checkedinat checkintime checkindate intime scannedat timein',
  checkedOutAt: 'checkout checkedout checkedoutat checkouttime outtime timeout',
  interactionKind: 'interaction interactionkind interactiontype activity activitytype eventtype kind',
  occurredAt: 'occurredat occurredon happenedat timestamp activitydate interactiondate datetime',
  subject: 'emailsubject page pageurl formname campaignsubject',
  detail: 'detail details',
  registrationStatus: 'attendeestatus registrationstatus',
  ticketType: 'tickettype ticketname ticket',
  subscriptionStatus:
    'subscriptionstatus memberstatus emailmarketingstatus marketingstatus subscribed optedin optin subscriberstatus',
  subscribedAt: 'optintime optindate subscribedat subscribedon subscribedate subscriptiondate datesubscribed joinedat',
  unsubscribedAt:
    'unsubscribed unsubtime unsubdate unsubscribedat unsubscribedon unsubscribedate optouttime optoutdate',
  registeredAt: 'orderdate registrationdate registeredat registrationtime registeredon',
};

const fieldByHeader: ReadonlyMap<string, ImportField> = new Map(
  Object.entries(names).flatMap(([field, keys]) => keys.split(' ').map((key) => [key, field as ImportField] as const)),
);

/** Columns whose yes means no: "Do not allow Emails", "Email Opt Out". */
const negatedHeaders = /^(?:donot|emailoptout|optout|unsubscribed)/;
export const isNegated = (header: string): boolean => negatedHeaders.test(headerKey(header));

// Which fields a kind can hold; a column for anything else is left out.
const personFields =
  'externalId salutation givenName middleName familyName fullName nickname company accountName jobTitle role email email2 phone phone2 mobilePhone homePhone otherPhone fax website birthDate streetNumber street street2 city region postalCode country description tags allowEmail allowBulkEmail allowPhone allowPost allowPrefill followEmail preferredMethod preferredLanguage preferredFrom preferredTo timeZone marketingOnly consentLevel child guardian owner event campaign form sourceDetail';
const fieldsOfKind: Readonly<Record<ImportKind, ReadonlySet<string>>> = {
  contacts: new Set(`ignore ${personFields}`.split(' ')),
  leads: new Set(
    `ignore externalId salutation givenName middleName familyName fullName company accountName jobTitle email email2 phone phone2 mobilePhone homePhone otherPhone fax website streetNumber street street2 city region postalCode country description tags topic source rating industry budgetAmount budgetStatus purchaseNeed purchaseTimeFrame purchaseProcess decisionMaker qualificationComments owner event campaign form products sourceDetail minimumCriteriaMet contact`.split(
      ' ',
    ),
  ),
  accounts: new Set(
    'ignore externalId accountName accountKind parentAccount currency owner website phone phone2 mobilePhone homePhone otherPhone fax industry employees annualRevenue description streetNumber street street2 city region postalCode country tags'.split(
      ' ',
    ),
  ),
  registrations: new Set(`ignore ${personFields} registrationStatus ticketType registeredAt`.split(' ')),
  checkins: new Set([...`ignore ${personFields}`.split(' '), ...happeningFields.checkins]),
  interactions: new Set([...`ignore ${personFields}`.split(' '), ...happeningFields.interactions]),
  members: new Set([...`ignore ${personFields}`.split(' '), ...happeningFields.members]),
};

export const fitsKind = (kind: ImportKind, field: ImportField): boolean => fieldsOfKind[kind].has(field);

type AddressPart = 'streetNumber' | 'street' | 'street2' | 'city' | 'region' | 'postalCode' | 'country';
const addressParts: readonly (readonly [RegExp, AddressPart])[] = [
  [/^(?:streetnumber|housenumber|streetno|hausnummer|huisnummer)$/, 'streetNumber'],
  [/^(?:street[23]|address(?:line)?[23]|streetaddress2|extendedaddress|addressline2)$/, 'street2'],
  [/^(?:street1?|address1?|addressline1|streetaddress|strasse|straat|adresse|addr|formattedaddress)$/, 'street'],
  [/^(?:city|town|suburb|locality|ort|plaats|stad|ville|by)$/, 'city'],
  [/^(?:state|stateprovince|province|region|county|stateregion|provincie)$/, 'region'],
  [/^(?:zip|zipcode|postal|postalcode|postcode|zippostalcode|plz)$/, 'postalCode'],
  [/^(?:country|countryregion|land|pays|countryname)$/, 'country'],
];
/** Groups of address columns, best first: a record takes one. */
const addressGroups = [
  '',
  'work',
  'business',
  'mailing',
  'billing',
  'company',
  'address1',
  'contact',
  'home',
  'primary',
  'shipping',
  'other',
  'address2',
];

function addressColumn(key: string): { group: string; part: AddressPart } | null {
  for (const group of addressGroups.toSorted((a, b) => b.length - a.length)) {
    if (!key.startsWith(group)) continue;
    const rest = key.slice(group.length);
    const part = addressParts.find(([pattern]) => pattern.test(rest))?.[1];
    if (part !== undefined) return { group, part };
  }
  return null;
}

export type MappingColumn = { readonly header: string; readonly samples: readonly string[] };

const filled = (column: MappingColumn): readonly string[] => column.samples.filter((sample) => sample.trim() !== '');

/** Takes the columns of one address group only, the fullest, so that no address is mixed from two. */
function mapAddress(columns: readonly MappingColumn[], fields: ImportField[], byKey: readonly string[]): void {
  const groups = new Map<string, { index: number; part: AddressPart }[]>();
  byKey.forEach((key, index) => {
    const found = fields[index] === 'ignore' ? addressColumn(key) : null;
    if (found === null) return;
    const list = groups.get(found.group) ?? [];
    if (found.part === 'street2' || !list.some((each) => each.part === found.part)) {
      list.push({ index, part: found.part });
    }
    groups.set(found.group, list);
  });
  let best: { index: number; part: AddressPart }[] = [];
  let bestScore = -1;
  for (const group of addressGroups) {
    const list = groups.get(group);
    if (!list) continue;
    const score = list.reduce(
      (sum, { index }) => sum + (filled(columns[index] ?? { header: '', samples: [] }).length > 0 ? 1 : 0),
      0,
    );
    if (score > bestScore) {
      best = list;
      bestScore = score;
    }
  }
  for (const { index, part } of best) fields[index] = part;
}

/** Google says in a column beside what kind of number each is. */
function labelled(columns: readonly MappingColumn[], index: number, key: string): ImportField | null {
  if (!/^phone\d+value$/.test(key)) return null;
  const before = columns[index - 1];
  if (before === undefined || !/^phone\d+(?:type|label)$/.test(headerKey(before.header))) return null;
  const labels = filled(before).map((label) => label.toLowerCase());
  if (labels.length === 0) return null;
  if (labels.every((label) => label.includes('fax'))) return 'fax';
  if (labels.every((label) => label.includes('pager'))) return 'ignore';
  if (labels.every((label) => /mobile|cell/.test(label))) return 'mobilePhone';
  if (labels.every((label) => label.includes('home'))) return 'homePhone';
  return null;
}

const modelNames = (kind: ImportKind): ReadonlyMap<string, ImportField> => {
  const entity = {
    contacts: 'contact',
    leads: 'lead',
    accounts: 'account',
    registrations: 'contact',
    checkins: 'contact',
    interactions: 'contact',
    members: 'contact',
  } as const;
  const map = new Map<string, ImportField>();
  for (const [field, { importNames }] of Object.entries(entities[entity[kind]].fields)) {
    for (const name of importNames) {
      const target = kind === 'accounts' && field === 'name' ? 'accountName' : field;
      if (fitsKind(kind, target as ImportField)) map.set(headerKey(name), target as ImportField);
    }
  }
  return map;
};

/** Fields that several columns may fill together. */
const repeatable = new Set<ImportField>([
  'ignore',
  'email2',
  'phone2',
  'mobilePhone',
  'homePhone',
  'otherPhone',
  'fax',
  'street2',
  'description',
  'tags',
]);

/** What a second column for the same thing fills instead. */
const overflow: Partial<Readonly<Record<ImportField, ImportField>>> = { email: 'email2', phone: 'phone2' };

/** A header that stands in a file twice is called "Name (2)" here: what it means is what "Name" means. */
function firstNamed(header: string, byKey: readonly string[]): string | null {
  const key = headerKey(/^(.*\S) \(\d+\)$/.exec(header)?.[1] ?? '');
  return key !== '' && byKey.includes(key) && addressColumn(key) === null ? key : null;
}

export function guessMapping(
  columns: readonly MappingColumn[],
  kind: ImportKind,
  format: ImportFormat,
): readonly ImportField[] {
  const byKey = columns.map((column) => headerKey(column.header));
  const names = columns.map(({ header }, index) => firstNamed(header, byKey) ?? byKey[index] ?? '');
  const fromModel = modelNames(kind);
  const taken = new Set<ImportField>();
  const take = (field: ImportField): ImportField => {
    if (!fitsKind(kind, field)) return 'ignore';
    if (repeatable.has(field) || !taken.has(field)) {
      taken.add(field);
      return field;
    }
    return overflow[field] ?? 'ignore';
  };
  const named = names.some((key) => ['givenName', 'familyName'].includes(fieldByHeader.get(key) ?? ''));
  const fieldOf = (key: string, index: number): ImportField => {
    if (key === '') return 'ignore';
    if (kind === 'accounts' && ['name', 'company', 'companyname', 'organization', 'organizationname'].includes(key)) {
      return take('accountName');
    }
    if (kind === 'accounts' && ['parentaccount', 'parentcompany', 'parentaccountname'].includes(key)) {
      return take('parentAccount');
    }
    if (kind === 'accounts' && key === 'kind') return take('accountKind');
    if (kind === 'members' && key === 'status') return take('subscriptionStatus');
    // "Name" beside first and last name is how the record is called, not a further name
    if (['name', 'fullname', 'displayname'].includes(key)) return named ? 'ignore' : take('fullName');
    if (key === 'id' && ['salesforce', 'dynamics365', 'hubspot'].includes(format)) return take('externalId');
    // an account's id in a file of people is not the person's
    if (key === 'accountid' && kind !== 'accounts') return 'ignore';
    // year, month and day apart
    if (key === 'birthday' && byKey.includes('birthyear')) return 'ignore';
    // "Title" beside a job title, or filled with Mr and Ms, is how the person is addressed
    if (key === 'title' && (byKey.includes('jobtitle') || looksLikeSalutations(columns[index]))) {
      return take('salutation');
    }
    const special = labelled(columns, index, key);
    if (special !== null) return take(special);
    return take(fieldByHeader.get(key) ?? fromModel.get(key) ?? 'ignore');
  };
  // of two columns for one thing the one that holds something has it
  const fields: ImportField[] = byKey.map(() => 'ignore');
  const hasValues = columns.map((column) => filled(column).length > 0);
  for (const wanted of [true, false]) {
    names.forEach((key, index) => {
      if (hasValues[index] === wanted) fields[index] = fieldOf(key, index);
    });
  }
  mapAddress(columns, fields, byKey);
  for (let index = 0; index < fields.length; index += 1) {
    if (!fitsKind(kind, fields[index] ?? 'ignore')) fields[index] = 'ignore';
  }
  guessFromValues(columns, byKey, fields, kind);
  return fields;
}

const looksLikeSalutations = (column: MappingColumn | undefined): boolean => {
  const values = column ? filled(column) : [];
  return values.length > 0 && values.every((value) => /^(?:mr|mrs|ms|miss|mx|dr|prof)\.?$/i.test(value.trim()));
};

/** Columns that no header explains: addresses by their @, names by being parts of another column. */
function guessFromValues(
  columns: readonly MappingColumn[],
  byKey: readonly string[],
  fields: ImportField[],
  kind: ImportKind,
): void {
  if (kind === 'accounts') return;
  columns.forEach((column, index) => {
    if (fields[index] !== 'ignore' || /status|date|time|type|label|owner/.test(byKey[index] ?? '')) return;
    const values = filled(column);
    if (values.length === 0) return;
    if (values.every((value) => splitEmails(value).every((each) => emailKey(each) !== null))) {
      fields[index] = fields.includes('email') ? 'email2' : 'email';
    }
  });
  const anonymous = byKey.every((key) => /^(?:column\d+)?$/.test(key));
  if (!anonymous) return;
  guessNames(columns, fields);
  columns.forEach((column, index) => {
    if (fields[index] !== 'ignore' || !looksLikePhones(filled(column))) return;
    fields[index] = fields.includes('phone') ? 'phone2' : 'phone';
  });
}

/** Written with a country code, so that no other number is taken for one. */
const looksLikePhones = (values: readonly string[]): boolean =>
  values.length > 0 && values.every((value) => /^\s*(?:\+|00)[1-9][\d ()./-]{6,20}$/.test(value));

/** A file without headers: "John Doe", "John", "Doe" side by side are full, given and family name. */
function guessNames(columns: readonly MappingColumn[], fields: ImportField[]): void {
  const wordy = columns.flatMap((column, index) => {
    const values = filled(column);
    const names = values.length > 0 && values.every((value) => /^[\p{L}\p{M}][\p{L}\p{M}'’.\- ]*$/u.test(value.trim()));
    return fields[index] === 'ignore' && names ? [{ index, values }] : [];
  });
  for (const whole of wordy) {
    for (const given of wordy) {
      for (const family of wordy) {
        if (whole === given || whole === family || given === family) continue;
        if (whole.values.every((value, row) => value === `${given.values[row]} ${family.values[row]}`)) {
          fields[given.index] = 'givenName';
          fields[family.index] = 'familyName';
          return;
        }
      }
    }
  }
  const [first, second] = wordy;
  if (first && first.values.every((value) => value.trim().includes(' '))) fields[first.index] = 'fullName';
  else if (first && second) {
    fields[first.index] = 'givenName';
    fields[second.index] = 'familyName';
  } else if (first) fields[first.index] = 'fullName';
}

/** True for a name that some program gives a column, so that it can tell a header from data. */
export const isKnownHeader = (header: string): boolean => {
  const key = headerKey(header);
  return key !== '' && (fieldByHeader.has(key) || key === 'name' || key === 'id' || addressColumn(key) !== null);
};
