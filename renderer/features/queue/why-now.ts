/** Why this call now, in words. */
import type { QueueItem } from '../../../shared/contract/leads.ts';
import { t } from '../../i18n/index.ts';
import { durationText } from '../leads/lead-words.ts';

type Why = QueueItem['why'][number];

const dueSlackMs = 5 * 60_000;

export function whyText({ code, value }: Why, nowMs: number): string {
  switch (code) {
    case 'callbackDue': {
      const lateMs = value === null ? 0 : nowMs - value;
      return lateMs > dueSlackMs
        ? t('queue.why.callbackDueLate', { time: durationText(lateMs) })
        : t('queue.why.callbackDue');
    }
    case 'neverCalled':
      return t('queue.why.neverCalled');
    case 'score':
      return t('queue.why.score', { value: value ?? 0 });
    case 'waiting':
      return t('queue.why.waiting', { time: durationText(value ?? 0) });
    case 'retry':
      return t('queue.why.retry', { count: value ?? 1 });
  }
}
