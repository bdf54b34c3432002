import { describe, expect, it } from 'vitest';
import { refusalCodes } from '../../../../shared/contract/records.ts';
import { bulkFields, checkBulk } from '../../../../renderer/ui/bulk-fields.ts';
import { bulkSentence, reasonInWords } from '../../../../renderer/ui/bulk-words.ts';

const result = {
  operationId: '019aa000-0000-7000-8000-000000000001',
  changed: 2497,
  unchanged: 3,
  refused: 5,
  refusals: [],
  cancelled: false,
};

describe('what many records can be given at once', () => {
  it('is what a form may change, without lists, computed fields and consent', () => {
    const fields = bulkFields('contact');
    expect(fields).toEqual(expect.arrayContaining(['company', 'ownerId', 'role', 'marketingOnly']));
    for (const name of ['emails', 'email', 'addresses', 'consentLevel', 'tags']) expect(fields).not.toContain(name);
    expect(bulkFields('lead')).not.toContain('stage');
  });

  it('is a value or, where there may be none, its clearing', () => {
    const check = checkBulk(
      'contact',
      ['company', 'jobTitle'],
      { company: 'Contoso', jobTitle: 'x' },
      new Set(['jobTitle']),
    );
    expect(check).toEqual({ ok: true, values: { company: 'Contoso', jobTitle: null } });
  });

  it('is asked for where it is missing or wrong', () => {
    const check = checkBulk('account', ['name', 'industry', 'employees'], { name: ' ', employees: -1 }, new Set());
    expect(check).toMatchObject({
      ok: false,
      issues: {
        name: 'Enter a value.',
        industry: 'Enter a value, or clear it.',
        employees: expect.any(String) as string,
      },
    });
  });
});

describe('why a record was refused', () => {
  it('is said with the names of fields that a person knows', () => {
    expect(reasonInWords({ code: 'notForChild', field: 'consentLevel' })).toBe(
      'Consent level: a child is never profiled.',
    );
    expect(reasonInWords({ code: 'liveSegment', field: null })).toBe('It is live: stop the segment first.');
  });

  it('has words for every reason there is', () => {
    const words = refusalCodes.map((code) => reasonInWords({ code, field: null }));
    expect(words.filter((sentence) => !/^[A-Z].*\.$/.test(sentence))).toEqual([]);
    expect(new Set(words).size).toBe(refusalCodes.length);
  });
});

describe('what a bulk change did', () => {
  it('is said in one line', () => {
    expect(bulkSentence('update', result)).toBe('2,497 changed, 3 were so already, 5 refused');
  });

  it('leaves out what did not happen, and says so when nothing did', () => {
    expect(bulkSentence('remove', { ...result, unchanged: 0, refused: 0 })).toBe('2,497 moved to the bin');
    expect(bulkSentence('restore', { ...result, changed: 0, refused: 0 })).toBe('3 were so already');
    expect(bulkSentence('update', { ...result, changed: 0, unchanged: 0, refused: 0 })).toBe('0 changed');
  });

  it('says when a person stopped it', () => {
    expect(bulkSentence('update', { ...result, cancelled: true, unchanged: 0, refused: 0 })).toBe(
      'Stopped: 2,497 changed',
    );
  });
});
