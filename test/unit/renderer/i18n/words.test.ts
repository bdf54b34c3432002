import { describe, expect, it } from 'vitest';
import { errorCodes } from '../../../../shared/contract/call.ts';
import { importFields } from '../../../../shared/contract/import-fields.ts';
import { entityNames, entityOf } from '../../../../shared/model/entities.ts';
import { choices } from '../../../../renderer/i18n/en/choices.ts';
import { errors } from '../../../../renderer/i18n/en/errors.ts';
import { fields } from '../../../../renderer/i18n/en/fields.ts';
import { kinds } from '../../../../renderer/i18n/en/kinds.ts';

describe('words for names that come from data', () => {
  it('has a label for every field of every record', () => {
    const missing = entityNames
      .flatMap((name) => Object.keys(entityOf(name).fields))
      .filter((field) => !Object.hasOwn(fields, field));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('has a label for every option of every choice', () => {
    const missing = entityNames
      .flatMap((name) => Object.values(entityOf(name).fields).flatMap(({ options }) => options ?? []))
      .filter((option) => !Object.hasOwn(choices, option));
    expect([...new Set(missing)]).toEqual([]);
  });

  it('has a label for every kind of record and every field that an import fills', () => {
    expect(entityNames.filter((name) => !Object.hasOwn(choices, name))).toEqual([]);
    expect(entityNames.filter((name) => !Object.hasOwn(kinds, `${name}_other`))).toEqual([]);
    expect(importFields.filter((name) => !Object.hasOwn(fields, name))).toEqual([]);
  });

  it('says something different, and ends it, for every error', () => {
    const sentences = errorCodes.map((code) => errors[code]);
    expect(new Set(sentences).size).toBe(errorCodes.length);
    expect(sentences.filter((sentence) => !sentence.endsWith('.'))).toEqual([]);
  });
});
