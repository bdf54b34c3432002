/** What a person calls an encoding. Example: `windows-1252` → `Western European (Windows-1252)`. */
import { encodings } from '../../../shared/contract/imports.ts';
import { t } from '../../i18n/index.ts';

export function encodingLabel(name: string): string {
  const known = encodings.find((each) => each === name);
  if (known !== undefined) return t(`imports.encodings.${known}`);
  // found in a file, though not offered: its technical name is all there is
  return name.replace(/^(?:iso|windows|koi8|ibm)/, (family) => family.toUpperCase());
}
