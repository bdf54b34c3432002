/** Workbooks made by hand for tests: the parts of an XLSX file as text, packed into a ZIP archive. */
import { crc32, deflateRawSync } from 'node:zlib';

export type Part = {
  readonly name: string;
  readonly data: string | Buffer;
  /** Said instead of the true length. */ readonly claimed?: number;
};

/** A ZIP archive of deflated parts. */
export function zipOf(parts: readonly Part[]): Buffer {
  const files: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, claimed } of parts) {
    const raw = Buffer.from(data);
    const packed = deflateRawSync(raw);
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt16LE(8, 8);
    header.writeUInt32LE(crc32(raw), 14);
    header.writeUInt32LE(packed.length, 18);
    header.writeUInt32LE(claimed ?? raw.length, 22);
    header.writeUInt16LE(Buffer.byteLength(name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    header.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    files.push(header, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name));
    offset += 30 + Buffer.byteLength(name) + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...files, directory, end]);
}

export type SheetParts = {
  readonly name: string;
  readonly hidden?: boolean;
  /** Inside `<worksheet>`. */ readonly xml: string;
};
type WorkbookParts = {
  readonly sheets: readonly SheetParts[];
  readonly shared?: readonly string[];
  /** Format codes of the cell styles 1, 2, …; style 0 is general. */
  readonly formats?: readonly string[];
  readonly date1904?: boolean;
};

const head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const packageRels = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"';

export const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (char) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[char] ?? char);

export function workbookParts({ sheets, shared = [], formats = [], date1904 = false }: WorkbookParts): Part[] {
  const rels = [
    ...sheets.map(
      (_, at) => `<Relationship Id="r${at + 1}" Type="${office}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
    ),
    `<Relationship Id="s" Type="${office}/sharedStrings" Target="sharedStrings.xml"/>`,
    `<Relationship Id="y" Type="${office}/styles" Target="styles.xml"/>`,
  ].join('');
  const list = sheets
    .map(
      ({ name, hidden }, at) =>
        `<sheet name="${escapeXml(name)}" sheetId="${at + 1}"${hidden ? ' state="hidden"' : ''} r:id="r${at + 1}"/>`,
    )
    .join('');
  const codes = formats.map((code, at) => `<numFmt numFmtId="${164 + at}" formatCode="${escapeXml(code)}"/>`).join('');
  const styles = ['<xf numFmtId="0"/>', ...formats.map((_, at) => `<xf numFmtId="${164 + at}"/>`)].join('');
  return [
    {
      name: '_rels/.rels',
      data: `${head}<Relationships ${packageRels}><Relationship Id="r" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    },
    { name: 'xl/_rels/workbook.xml.rels', data: `${head}<Relationships ${packageRels}>${rels}</Relationships>` },
    {
      name: 'xl/workbook.xml',
      data: `${head}<workbook ${main} xmlns:r="${office}"><workbookPr${date1904 ? ' date1904="1"' : ''}/><sheets>${list}</sheets></workbook>`,
    },
    {
      name: 'xl/styles.xml',
      data: `${head}<styleSheet ${main}><numFmts>${codes}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs>${styles}</cellXfs></styleSheet>`,
    },
    { name: 'xl/sharedStrings.xml', data: `${head}<sst ${main}>${shared.join('')}</sst>` },
    ...sheets.map(({ xml }, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      data: `${head}<worksheet ${main}>${xml}</worksheet>`,
    })),
  ];
}

export const workbookOf = (parts: WorkbookParts): Buffer => zipOf(workbookParts(parts));

const letters = (column: number): string =>
  (column >= 26 ? letters(Math.floor(column / 26) - 1) : '') + String.fromCharCode(65 + (column % 26));

/** Rows of texts as inline cells; blank ones are left out, as programs do. */
export const sheetData = (rows: readonly (readonly string[])[], firstRow = 1): string =>
  `<sheetData>${rows
    .map((cells, at) => {
      const row = firstRow + at;
      const inner = cells
        .map((cell, column) =>
          cell === ''
            ? ''
            : `<c r="${letters(column)}${row}" t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`,
        )
        .join('');
      return inner === '' ? '' : `<row r="${row}">${inner}</row>`;
    })
    .join('')}</sheetData>`;
