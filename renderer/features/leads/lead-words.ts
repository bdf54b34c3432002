/** Durations and stage times in words. */
import { t } from '../../i18n/index.ts';
import { durationParts } from './durations.ts';

export function durationText(ms: number): string {
  const parts = durationParts(ms);
  return parts.length === 0
    ? t('leads.underAMinute')
    : parts.map(({ unit, count }) => t(`leads.${unit}`, { count })).join(' ');
}
