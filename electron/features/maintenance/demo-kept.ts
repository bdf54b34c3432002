/** What the demo team keeps with its records: tags, fields of its own, notes, and files with something in them. */
import { createHash } from 'node:crypto';
import { crc32, deflateSync } from 'node:zlib';
import { customFieldName, type CustomFieldDefinition } from '../../../shared/model/custom-field.ts';
import type { Holder } from '../../../shared/model/notes.ts';
import { holderField } from '../../../shared/model/notes.ts';
import { mediaTypeOf } from '../../../shared/rules/attachment.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { keepContent } from '../../../db/records/file-content.ts';
import { createRecord, updateRecord, type Write } from '../../../db/records/write.ts';
import { type Chance, chance } from '../../../db/seed/random.ts';
import { submitCapture } from '../capture/capture.service.ts';
import { identity } from './demo-leads.ts';
import type { DemoFrame, DemoPerson, Surroundings } from './demo.ts';

type Named = Pick<CustomFieldDefinition, 'name' | 'entity' | 'kind'> & {
  readonly options?: string[];
  readonly help?: string;
};

const ownFields: readonly Named[] = [
  {
    name: 'Badge colour',
    entity: 'contact',
    kind: 'choice',
    options: ['Green', 'Blue', 'Gold'],
    help: 'Gold: guest of the stand',
  },
  { name: 'Renewal day', entity: 'contact', kind: 'date' },
  { name: 'Fleet size', entity: 'account', kind: 'number' },
  { name: 'Wants a demo', entity: 'lead', kind: 'yesNo' },
  { name: 'Stand', entity: 'event', kind: 'text' },
];

const contactTags = ['Press', 'Speaker', 'Partner day', 'Met in Hamburg'];
const contactNotes = [
  'Prefers a call before nine. Assistant: Ines, who knows the calendar.',
  'Asked how long the battery lasts in a cold store; promised the test report.',
  'Is moving to procurement in January.\nWill introduce whoever follows.',
  'Spoke with our technician for half an hour. Knows the market well.',
  'Budget is decided in March; wants figures of a site of the same size by then.',
];
const accountNotes = [
  'Runs three shifts, so that visits are possible at any hour.',
  'Their framework contract with the present supplier ends next summer.',
];
const leadNotes = [
  'Wants to see the robot at work before anything else.',
  'Compares with two others; price is not what decides.',
];

/** Of its own draws: what else the demo holds does not depend on it. */
export function keepWithRecords(frame: DemoFrame, around: Surroundings, people: readonly DemoPerson[]): void {
  const drawn = chance(20_260_102);
  frame.on(45, 9, 'Fields of our own', (w) => {
    const names = new Map<string, string>();
    for (const [index, { options, help, ...field }] of ownFields.entries()) {
      const values = { ...field, options: options ?? [], help: help ?? null, position: (index + 1) * 100 };
      names.set(field.name, customFieldName(createRecord(w, 'customField', values).uuid));
    }
    fillIn(w, drawn, around, people, (name) => names.get(name) ?? '');
  });
  frame.on(12, 14, 'Another interest', (w) => {
    // several open leads of one person
    for (const who of people.filter(({ atBooth }) => atBooth).slice(3, 60)) {
      if (!drawn.is(0.4)) continue;
      createRecord(w, 'lead', {
        ...identity(who),
        topic: drawn.pick(['Training day', 'Fleet tracking', 'Service contract']),
        source: 'web',
        rating: 'warm',
        captureSource: 'manual',
        campaignId: drawn.pick(around.campaigns),
        contactId: who.id,
      });
    }
  });
  frame.on(12, 15, 'After the conference', (w) => writeNotes(w, drawn, around, people));
  frame.on(9, 10, 'Files', (w) => attachFiles(w, around, people));
  leaveForReview(frame, around, people);
}

function fillIn(
  w: Write,
  drawn: Chance,
  { accounts, events }: Surroundings,
  people: readonly DemoPerson[],
  own: (name: string) => string,
): void {
  for (const { id } of people) {
    if (!drawn.is(0.4)) continue;
    const patch: Record<string, unknown> = { [own('Badge colour')]: drawn.pick(['Green', 'Green', 'Blue', 'Gold']) };
    if (drawn.is(0.3)) patch.tags = [drawn.pick(contactTags)];
    if (drawn.is(0.2)) patch[own('Renewal day')] = `2027-0${1 + drawn.below(9)}-15`;
    updateRecord(w, 'contact', id, patch as StoredPatch<'contact'>);
  }
  for (const id of accounts) {
    const patch: Record<string, unknown> = {};
    if (drawn.is(0.6)) patch[own('Fleet size')] = 5 + drawn.below(300);
    if (drawn.is(0.25)) patch.tags = ['Key account'];
    updateRecord(w, 'account', id, patch as StoredPatch<'account'>);
  }
  for (const id of leadsOf(w)) {
    if (!drawn.is(0.35)) continue;
    const tags = drawn.is(0.4) ? ['Follow up first'] : [];
    updateRecord(w, 'lead', id, { [own('Wants a demo')]: drawn.is(0.7), tags } as StoredPatch<'lead'>);
  }
  const stand = own('Stand');
  updateRecord(w, 'event', events.conference, { [stand]: 'Hall 4, B12' } as StoredPatch<'event'>);
  updateRecord(w, 'event', events.fair, { [stand]: 'Hall 1, A03' } as StoredPatch<'event'>);
}

/** Captures of the last evening that somebody has to look at: nothing but a name was entered. */
function leaveForReview(frame: DemoFrame, { form }: Surroundings, people: readonly DemoPerson[]): void {
  const known = people.filter(({ atBooth }) => atBooth);
  for (const [index, who] of [known[5], known[17], known[31]].entries()) {
    if (who === undefined) continue;
    const { givenName, familyName, company } = who.person;
    const taken = frame.at(1, 17, (past) =>
      submitCapture(past, {
        formId: form.uuid,
        captureKey: `demo:review:${index}`,
        values: { givenName, familyName, ...(company === null ? {} : { company }), topic: 'Fleet tracking' },
        answers: [{ questionId: 'sites', question: 'How many sites do you run?', value: String(2 + index) }],
        own: {},
        consented: true,
      }),
    );
    if (!taken.ok) throw new Error(`the demo's capture was refused: ${taken.error.code}`);
  }
}

const idsOf = (w: Write, table: 'lead' | 'opportunity'): number[] =>
  w.store.sql(`SELECT id FROM ${table} WHERE deletedAtMs IS NULL ORDER BY id`).pluck().all() as number[];
const leadsOf = (w: Write): number[] => idsOf(w, 'lead');

function writeNotes(
  w: Write,
  drawn: Chance,
  { users, accounts, events }: Surroundings,
  people: readonly DemoPerson[],
): void {
  const authors = [users.marketer, users.teleprospector, users.seller];
  const note = (of: Holder, id: number, text: string, pinned = false) =>
    createRecord(w, 'note', {
      text,
      pinned,
      authorId: drawn.pick(authors),
      [holderField(of)]: id,
    } as StoredPatch<'note'>);
  for (const { id } of people) if (drawn.is(0.2)) note('contact', id, drawn.pick(contactNotes), drawn.is(0.15));
  for (const id of accounts) if (drawn.is(0.4)) note('account', id, drawn.pick(accountNotes));
  for (const id of leadsOf(w)) if (drawn.is(0.15)) note('lead', id, drawn.pick(leadNotes));
  for (const id of idsOf(w, 'opportunity'))
    note('opportunity', id, 'Offer sent, with the figures of a site of the same size.');
  note('event', events.conference, 'Keys of the stand are at the information desk from 7:30.', true);
}

function attachFiles(w: Write, { users, accounts, events }: Surroundings, people: readonly DemoPerson[]): void {
  const attach = (of: Holder, id: number, name: string, content: Buffer, note: string | null = null): void => {
    const sha256 = createHash('sha256').update(content).digest('hex');
    keepContent(w.store, sha256, content.length, [content]);
    createRecord(w, 'attachment', {
      name,
      mediaType: mediaTypeOf(name, content),
      bytes: content.length,
      sha256,
      note,
      authorId: users.marketer,
      [holderField(of)]: id,
    } as StoredPatch<'attachment'>);
  };
  const prices = Buffer.from(
    'Product;From;Price in EUR\r\nWarehouse robot R2;1;18500\r\nWarehouse robot R2;5;16900\r\nEnergy audit;1;4200\r\nFleet tracker;50;38\r\n',
  );
  const plan = standPlan();
  attach('event', events.conference, 'Stand plan.png', plan, 'As agreed with the organiser');
  attach('event', events.conference, 'Price list.csv', prices);
  for (const { id } of people.filter(({ atBooth }) => atBooth).slice(0, 20))
    attach('contact', id, 'Price list.csv', prices, 'As handed out');
  for (const id of accounts.slice(0, 6)) attach('account', id, 'Price list.csv', prices);
  for (const id of idsOf(w, 'opportunity').slice(0, 5)) attach('opportunity', id, 'Stand plan.png', plan);
}

/** A drawing of a stand, as a PNG: walls, a counter, two tables and a screen. */
function standPlan(): Buffer {
  const [width, height] = [480, 320];
  const shapes: readonly (readonly [left: number, top: number, wide: number, high: number, shade: number])[] = [
    [0, 0, width, height, 250],
    [20, 20, 440, 8, 60],
    [20, 20, 8, 280, 60],
    [60, 220, 180, 44, 150],
    [300, 90, 60, 60, 190],
    [380, 190, 60, 60, 190],
    [120, 36, 160, 14, 110],
  ];
  const rows = Buffer.alloc((width + 1) * height);
  for (const [left, top, wide, high, shade] of shapes) {
    for (let y = top; y < top + high; y += 1)
      rows.fill(shade, y * (width + 1) + 1 + left, y * (width + 1) + 1 + left + wide);
  }
  const chunk = (kind: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(data.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
  };
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // eight bits of grey
  head[8] = 8;
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}
