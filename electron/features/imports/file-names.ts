/** What a file's name says: where its rows come from, and which event an attendee list is of. */
import { foldText } from '../../../shared/rules/normalise/fold.ts';

/** Without extension, and without the " (1)" that a browser gives the second download of the same file. */
const baseName = (fileName: string): string =>
  fileName
    .replace(/\.[\p{L}\p{N}]{1,5}$/u, '')
    .replace(/\s*(?:\(\d+\)|- copy)\s*$/i, '')
    .trim() || fileName;

/** The capture source of an import without an event: its format and file. */
export const importSource = (format: string, fileName: string): string =>
  `import:${format}:${foldText(baseName(fileName))}`.slice(0, 500);

const noise = new Set(
  'attendees attendee checkins checkin registrations registration list report export summary eventbrite csv orders'.split(
    ' ',
  ),
);

/** `Contoso_conference-attendees.csv` → `Contoso conference`; a name of nothing else stays as it is. */
export function eventNameOf(fileName: string): string {
  const words = baseName(fileName)
    .replace(/[_\-.]+/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  const telling = words.filter((word) => !noise.has(foldText(word)) && !/^\d{8,}$/.test(word));
  return (telling.length > 0 ? telling : words).join(' ').slice(0, 300) || 'Event';
}
