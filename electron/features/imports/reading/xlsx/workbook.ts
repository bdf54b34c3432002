/** What a workbook says about its sheets: their names and places, how dates are counted, number formats, texts. */
import type { Entry } from 'yauzl';
import { type NumberStyle, numberStyle, plainStyle } from '../../../../../shared/rules/formats/cell-text.ts';
import { UnreadableFile } from '../unreadable.ts';
import { type Archive, damaged, openArchive } from './archive.ts';
import { type Attributes, readXml, type XmlListener } from './xml.ts';

const smallPart = 32 * 1024 * 1024;
const largestTexts = 1024 * 1024 * 1024;
/** Kept in memory while the sheet is read: some hundred megabytes. */
const mostTextCharacters = 200_000_000;

export type SheetPlace = { readonly name: string; readonly isHidden: boolean; readonly part: string };

export type Workbook = {
  readonly archive: Archive;
  readonly sheets: readonly SheetPlace[];
  readonly is1904: boolean;
};

const nothing: XmlListener = { open: () => undefined, close: () => undefined, text: () => undefined };

const partOf = (archive: Archive, path: string): Entry | null => archive.entries.get(path.toLowerCase()) ?? null;

async function readPart(archive: Archive, path: string, listener: Partial<XmlListener>, limit = smallPart) {
  const entry = partOf(archive, path);
  if (entry !== null) await readXml(archive.read(entry, limit), { ...nothing, ...listener });
}

/** `worksheets/sheet1.xml` seen from `xl/workbook.xml` → `xl/worksheets/sheet1.xml`. */
function resolvePart(from: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const parts = from.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') parts.pop();
    else if (step !== '.' && step !== '') parts.push(step);
  }
  return parts.join('/');
}

type Relation = { readonly type: string; readonly target: string };

async function relationsOf(archive: Archive, part: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  const folder = part.split('/').slice(0, -1).join('/');
  const path = `${folder === '' ? '' : `${folder}/`}_rels/${part.split('/').at(-1) ?? ''}.rels`;
  await readPart(archive, path, {
    open(name, { Id: id, Type: type, Target: target, TargetMode: mode }) {
      if (name !== 'Relationship' || id === undefined || target === undefined || mode === 'External') return;
      relations.set(id, { type: type?.split('/').at(-1) ?? '', target: resolvePart(part, target) });
    },
  });
  return relations;
}

const saveAs = (what: string): UnreadableFile =>
  new UnreadableFile(
    'fileNotText',
    `The file is ${what}. Open it there, save it as an Excel workbook (.xlsx), and import that.`,
  );

/** Other things that are ZIP archives. */
function refuseOthers({ entries }: Archive): void {
  const names = [...entries.keys()];
  if (names.includes('xl/workbook.bin')) throw saveAs('a binary Excel workbook (.xlsb)');
  if (names.some((name) => name.startsWith('index/') && name.endsWith('.iwa')) || names.includes('index.zip')) {
    throw saveAs('an Apple Numbers document');
  }
  if (names.includes('mimetype') && names.includes('content.xml'))
    throw saveAs('an OpenDocument file, as LibreOffice makes them');
  if (names.includes('word/document.xml'))
    throw new UnreadableFile('fileNotText', 'The file is a Word document, not a table.');
  throw new UnreadableFile(
    'fileNotText',
    'The file is a ZIP archive, not a workbook. Unpack it and import the file inside.',
  );
}

/** The caller closes the archive. Throws `UnreadableFile`, and what the file system throws. */
export async function openWorkbook(path: string): Promise<Workbook> {
  const archive = await openArchive(path);
  try {
    const top = await relationsOf(archive, '');
    const main = [...top.values()].find(({ type }) => type === 'officeDocument')?.target ?? 'xl/workbook.xml';
    if (partOf(archive, main) === null || !main.toLowerCase().endsWith('.xml')) refuseOthers(archive);
    const relations = await relationsOf(archive, main);
    const sheets: SheetPlace[] = [];
    let is1904 = false;
    let isSheets = false;
    await readPart(archive, main, {
      open(name, attributes) {
        if (name === 'sheets') isSheets = true;
        if (name === 'workbookPr') is1904 = ['1', 'true', 'on'].includes(attributes['date1904'] ?? '');
        if (name === 'sheet' && isSheets) addSheet(sheets, relations, attributes);
      },
      close(name) {
        if (name === 'sheets') isSheets = false;
      },
    });
    if (!sheets.some(({ part }) => partOf(archive, part) !== null)) {
      if (sheets.length === 0 && [...archive.entries.keys()].some((name) => name.startsWith('word/')))
        refuseOthers(archive);
      throw damaged();
    }
    return { archive, sheets: sheets.filter(({ part }) => partOf(archive, part) !== null), is1904 };
  } catch (error) {
    archive.close();
    throw error;
  }
}

/** Charts and dialogs are sheets too, and hold no cells. */
function addSheet(sheets: SheetPlace[], relations: ReadonlyMap<string, Relation>, attributes: Attributes): void {
  const relation = relations.get(attributes['r:id'] ?? attributes['id'] ?? '');
  if (relation?.type !== 'worksheet') return;
  const isHidden = (attributes['state'] ?? 'visible') !== 'visible';
  sheets.push({ name: attributes['name'] ?? `Sheet ${sheets.length + 1}`, isHidden, part: relation.target });
}

/** `_x000D_` stands for the character of that number. */
const unescape = (text: string): string =>
  text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(parseInt(code, 16)))
    : text;

/** Collects the text of an item that may be in several runs; how it is to be pronounced does not belong to it. */
export function textCollector() {
  let text = '';
  let isText = false;
  let spoken = 0;
  return {
    open(name: string): void {
      if (name === 'rPh') spoken += 1;
      else if (name === 't') isText = spoken === 0;
    },
    close(name: string): void {
      if (name === 'rPh') spoken -= 1;
      else if (name === 't') isText = false;
    },
    text(more: string): void {
      if (isText) text += more;
    },
    take(): string {
      const taken = unescape(text);
      text = '';
      return taken;
    },
  };
}

/** Part of a kind, by the workbook's relations: where it is called something else, too. */
async function partOfType(archive: Archive, type: string): Promise<string | null> {
  const top = await relationsOf(archive, '');
  const main = [...top.values()].find((each) => each.type === 'officeDocument')?.target ?? 'xl/workbook.xml';
  return [...(await relationsOf(archive, main)).values()].find((each) => each.type === type)?.target ?? null;
}

export async function readSharedTexts(archive: Archive): Promise<readonly string[]> {
  const texts: string[] = [];
  const path = await partOfType(archive, 'sharedStrings');
  if (path === null) return texts;
  const item = textCollector();
  let characters = 0;
  await readPart(
    archive,
    path,
    {
      open: item.open,
      text: item.text,
      close(name) {
        item.close(name);
        if (name !== 'si') return;
        const text = item.take();
        characters += text.length;
        if (characters > mostTextCharacters) {
          throw new UnreadableFile(
            'fileTooLarge',
            'The workbook holds too much text for this laptop. Divide it, or save it as CSV.',
          );
        }
        texts.push(text);
      },
    },
    largestTexts,
  );
  return texts;
}

/** How numbers show, by the style of their cell. */
export async function readStyles(archive: Archive): Promise<readonly NumberStyle[]> {
  const path = await partOfType(archive, 'styles');
  if (path === null) return [];
  const codes = new Map<number, string>();
  const styles: NumberStyle[] = [];
  let isCells = false;
  await readPart(archive, path, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(attributes['numFmtId']), attributes['formatCode'] ?? '');
      else if (name === 'cellXfs') isCells = true;
      else if (name === 'xf' && isCells) {
        const id = Number(attributes['numFmtId'] ?? 0);
        styles.push(Number.isFinite(id) ? numberStyle(id, codes.get(id)) : plainStyle);
      }
    },
    close(name) {
      if (name === 'cellXfs') isCells = false;
    },
  });
  return styles;
}
