import { describe, expect, it } from 'vitest';
import { dropCallDraft, loadCallDraft, saveCallDraft } from '../../../../renderer/features/queue/call-draft.ts';
import { memoryStorage } from '../../../helpers/memory-storage.ts';

describe('the draft of a call', () => {
  it('is there again after a reload, with the key it was made with', () => {
    const store = memoryStorage();
    const draft = loadCallDraft(store, 'lead-1', () => 'key-1');
    saveCallDraft(store, 'lead-1', { ...draft, notes: 'Wants a demo', qualification: { purchaseNeed: 'mustHave' } });
    const again = loadCallDraft(store, 'lead-1', () => 'key-2');
    expect(again.callKey).toBe('key-1');
    expect(again.notes).toBe('Wants a demo');
    expect(again.qualification.purchaseNeed).toBe('mustHave');
  });
  it('is one per lead and gone once the call is recorded', () => {
    const store = memoryStorage();
    saveCallDraft(store, 'lead-1', { ...loadCallDraft(store, 'lead-1', () => 'a'), notes: 'one' });
    expect(loadCallDraft(store, 'lead-2', () => 'b').notes).toBe('');
    dropCallDraft(store, 'lead-1');
    expect(loadCallDraft(store, 'lead-1', () => 'c').notes).toBe('');
  });
  it('starts afresh where what is stored cannot be read', () => {
    const store = memoryStorage({ 'outpost.call.lead-1': '{broken', 'outpost.call.lead-2': '{"notes":5}' });
    expect(loadCallDraft(store, 'lead-1', () => 'a').callKey).toBe('a');
    expect(loadCallDraft(store, 'lead-2', () => 'b').callKey).toBe('b');
  });
  it('says so where the browser keeps nothing', () => {
    const store = memoryStorage({}, true);
    expect(
      saveCallDraft(
        store,
        'lead-1',
        loadCallDraft(store, 'lead-1', () => 'a'),
      ),
    ).toBe(false);
  });
});
