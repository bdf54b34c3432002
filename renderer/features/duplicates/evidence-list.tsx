/** What speaks for one record and what for two, field by field, in words; the strongest first. */
import { Text } from '@mantine/core';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { duplicates } from '../../i18n/en/duplicates.ts';
import classes from './duplicates.module.css';

type Evidence = OutputOf<'duplicates.explain'>['evidence'][number];

const isField = (name: string): name is keyof typeof duplicates.field => Object.hasOwn(duplicates.field, name);
const isLevel = (name: string): name is keyof typeof duplicates.level => Object.hasOwn(duplicates.level, name);
const isStrength = (name: string): name is keyof typeof duplicates.strength => Object.hasOwn(duplicates.strength, name);

/** 'Family name: the same' – for what a field of records is no name for, a word of its own. */
export function evidenceText({ field, level, a }: Evidence): string {
  if (field === 'through') return t('duplicates.through', { name: a ?? '' });
  if (field === 'sharedPlaces') return t('duplicates.sharedPlaces');
  return t('duplicates.says', {
    field: isField(field) ? t(`duplicates.field.${field}`) : fieldLabel(field),
    level: isLevel(level) ? t(`duplicates.level.${level}`) : level,
  });
}

/** Bits in words: ten of them are a thousand to one. */
function strengthOf(bits: number): string {
  const size = Math.abs(bits);
  const word = size < 0.5 ? 'none' : `${bits > 0 ? 'for' : 'against'}${size < 3 ? 'Weak' : size < 7 ? '' : 'Strong'}`;
  return isStrength(word) ? t(`duplicates.strength.${word}`) : '';
}

const widest = 12;

export function EvidenceList({ evidence }: { readonly evidence: readonly Evidence[] }) {
  const ordered = evidence.toSorted((x, y) => Math.abs(y.bits) - Math.abs(x.bits));
  return (
    <ul className={classes.evidence} aria-label={t('duplicates.evidence')}>
      {ordered.map((each) => (
        <li key={each.field} className={classes.says}>
          <span className={classes.bar} aria-hidden>
            <span
              className={classes.weight}
              data-against={each.bits < 0 || undefined}
              style={{ width: `${(Math.min(widest, Math.abs(each.bits)) / widest) * 50}%` }}
            />
          </span>
          <Text size="sm" component="span">
            {evidenceText(each)}
            {each.field !== 'through' && (
              <Text size="xs" c="dimmed" component="span">
                {' · '}
                {strengthOf(each.bits)}
              </Text>
            )}
          </Text>
        </li>
      ))}
    </ul>
  );
}
