/**
 * Names of companies: compared with case, accents, punctuation and legal form folded.
 *
 * Example: `companyKey('Müller & Söhne GmbH')` and `companyKey('MULLER AND SOHNE')` are both `'muller and sohne'`.
 */
import { foldText } from './fold.ts';

const legalForms = new Set(
  'inc incorporated corp corporation co company ltd limited llc llp lp plc pty pte pvt private gmbh mbh ag kg kgaa ohg gbr ug ev sa sas sasu sarl eurl snc scs nv bv bvba cvba srl sprl vof cv as asa ans ab oy oyj aps is ehf hf spa sapa sl slu sc scop kk yk gk zoo sp oo ooo zao oao ao kft zrt nyrt doo dd sro jsc pjsc tbk pt bhd sdn'.split(
    ' ',
  ),
);

/** The form in which companies are compared. Blank → `null`. A name that is nothing but a legal form stays. */
export function companyKey(name: string | null | undefined): string | null {
  if (name === null || name === undefined) return null;
  const plain = foldText(name)
    .replace(/&|\+/g, ' and ')
    // "S.p.A.", "B.V.", "I.B.M.": letters apart by full stops are one word
    .replace(/\b((?:\p{L}\.){1,6}\p{L})\b\.?/gu, (dotted) => dotted.replace(/\./g, ''))
    .replace(/['.]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  if (plain === '') return null;
  const words = plain.split(' ');
  let end = words.length;
  while (end > 1) {
    const last = words[end - 1] ?? '';
    if (legalForms.has(last)) end -= 1;
    else if (last === 'and' && end < words.length) end -= 1;
    else break;
  }
  return words.slice(words[0] === 'the' && end > 1 ? 1 : 0, end).join(' ');
}
