import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldOrNull, foldText } from '../../../shared/rules/normalise/fold.ts';

describe('foldText', () => {
  it.each([
    ['ASCII in capitals', '  ACME   Inc. ', 'acme inc.'],
    ['accents', 'José Müller-Lüdenscheidt', 'jose muller-ludenscheidt'],
    ['combining accents', 'Jose\u0301', 'jose'],
    [
      'letters of their own',
      'ØSTERGAARD Æbelø Œuvre Łódź Þór Guðrún Đorđe',
      'ostergaard aebelo oeuvre lodz thor gudrun dorde',
    ],
    ['sharp s in both cases', 'Straße STRAẞE', 'strasse strasse'],
    ['Turkish dotted and dotless i', 'İstanbul ıldız', 'istanbul ildiz'],
    ['Azerbaijani schwa', 'Əliyev', 'eliyev'],
    ['Vietnamese', 'Nguyễn Thị Ánh', 'nguyen thi anh'],
    ['Greek with final sigma', 'ΟΔΥΣΣΕΎΣ Οδυσσεύς', 'οδυσσευσ οδυσσευσ'],
    ['Cyrillic', 'Ёлка Йод Київ', 'елка иод киів'],
    ['Hebrew points', 'שָׁלוֹם', 'שלום'],
    ['Arabic harakat, hamza seats and tatweel', 'مُحَمَّد أحمد مـحـمـد', 'محمد احمد محمد'],
    ['full-width letters', 'ＡＣＭＥ　１２', 'acme 12'],
    ['half-width kana', 'ｶﾞｷﾞ', 'ガギ'],
    ['ligatures', 'ﬁnance', 'finance'],
    ['typographic quotes and dashes', 'O’Brien – “Sons”', 'o\'brien - "sons"'],
    ['characters that show nothing', 'soft\u00adhyphen zero\u200bwidth \ufeffmark', 'softhyphen zerowidth mark'],
    ['every kind of space', '\ta\u00a0b\u2003c\u3000d\r\ne\u0085f ', 'a b c d e f'],
    ['a control character', 'a\u0000b', 'a b'],
    ['nothing', '', ''],
  ])('folds %s', (_name, text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it.each([
    ['Thai vowels', 'กำแพง เมือง'],
    ['Devanagari vowels', 'हिन्दी'],
    ['kana voicing marks', 'ガギグ'],
    ['Hangul', '한국어'],
    ['Chinese', '王芳'],
    ['Tamil', 'தமிழ்'],
  ])('keeps what spells a word: %s', (_name, text) => {
    expect(foldText(text).normalize('NFKC')).toBe(text.normalize('NFKC'));
    expect(foldText(text)).not.toBe('');
  });

  it('keeps kana and their voiced twins apart', () => {
    expect(foldText('ハ')).not.toBe(foldText('バ'));
  });

  it('survives half a surrogate pair', () => {
    expect(foldText('a\ud83db')).toBe('a\ufffdb');
  });

  it('folds to itself, for every single character and any text', () => {
    for (let point = 0; point < 0x30000; point++) {
      const folded = foldText(String.fromCodePoint(point));
      if (foldText(folded) !== folded) throw new Error(`U+${point.toString(16)}`);
    }
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
        const folded = foldText(text);
        expect(foldText(folded)).toBe(folded);
      }),
      { numRuns: 2000 },
    );
  });

  it('does not tell composed from decomposed, nor upper from lower case', () => {
    const words = fc.string({ unit: fc.constantFrom(...'aAéÉøØßñÑçüÜłŁ żŽđĐœŒ'), maxLength: 30 });
    fc.assert(
      fc.property(words, (text) => {
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text));
        expect(foldText(text.toUpperCase())).toBe(foldText(text));
        expect(foldText(text.toLowerCase())).toBe(foldText(text));
      }),
    );
  });
});

describe('foldOrNull', () => {
  it('keeps blank blank and makes invisible text blank', () => {
    expect(foldOrNull(null)).toBeNull();
    expect(foldOrNull(undefined)).toBeNull();
    expect(foldOrNull(' \u200b ')).toBeNull();
    expect(foldOrNull('Å')).toBe('a');
  });
});
