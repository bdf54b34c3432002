/**
 * Countries: whatever a file calls a country → ISO 3166-1 alpha-2, which formats addresses and reads the phone numbers
 * beside it. Names come from the run-time's own tables (Unicode CLDR) in the languages that field teams meet most.
 *
 * Example: `countryCode('Verenigd Koninkrijk')`, `countryCode('UK')` and `countryCode('gb')` are all `'GB'`.
 */
import { getCountries } from 'libphonenumber-js/min';
import { foldText } from './fold.ts';

const languages = ['en', 'nl', 'de', 'fr', 'es', 'it', 'pt', 'nb', 'sv', 'da', 'pl', 'th'];

const aliases: Readonly<Record<string, string>> = {
  usa: 'US',
  'u s a': 'US',
  'united states of america': 'US',
  america: 'US',
  uk: 'GB',
  'great britain': 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  'northern ireland': 'GB',
  holland: 'NL',
  'the netherlands': 'NL',
  'czech republic': 'CZ',
  'russian federation': 'RU',
  korea: 'KR',
  'republic of korea': 'KR',
  'south korea': 'KR',
  'viet nam': 'VN',
  'hong kong': 'HK',
  macau: 'MO',
  'ivory coast': 'CI',
  uae: 'AE',
  prc: 'CN',
  'peoples republic of china': 'CN',
};

let byName: ReadonlyMap<string, string> | undefined;

const key = (text: string): string =>
  foldText(text)
    .replace(/['.]/g, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();

function names(): ReadonlyMap<string, string> {
  if (byName) return byName;
  const map = new Map<string, string>();
  const codes = getCountries();
  for (const language of languages) {
    const display = new Intl.DisplayNames([language], { type: 'region', fallback: 'none' });
    for (const code of codes) {
      const name = display.of(code);
      if (name !== undefined && !map.has(key(name))) map.set(key(name), code);
    }
  }
  for (const [name, code] of Object.entries(aliases)) map.set(name, code);
  for (const code of codes) map.set(code.toLowerCase(), code);
  byName = map;
  return map;
}

/** `null` where the text names no country that we know. */
export function countryCode(text: string): string | null {
  const folded = key(text);
  return folded === '' ? null : (names().get(folded) ?? null);
}
