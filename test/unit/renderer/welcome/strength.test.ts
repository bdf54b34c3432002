import { describe, expect, it } from 'vitest';
import { strengthOf } from '../../../../renderer/features/welcome/strength.ts';

describe('how strong a passphrase looks', () => {
  it('refuses what is shorter than ten characters, also with every kind of character', () => {
    expect(strengthOf('aB3$x')).toBe(0);
    expect(strengthOf('🙂🙂🙂🙂🙂')).toBe(0);
  });

  it('calls repeats and runs weak, however long', () => {
    expect(strengthOf('aaaaaaaaaaaaaaaaaaaa')).toBe(1);
    expect(strengthOf('abcdefghijklmnopqrst')).toBe(1);
    expect(strengthOf('1234567890')).toBe(1);
  });

  it('calls four unrelated words very strong', () => {
    expect(strengthOf('copper lantern drift violin')).toBe(4);
  });

  it('does not fall when more is added to a sentence', () => {
    expect(strengthOf('copper lantern drift')).toBeGreaterThanOrEqual(strengthOf('copper lantern'));
  });
});
