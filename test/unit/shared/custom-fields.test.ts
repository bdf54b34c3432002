import { describe, expect, it } from 'vitest';
import { entities } from '../../../shared/model/entities.ts';
import { checkedLink, customFieldName, customFieldOf, isCustomFieldName } from '../../../shared/model/custom-field.ts';
import { recordSchema, writableSchema } from '../../../shared/model/field.ts';
import { convertValue } from '../../../shared/rules/custom-fields/convert.ts';
import { registryWith } from '../../../shared/rules/custom-fields/fields.ts';
import { describe as inWords } from '../../../shared/rules/segment/describe.ts';
import type { Query } from '../../../shared/rules/segment/schema.ts';
import { validate } from '../../../shared/rules/segment/validate.ts';

const id = '0190a1b2-0000-7000-8000-8f3a5b7c9d1e';
const name = customFieldName(id);
const definition = {
  id,
  name: 'Badge colour',
  entity: 'contact',
  kind: 'choice',
  options: ['Red', 'Deep blue'],
  help: null,
  position: null,
} as const;

describe('custom fields in the contract', () => {
  it('are named after the end of their id', () => {
    expect(name).toBe('x_8f3a5b7c9d1e');
    expect(isCustomFieldName(name)).toBe(true);
    expect(isCustomFieldName('x_short')).toBe(false);
  });

  it('pass through the values of the records that may have them, and no other unknown name does', () => {
    const writable = writableSchema(entities.contact);
    expect(writable.safeParse({ givenName: 'Ann', [name]: 'Red' }).data).toEqual({ givenName: 'Ann', [name]: 'Red' });
    expect(writable.safeParse({ givenName: 'Ann', shoeSize: 44 }).error?.issues[0]).toMatchObject({
      code: 'unrecognized_keys',
      keys: ['shoeSize'],
    });
    expect(writable.safeParse({ [name]: { a: 1 } }).success).toBe(false);
    expect(writableSchema(entities.opportunity).safeParse({ [name]: 'Red' }).success).toBe(false);
  });

  it('stay in the records that calls answer', () => {
    const schema = recordSchema(entities.event);
    const blank = Object.fromEntries(Object.keys(entities.event.fields).map((each) => [each, null]));
    const record = { ...blank, id, label: 'Fair', version: 1, createdAtMs: 0, updatedAtMs: 0, deletedAtMs: null };
    const parsed = schema.safeParse({ ...record, name: 'Fair', labels: {}, [name]: ['a'] });
    expect(parsed.error?.issues ?? []).toEqual([]);
    expect(parsed.data).toMatchObject({ [name]: ['a'] });
  });
});

describe('the values of a custom field', () => {
  const parse = (kind: Parameters<typeof customFieldOf>[0]['kind'], value: unknown, options: string[] = []) =>
    customFieldOf({ name: 'F', kind, options }).schema.safeParse(value);

  it.each([
    ['text', '  a\u0007b ', 'ab'],
    ['text', '   ', null],
    ['number', 4.5, 4.5],
    ['date', '2026-02-28', '2026-02-28'],
    ['yesNo', false, false],
    ['link', 'www.example.org/fair', 'https://www.example.org/fair'],
    ['link', 'mailto:a@example.org', 'mailto:a@example.org'],
    ['choice', 'Red', 'Red'],
    ['choice', '', null],
    ['multiChoice', ['Blue', 'Red', 'Blue'], ['Red', 'Blue']],
    ['multiChoice', [], null],
  ] as const)('of kind %s: %j is kept as %j', (kind, value, kept) => {
    expect(parse(kind, value, ['Red', 'Blue']).data).toEqual(kept);
  });

  it.each([
    ['number', 'four'],
    ['number', Number.POSITIVE_INFINITY],
    ['date', '2026-02-30'],
    ['yesNo', 'yes'],
    ['choice', 'Green'],
    ['multiChoice', ['Red', 'Green']],
    ['link', 'javascript:alert(1)'],
    ['link', 'https://user:secret@example.org'],
    ['link', 'file:///etc/passwd'],
    ['link', 'not an address'],
  ] as const)('of kind %s: %j is refused', (kind, value) => {
    expect(parse(kind, value, ['Red', 'Blue']).success).toBe(false);
  });

  it('takes only addresses that may be opened', () => {
    expect(checkedLink('HTTPS://Example.org')).toBe('HTTPS://Example.org');
    expect(checkedLink('https://')).toBeNull();
    expect(checkedLink('data:text/html,x')).toBeNull();
    expect(checkedLink('https://a b')).toBeNull();
  });
});

describe('a change of kind', () => {
  it.each([
    ['number', 'text', 42, '42'],
    ['text', 'number', '4.50', 4.5],
    ['text', 'date', '2026-01-31', '2026-01-31'],
    ['text', 'yesNo', 'Yes', true],
    ['yesNo', 'text', false, 'no'],
    ['yesNo', 'number', true, undefined],
    ['number', 'yesNo', 1, true],
    ['text', 'choice', 'RED', 'Red'],
    ['choice', 'multiChoice', 'Red', ['Red']],
    ['multiChoice', 'choice', ['Red'], 'Red'],
    ['multiChoice', 'text', ['Red', 'Blue'], 'Red; Blue'],
    ['text', 'multiChoice', 'Blue; Red', ['Red', 'Blue']],
    ['text', 'link', 'example.org', 'https://example.org'],
    ['link', 'text', 'https://example.org', 'https://example.org'],
    ['date', 'text', '2026-01-31', '2026-01-31'],
  ] as const)('from %s to %s says %j as %j', (from, to, value, said) => {
    expect(convertValue(from, to, value, ['Red', 'Blue'])).toEqual(said);
  });

  it.each([
    ['text', 'number', '007'],
    ['text', 'number', '12345678901234567'],
    ['text', 'date', '31.01.2026'],
    ['text', 'choice', 'Green'],
    ['multiChoice', 'choice', ['Red', 'Blue']],
    ['number', 'date', 20260131],
  ] as const)('from %s to %s cannot say %j', (from, to, value) => {
    expect(convertValue(from, to, value, ['Red', 'Blue'])).toBeUndefined();
  });
});

describe('custom fields in a question', () => {
  const query: Query = {
    version: 1,
    where: {
      kind: 'group',
      match: 'all',
      nodes: [{ kind: 'row', field: name, operator: 'is', values: ['Deep blue'] }],
    },
  };

  it('are known to a registry that was made with them, and called by their own name', () => {
    const registry = registryWith([definition]);
    expect(validate(query, { registry })).toEqual([]);
    expect(inWords(query, { registry })).toBe('Contacts where Badge colour is “Deep blue”');
  });

  it('are an issue where they are not there', () => {
    expect(validate(query)).toMatchObject([{ code: 'unknownField' }]);
  });
});
