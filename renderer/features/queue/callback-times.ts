/** The times offered for a callback, in the laptop's own time zone. Example: on a Friday, `nextMonday` is in three days. */
import { addDays, addHours, set, startOfHour } from 'date-fns';

export const quickCallbacks = ['inOneHour', 'tomorrowMorning', 'nextMonday'] as const;
export type QuickCallback = (typeof quickCallbacks)[number];

const nine = { hours: 9, minutes: 0, seconds: 0, milliseconds: 0 };

export function callbackAt(choice: QuickCallback, now: Date): Date {
  switch (choice) {
    case 'inOneHour':
      return set(addHours(now, 1), { seconds: 0, milliseconds: 0 });
    case 'tomorrowMorning':
      return set(addDays(now, 1), nine);
    case 'nextMonday': {
      // Monday is day 1; on a Monday the next one is meant, not today.
      const days = ((8 - now.getDay()) % 7 || 7) satisfies number;
      return set(addDays(now, days), nine);
    }
  }
}

/** What the picker starts with: the next full hour but one. */
export const suggestedCallback = (now: Date): Date => startOfHour(addHours(now, 2));
