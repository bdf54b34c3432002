import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decide } from '../../../shared/rules/matching/decide.ts';
import { matchingDefinitionSchema } from '../../../shared/rules/matching/definition.ts';
import { fingerprintText } from '../../../shared/rules/matching/fingerprint.ts';
import { lookupKey, matchesKey } from '../../../shared/rules/matching/identity.ts';
import { mergeValues } from '../../../shared/rules/matching/merge.ts';
import { toEmailPart } from '../../../shared/rules/normalise/email.ts';
import { toPhonePart } from '../../../shared/rules/normalise/phone.ts';

const strategy = (...attributes: Parameters<typeof of>) => of(...attributes);
function of(
  ...attributes: ('email' | 'phone' | 'familyName' | 'company' | 'captureSource' | 'externalId' | 'postalCode')[]
) {
  return matchingDefinitionSchema.parse({ attributes: attributes.map((attribute) => ({ attribute })) });
}
const email = (address: string, primary = false) =>
  [{ ...toEmailPart(address), primary }].flatMap((part) =>
    'address' in part ? [part as NonNullable<ReturnType<typeof toEmailPart>>] : [],
  );

describe('what a record is recognised by', () => {
  it('matches emails without case and in IDNA form', () => {
    const key = lookupKey(strategy('email'), { emails: email('J.Doe@Bücher.example') });
    expect(key && matchesKey(key, { emails: email('j.doe@xn--bcher-kva.EXAMPLE') })).toBe(true);
  });

  it('needs every attribute, and is blank where one is', () => {
    const both = strategy('familyName', 'company');
    expect(lookupKey(both, { familyName: 'O’Brien', company: ' ' })).toBeNull();
    const key = lookupKey(both, { familyName: 'O’Brien', company: 'Acme & Sons Ltd.' });
    expect(key && matchesKey(key, { familyName: "O'BRIEN", company: 'ACME and Sons' })).toBe(true);
    expect(key && matchesKey(key, { familyName: "O'BRIEN", company: null })).toBe(false);
  });

  it('never matches a value that is not valid, nor a fax', () => {
    expect(lookupKey(strategy('email'), { emails: email('ask me') })).toBeNull();
    const fax = toPhonePart('0475123456', 'BE', { kind: 'fax' });
    expect(lookupKey(strategy('phone'), { phones: fax ? [fax] : [] })).toBeNull();
  });

  it('looks people up by their primary address, so that a shared second one makes nobody the same', () => {
    const ann = { emails: [...email('info@x.example'), ...email('ann@x.example', true)] };
    expect(lookupKey(strategy('email'), ann)?.get('email')).toBe('ann@x.example');
  });

  it('takes an external id only together with its source', () => {
    const key = lookupKey(strategy('externalId'), { externalId: '7', externalSource: 'hubspot' });
    expect(key && matchesKey(key, { externalId: '7', externalSource: 'salesforce' })).toBe(false);
    expect(key && matchesKey(key, { externalId: '7', externalSource: 'hubspot' })).toBe(true);
  });
});

describe('the decision', () => {
  const plain = strategy('email');
  const older = { id: 1, updatedAtMs: 10 };
  const newer = { id: 2, updatedAtMs: 20 };

  it.each([
    [plain, null, { action: 'review', because: 'blankKey' }],
    [{ ...plain, onBlankKey: 'create' as const }, null, { action: 'create', because: 'blankKey' }],
    [{ ...plain, onBlankKey: 'skip' as const }, null, { action: 'skip', because: 'blankKey' }],
    [plain, [], { action: 'create', because: 'noMatch' }],
    [plain, [older], { action: 'update', id: 1 }],
    [plain, [older, newer], { action: 'review', because: 'severalMatches', candidates: [2, 1] }],
    [{ ...plain, onSeveralMatches: 'mostRecentlyUpdated' as const }, [older, newer], { action: 'update', id: 2 }],
  ])('follows the strategy', (definition, candidates, expected) => {
    expect(decide(definition, candidates)).toEqual(expected);
  });
});

describe('merging a hit', () => {
  const existing = { givenName: 'Ada', company: null, emails: email('ada@x.example', true), flaggedValues: [] };

  it('fills what is empty and overwrites nothing', () => {
    expect(mergeValues(existing, { givenName: 'Augusta', company: 'Engines' }, 'fillEmpty')).toEqual({
      company: 'Engines',
    });
  });

  it('overwrites with what is not blank where the strategy says so', () => {
    expect(mergeValues(existing, { givenName: 'Augusta', company: '' }, 'overwrite')).toEqual({ givenName: 'Augusta' });
    expect(mergeValues(existing, { givenName: 'Augusta', company: 'Engines' }, 'keep')).toEqual({});
  });

  it('adds addresses that are missing and keeps one primary', () => {
    const incoming = [...email('ADA@x.example'), ...email('ada@home.example', true)];
    const filled = mergeValues(existing, { emails: incoming }, 'fillEmpty').emails as {
      address: string;
      primary: boolean;
    }[];
    expect(filled.map((part) => [part.address, part.primary])).toEqual([
      ['ada@x.example', true],
      ['ada@home.example', false],
    ]);
    const over = mergeValues(existing, { emails: incoming }, 'overwrite').emails as typeof filled;
    expect(over.filter((part) => part.primary).map((part) => part.address)).toEqual(['ada@home.example']);
  });

  it('lets no impossible number join good ones', () => {
    const good = toPhonePart('0475123456', 'BE');
    const bad = toPhonePart('reception', 'BE');
    expect(mergeValues({ phones: [good] }, { phones: [bad] }, 'fillEmpty')).toEqual({});
    expect(mergeValues({ phones: [] }, { phones: [bad] }, 'fillEmpty')).toEqual({ phones: [bad] });
  });

  it('keeps what could not be read where the record might have taken it, and flags nothing that was put right', () => {
    const flaggedValues = ['allowBulkEmail', 'role', 'birthDate'].map((field) => ({ field, value: '?', reason: 'x' }));
    const known = { allowBulkEmail: true, role: 'champion', birthDate: null, flaggedValues: [] };
    const fieldsKept = (onHit: 'fillEmpty' | 'overwrite' | 'keep') =>
      (mergeValues(known, { flaggedValues }, onHit).flaggedValues as { field: string }[] | undefined)?.map(
        ({ field }) => field,
      );
    // an opt-out that nobody can read is never dropped
    expect(fieldsKept('fillEmpty')).toEqual(['allowBulkEmail', 'birthDate']);
    expect(fieldsKept('overwrite')).toEqual(['allowBulkEmail', 'role', 'birthDate']);
    expect(fieldsKept('keep')).toBeUndefined();
  });

  it('changes nothing when the same values come again', () => {
    const part = fc.record({
      givenName: fc.option(fc.string()),
      company: fc.option(fc.string()),
      emails: fc
        .array(fc.emailAddress(), { maxLength: 4 })
        .map((all) => all.flatMap((each, index) => email(each, index === 0))),
      answers: fc.array(
        fc.record({ questionId: fc.constantFrom('a', 'b'), question: fc.string(), value: fc.string() }),
        { maxLength: 3 },
      ),
    });
    fc.assert(
      fc.property(
        part,
        part,
        fc.constantFrom('fillEmpty' as const, 'overwrite' as const),
        (before, incoming, onHit) => {
          const after = { ...before, ...mergeValues(before, incoming, onHit) };
          expect(mergeValues(after, incoming, onHit)).toEqual({});
        },
      ),
    );
  });
});

describe('the fingerprint of a row', () => {
  it('does not depend on the order of columns, on case or on blanks', () => {
    expect(fingerprintText('contacts', ['Name', 'City'], [' Ann ', 'Ghent'])).toBe(
      fingerprintText('contacts', ['CITY', 'Note', 'name'], ['ghent', '', 'ann']),
    );
  });

  it('tells other values and other contexts apart', () => {
    const of = (scope: string, city: string) => fingerprintText(scope, ['Name', 'City'], ['Ann', city]);
    expect(new Set([of('leads|a', 'Ghent'), of('leads|b', 'Ghent'), of('leads|a', 'Bruges')]).size).toBe(3);
  });
});
