/** XML as a stream of elements and text, without namespaces' prefixes. Nothing it names is ever fetched or expanded. */
import { SaxesParser } from 'saxes';
import { UnreadableFile } from '../unreadable.ts';
import { damaged } from './archive.ts';

export type Attributes = Readonly<Record<string, string>>;
export type XmlListener = {
  open(name: string, attributes: Attributes): void;
  close(name: string): void;
  text(text: string): void;
};

/** A cell of a spreadsheet holds 32,767 characters; between two tags there is never more than this. */
const longestSilence = 32 * 1024 * 1024;

const local = (name: string): string => {
  const at = name.indexOf(':');
  return at < 0 ? name : name.slice(at + 1);
};

function localAttributes(attributes: Record<string, string>): Attributes {
  for (const name in attributes) {
    if (name.includes(':') && !name.startsWith('xml')) attributes[local(name)] ??= attributes[name] ?? '';
  }
  return attributes;
}

function decoderOf(first: Buffer): TextDecoder {
  if (first[0] === 0xff && first[1] === 0xfe) return new TextDecoder('utf-16le');
  if (first[0] === 0xfe && first[1] === 0xff) return new TextDecoder('utf-16be');
  return new TextDecoder('utf-8');
}

/** Feeds a part to the listener, chunk by chunk; answers after each the bytes read so far. Throws `UnreadableFile`. */
export async function* parseXml(part: AsyncIterable<Buffer>, listener: XmlListener): AsyncGenerator<number> {
  const parser = new SaxesParser();
  let heard = 0;
  parser.on('opentag', ({ name, attributes }) => {
    heard = bytes;
    listener.open(local(name), localAttributes(attributes as Record<string, string>));
  });
  parser.on('closetag', ({ name }) => {
    heard = bytes;
    listener.close(local(name));
  });
  parser.on('text', (text) => listener.text(text));
  parser.on('cdata', (text) => listener.text(text));
  parser.on('error', () => {
    throw damaged();
  });
  let bytes = 0;
  let decoder: TextDecoder | null = null;
  for await (const chunk of part) {
    decoder ??= decoderOf(chunk);
    bytes += chunk.length;
    if (bytes - heard > longestSilence) {
      throw new UnreadableFile(
        'fileTooLarge',
        'A cell of the workbook holds far more than a cell can. It is not read.',
      );
    }
    parser.write(decoder.decode(chunk, { stream: true }));
    yield bytes;
  }
  parser.close();
}

export async function readXml(part: AsyncIterable<Buffer>, listener: XmlListener): Promise<void> {
  // oxlint-disable-next-line no-unused-vars -- the listener has heard it all
  for await (const _bytes of parseXml(part, listener));
}
