/**
 * What a new workspace is set up with: process, scoring model, matching strategies, a capture form. The records have
 * the same ids everywhere, so that laptops that were set up apart hold the same ones.
 */
import { consentLevels } from '../../../shared/model/picklists.ts';
import { type CaptureFormDefinition, captureFormDefinitionSchema } from '../../../shared/rules/capture/definition.ts';
import { matchingDefinitionSchema } from '../../../shared/rules/matching/definition.ts';
import type { EntityName } from '../../../shared/model/entities.ts';
import type { StoredPatch } from '../../../db/records/entity-storage.ts';
import { rowIdOf } from '../../../db/records/read.ts';
import { createRecord, type Write } from '../../../db/records/write.ts';
import { uuidToUid } from '../../../db/uuid.ts';
import { shippedProcess } from './shipped-process.ts';
import { shippedScoring } from './shipped-scoring.ts';

export const shippedIds = {
  process: '01900000-0000-7000-8000-000000000001',
  scoringModel: '01900000-0000-7000-8000-000000000002',
  contactStrategy: '01900000-0000-7000-8000-000000000003',
  leadStrategy: '01900000-0000-7000-8000-000000000004',
  captureForm: '01900000-0000-7000-8000-000000000005',
} as const;

/**
 * Questions whose id is a choice of a lead fill that field (shared/rules/process/answers.ts), so that an answer at the
 * booth is scored like one on the phone.
 */
const boothEnquiry: CaptureFormDefinition = captureFormDefinitionSchema.parse({
  interests: [],
  defaultTopic: 'Booth enquiry',
  questions: [
    {
      id: 'purchaseNeed',
      label: 'How much do you need it?',
      kind: 'oneOf',
      required: false,
      options: ['Must have', 'Should have', 'Good to have', 'No need'],
    },
    {
      id: 'purchaseTimeFrame',
      label: 'When would you decide?',
      kind: 'oneOf',
      required: false,
      options: ['Immediate', 'This quarter', 'Next quarter', 'This year', 'Unknown'],
    },
  ],
  consent: {
    wording: 'I agree that my details are kept and that I am contacted about this enquiry.',
    language: 'en',
    level: consentLevels[1],
  },
} satisfies Partial<CaptureFormDefinition>);

/** Adds what is not there yet; run twice, it changes nothing. */
export function writeShippedConfiguration(write: Write): void {
  addMissing(write, 'process', shippedIds.process, {
    name: 'Lead to sale',
    isDefault: true,
    definition: shippedProcess,
  });
  addMissing(write, 'scoringModel', shippedIds.scoringModel, {
    name: 'Interest and fit',
    target: 'contactLead',
    state: 'live',
    definition: shippedScoring,
  });
  addMissing(write, 'matchingStrategy', shippedIds.contactStrategy, {
    name: 'Contact by email',
    target: 'contact',
    isDefault: true,
    definition: matchingDefinitionSchema.parse({ attributes: [{ attribute: 'email' }] }),
  });
  addMissing(write, 'matchingStrategy', shippedIds.leadStrategy, {
    name: 'Lead by email and capture source',
    target: 'lead',
    isDefault: true,
    definition: matchingDefinitionSchema.parse({
      attributes: [{ attribute: 'email' }, { attribute: 'captureSource' }],
    }),
  });
  addMissing(write, 'captureForm', shippedIds.captureForm, { name: 'Booth enquiry', definition: boothEnquiry });
}

function addMissing<E extends EntityName>(write: Write, entity: E, uuid: string, values: StoredPatch<E>): void {
  if (rowIdOf(write.store, entity, uuid) !== null) return;
  createRecord(write, entity, values, uuidToUid(uuid));
}
