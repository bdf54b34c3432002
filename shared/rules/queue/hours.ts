/**
 * When somebody may be called: Monday to Friday, 9 to 18 by the clock where the person is (domain.md section 7). Where
 * that is: the contact's time zone, else the country of the address, else that of the number, else the laptop's. A
 * country with several zones is called only while it is between 9 and 18 in the first and the last of the zones where
 * most of its people live. Hours that the person prefers take the place of 9 to 18.
 *
 * Example: a number in the United States may be called from 12:00 to 18:00 in New York, which is 9:00 to 15:00 in Los
 * Angeles.
 *
 * Hours travel as one text, `Europe/Brussels|09:00|18:00`: the call queue sorts by it, so that the next call is found
 * among the few combinations that are open now.
 */
import { tzOffset } from '@date-fns/tz/tzOffset';
import { isTimeZone } from '../segment/relative-dates.ts';

const defaultFrom = '09:00';
const defaultTo = '18:00';

/** Where most people live, for countries whose outlying zones would leave no hour that suits all. */
const mainZones: Readonly<Record<string, readonly string[]>> = {
  US: ['America/New_York', 'America/Los_Angeles'],
  CA: ['America/Halifax', 'America/Vancouver'],
  AU: ['Australia/Sydney', 'Australia/Perth'],
  ID: ['Asia/Jakarta', 'Asia/Jayapura'],
  RU: ['Europe/Moscow'],
  BR: ['America/Sao_Paulo'],
  MX: ['America/Mexico_City'],
  CL: ['America/Santiago'],
  CN: ['Asia/Shanghai'],
  ES: ['Europe/Madrid'],
  PT: ['Europe/Lisbon'],
  NZ: ['Pacific/Auckland'],
  EC: ['America/Guayaquil'],
  DK: ['Europe/Copenhagen'],
  NO: ['Europe/Oslo'],
  NL: ['Europe/Amsterdam'],
  FR: ['Europe/Paris'],
  GB: ['Europe/London'],
};

// ECMA-402's locale information; the compiler's library does not list it yet.
type LocaleWithZones = Intl.Locale & { getTimeZones?: () => readonly string[] | undefined };

const midwinterMs = Date.UTC(2026, 0, 15);
const zonesByCountry = new Map<string, readonly string[]>();

/** The zones in which it must be time to call; empty where the country is not known. */
export function zonesOf(country: string): readonly string[] {
  const known = zonesByCountry.get(country);
  if (known) return known;
  const zones = mainZones[country] ?? outermostZones(country);
  zonesByCountry.set(country, zones);
  return zones;
}

function outermostZones(country: string): readonly string[] {
  if (!/^[A-Z]{2}$/.test(country)) return [];
  const locale: LocaleWithZones = new Intl.Locale(`und-${country}`);
  const zones = (locale.getTimeZones?.() ?? []).map((zone) => ({
    zone,
    offset: tzOffset(zone, new Date(midwinterMs)),
  }));
  zones.sort((a, b) => b.offset - a.offset || (a.zone < b.zone ? -1 : 1));
  const [first] = zones;
  const last = zones.at(-1);
  if (!first || !last) return [];
  return first.offset === last.offset ? [first.zone] : [first.zone, last.zone];
}

export type Whereabouts = {
  readonly timeZone: string | null;
  /** ISO 3166-1 alpha-2, of the address, of the number, of the laptop: the first that is known. */
  readonly countries: readonly (string | null)[];
  /** `HH:MM`, as the contact prefers. */
  readonly preferredFrom: string | null;
  readonly preferredTo: string | null;
};

const clockPattern = /^([01]\d|2[0-3]):[0-5]\d$/;

/** The calling hours as one text. */
export function hoursKeyOf({ timeZone, countries, preferredFrom, preferredTo }: Whereabouts): string {
  const from = preferredFrom !== null && clockPattern.test(preferredFrom) ? preferredFrom : defaultFrom;
  const to = preferredTo !== null && clockPattern.test(preferredTo) ? preferredTo : defaultTo;
  const zones = timeZone !== null && isTimeZone(timeZone) ? [timeZone] : firstKnown(countries);
  // hours that never are: the usual ones
  const [opens, closes] = from < to ? [from, to] : [defaultFrom, defaultTo];
  return `${zones.join(',')}|${opens}|${closes}`;
}

function firstKnown(countries: readonly (string | null)[]): readonly string[] {
  for (const country of countries) {
    const zones = country === null ? [] : zonesOf(country);
    if (zones.length > 0) return zones;
  }
  return ['UTC'];
}

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5));

/** May these people be called now? One instance for one moment: it looks each zone up once. */
export function openingsAt(nowMs: number): (hoursKey: string) => boolean {
  const localMs = new Map<string, number>();
  const now = new Date(nowMs);
  const local = (zone: string): number => {
    let ms = localMs.get(zone);
    if (ms === undefined) localMs.set(zone, (ms = nowMs + tzOffset(zone, now) * 60_000));
    return ms;
  };
  return (hoursKey) => {
    const [zones = '', from = '', to = ''] = hoursKey.split('|');
    return zones.split(',').every((zone) => {
      const there = new Date(local(zone));
      const weekday = there.getUTCDay();
      if (weekday === 0 || weekday === 6) return false;
      const minutes = there.getUTCHours() * 60 + there.getUTCMinutes();
      return minutes >= minutesOf(from) && minutes < minutesOf(to);
    });
  };
}
