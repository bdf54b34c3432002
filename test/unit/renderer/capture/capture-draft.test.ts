import { describe, expect, it } from 'vitest';
import { captureFormDefinitionSchema } from '../../../../shared/rules/capture/definition.ts';
import {
  answersOf,
  emptyDraft,
  isBlank,
  isTooLong,
  keyOfOption,
  loadDraft,
  missingIn,
  mostOf,
  optionByKey,
  saveDraft,
  toggled,
  valuesOf,
} from '../../../../renderer/features/capture/capture-draft.ts';
import { memoryStorage } from '../../../helpers/memory-storage.ts';

const definition = captureFormDefinitionSchema.parse({
  questions: [
    { id: 'need', label: 'What do you need?', kind: 'oneOf', options: ['A', 'B'], required: true },
    { id: 'rate', label: 'How urgent?', kind: 'rating' },
    { id: 'areas', label: 'Which areas?', kind: 'manyOf', options: ['X', 'Y'] },
  ],
});

describe('the draft of a capture', () => {
  it('survives a reload with the key that was made for this person', () => {
    const store = memoryStorage();
    const draft = loadDraft(store, 'form-1', () => 'key-1');
    saveDraft(store, 'form-1', { ...draft, values: { givenName: 'Ann' }, answers: { need: 'A' }, consented: true });
    expect(loadDraft(store, 'form-1', () => 'key-2')).toEqual({
      captureKey: 'key-1',
      values: { givenName: 'Ann' },
      answers: { need: 'A' },
      consented: true,
      own: {},
      known: null,
      startedAtMs: null,
    });
    expect(loadDraft(store, 'form-2', () => 'key-3').values).toEqual({});
  });
  it('is not kept while nothing has been typed', () => {
    const store = memoryStorage();
    saveDraft(store, 'form-1', { ...emptyDraft('key-1'), values: { givenName: '  ' }, answers: { areas: [] } });
    expect(store.getItem('outpost.capture.form-1')).toBeNull();
    expect(isBlank({ ...emptyDraft('key'), consented: true })).toBe(false);
  });
  it('starts afresh where what is stored cannot be read', () => {
    const store = memoryStorage({ 'outpost.capture.a': 'nonsense', 'outpost.capture.b': '{"values":{"shoe":"9"}}' });
    expect(loadDraft(store, 'a', () => 'fresh').captureKey).toBe('fresh');
    expect(loadDraft(store, 'b', () => 'fresh').captureKey).toBe('fresh');
  });
  it('says so where the browser keeps nothing', () => {
    expect(saveDraft(memoryStorage({}, true), 'a', { ...emptyDraft('k'), consented: true })).toBe(false);
  });
});

describe('what a capture still wants', () => {
  it('names required fields and questions in the order of the screen', () => {
    const draft = { ...emptyDraft('key'), values: { givenName: 'Ann', familyName: ' ' } };
    expect(missingIn(draft, definition)).toEqual([
      { kind: 'field', field: 'familyName' },
      { kind: 'question', id: 'need' },
    ]);
  });
  it('does not insist on a topic where the form has one to fall back on', () => {
    const withTopic = { ...definition, questions: [], fields: [{ field: 'topic' as const, required: true }] };
    expect(missingIn(emptyDraft('key'), withTopic)).toEqual([]);
    expect(missingIn(emptyDraft('key'), { ...withTopic, defaultTopic: '' })).toHaveLength(1);
  });
  it('sends only what was given, trimmed, with the question as it was shown', () => {
    const draft = {
      ...emptyDraft('key'),
      values: { givenName: ' Ann ', email: '', role: 'decisionMaker' },
      answers: { need: 'B', rate: 0, areas: [] as string[] },
    };
    expect(valuesOf(draft, definition)).toEqual({ givenName: 'Ann' });
    expect(answersOf(draft, definition.questions)).toEqual([
      { questionId: 'need', question: 'What do you need?', value: 'B' },
      { questionId: 'rate', question: 'How urgent?', value: 0 },
    ]);
  });
});

describe('choosing by key', () => {
  it('takes 1 to 9 by position and 0 for the tenth', () => {
    const options = Array.from({ length: 10 }, (_, index) => `option ${index + 1}`);
    expect(optionByKey(options, '1')).toBe('option 1');
    expect(optionByKey(options, '0')).toBe('option 10');
    expect(optionByKey(['only'], '2')).toBeNull();
    expect(optionByKey(options, 'a')).toBeNull();
    expect(keyOfOption(9)).toBe('0');
    expect(keyOfOption(10)).toBeNull();
  });
  it('switches one of several on and off', () => {
    expect(toggled(['X'], 'Y')).toEqual(['X', 'Y']);
    expect(toggled(['X', 'Y'], 'X')).toEqual(['Y']);
  });
});

describe('what is too long', () => {
  it('is refused by the length that the record holds, and said for its field', () => {
    const draft = { ...emptyDraft('key'), values: { givenName: 'x'.repeat(10_000) } };
    expect(mostOf('givenName', draft.values.givenName)).toBe(200);
    expect(mostOf('givenName', ` ${'x'.repeat(200)} `)).toBeNull();
    expect(mostOf('email', 'x'.repeat(321))).toBe(320);
    expect(mostOf('role', 'decisionMaker')).toBeNull();
    expect(isTooLong(draft, definition)).toBe(true);
    expect(isTooLong({ ...draft, values: { givenName: 'Ann' } }, definition)).toBe(false);
    expect(isTooLong({ ...draft, values: {}, answers: { need: 'x'.repeat(4001) } }, definition)).toBe(true);
  });
});
