/** The number by which the change log knows each entity. Never reuse or change one: files in the field hold them. */
import type { EntityName } from '../../shared/model/entities.ts';

export const entityCodes = {
  contact: 1,
  account: 2,
  lead: 3,
  opportunity: 4,
  interaction: 5,
  campaign: 6,
  product: 7,
  event: 8,
  registration: 9,
  checkIn: 10,
  subscriptionList: 11,
  listMember: 12,
  consentChange: 13,
  call: 14,
  task: 15,
  user: 16,
  stageMove: 17,
  captureForm: 18,
  matchingStrategy: 19,
  scoringModel: 20,
  process: 21,
  segment: 22,
  segmentMember: 23,
  savedView: 24,
  note: 25,
  attachment: 26,
  customField: 30,
  redirect: 40,
  duplicateDecision: 41,
} as const satisfies Record<EntityName, number>;

const names = new Map<number, EntityName>(
  Object.entries(entityCodes).map(([name, code]) => [code, name as EntityName]),
);

export function entityOfCode(code: number): EntityName {
  const name = names.get(code);
  if (!name) throw new Error(`The change log names an unknown entity: ${code}`);
  return name;
}
