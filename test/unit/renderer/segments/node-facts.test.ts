import { describe, expect, it } from 'vitest';
import { entityInside } from '../../../../renderer/features/segments/node-facts.ts';
import { newBehaviour, newGroup, newRelated } from '../../../../renderer/features/segments/tree.ts';

describe('the record that rows speak of', () => {
  it('is the related one inside a block and stays the same inside a group', () => {
    expect(entityInside(newRelated('leads'), 'contact')).toBe('lead');
    expect(entityInside(newGroup(), 'lead')).toBe('lead');
    expect(entityInside(newBehaviour([]), 'contact')).toBe('interaction');
    expect(entityInside(newRelated('leads'), 'interaction')).toBeNull();
  });
});
