import { afterEach, describe, expect, it } from 'vitest';
import type { CustomFieldDefinition } from '../../../../shared/model/custom-field.ts';
import {
  customNames,
  describedField,
  fieldsNow,
  forgetWorkspaceFields,
  registryNow,
  schemaOf,
  setWorkspaceFields,
} from '../../../../renderer/app/workspace-fields.ts';
import { emptyDraft, missingIn } from '../../../../renderer/features/capture/capture-draft.ts';
import { keptOf, ownField, ownOfDraft, refusedOwn } from '../../../../renderer/features/capture/own-values.ts';
import { fieldHint, fieldLabel, optionLabel } from '../../../../renderer/i18n/words.ts';
import { bulkFields, checkBulk } from '../../../../renderer/ui/bulk-fields.ts';
import { shortLink } from '../../../../renderer/ui/custom-cell.tsx';
import { valueText } from '../../../../renderer/ui/field-value.tsx';
import { holding } from '../../../../renderer/ui/list-setup.ts';
import { rowIssue } from '../../../../renderer/ui/row-issue.ts';
import { captureFormDefinitionSchema } from '../../../../shared/rules/capture/definition.ts';

const definition = (
  digit: string,
  name: string,
  kind: CustomFieldDefinition['kind'],
  more: Partial<CustomFieldDefinition> = {},
): CustomFieldDefinition => ({
  id: `01a20000-0000-7000-8000-${digit.repeat(12)}`,
  name,
  entity: 'contact',
  kind,
  options: [],
  help: null,
  position: null,
  ...more,
});
const badge = definition('a', 'Badge colour', 'choice', { options: ['Red', 'other'], help: 'On the lanyard' });
const fleet = definition('b', 'Fleet size', 'number', { position: 5 });
const old = definition('c', 'Old one', 'text');
const topicOfLead = definition('d', 'Renewal', 'date', { entity: 'lead' });
const [x, xFleet, xOld, xLead] = ['x_aaaaaaaaaaaa', 'x_bbbbbbbbbbbb', 'x_cccccccccccc', 'x_dddddddddddd'] as const;

const open = () => setWorkspaceFields([badge, fleet, topicOfLead], [old]);
afterEach(forgetWorkspaceFields);

describe('the fields of the open workspace', () => {
  it('stand behind the built-in ones, in their order, and only where they belong', () => {
    open();
    expect(customNames(fieldsNow('contact'))).toEqual([xFleet, x]);
    expect(customNames(fieldsNow('lead'))).toEqual([xLead]);
    expect(customNames(fieldsNow('task'))).toEqual([]);
    expect('givenName' in fieldsNow('contact')).toBe(true);
    expect(registryNow().field('contact', x)?.label).toBe('Badge colour');
    expect(registryNow().field('contact', xOld)).toBeNull();
  });

  it('are called as people named them, also those in the bin, and forgotten when the workspace is closed', () => {
    open();
    expect([fieldLabel(x), fieldHint(x), fieldLabel(xOld)]).toEqual(['Badge colour', 'On the lanyard', 'Old one']);
    expect(describedField('contact', xOld)?.custom).toBe('text');
    expect(fieldLabel('x_123456789abc')).toBe('Removed field');
    forgetWorkspaceFields();
    expect(fieldLabel(x)).toBe('Removed field');
  });

  it('have options that are shown as they are', () => {
    open();
    const field = fieldsNow('contact')[x];
    expect(optionLabel(field, 'other')).toBe('other');
    expect(valueText(field, 'other')).toBe('other');
    expect(valueText({ kind: 'choice' }, 'other')).toBe('Other');
  });

  it('are checked in forms and bulk edits by their definition', () => {
    open();
    const fields = fieldsNow('contact');
    expect(schemaOf('contact', fields).safeParse({ [x]: 'Red', [xFleet]: 3 }).success).toBe(true);
    expect(schemaOf('contact', fields).safeParse({ [x]: 'Green' }).success).toBe(false);
    expect(bulkFields('contact')).toContain(x);
    expect(checkBulk('contact', [x, xFleet], { [x]: 'Green', [xFleet]: 3 }, new Set())).toMatchObject({ ok: false });
    expect(checkBulk('contact', [x], {}, new Set([x]))).toEqual({ ok: true, values: { [x]: null } });
  });

  it('leave a list when they go, with the filter, the order and the column that named them', () => {
    open();
    const row = (field: string, value: string) =>
      ({ kind: 'row', field, operator: 'is', values: [value] }) as const satisfies object;
    const setup = {
      filters: [row(x, 'Red'), row(xOld, 'Blue'), row('jobTitle', 'Buyer')].map((each) => ({
        ...each,
        values: [...each.values],
      })),
      sort: { field: xOld, direction: 'asc' as const },
      columns: ['label', xOld, x],
    };
    const held = holding(setup, fieldsNow('contact'), (each) => rowIssue(each, 'contact') === null);
    expect(held.filters.map(({ field }) => field)).toEqual([x, 'jobTitle']);
    expect(held).toMatchObject({ sort: null, gone: [xOld] });
    // an option that is no longer there cannot be asked for
    const stale = {
      ...setup,
      filters: [{ kind: 'row' as const, field: x, operator: 'is' as const, values: ['Green'] }],
    };
    expect(
      holding(
        { ...stale, sort: null, columns: [] },
        fieldsNow('contact'),
        (each) => rowIssue(each, 'contact') === null,
      ),
    ).toMatchObject({ filters: [], gone: [x] });
  });

  it('shorten links to what tells them apart', () => {
    expect(shortLink('https://www.example.com/')).toBe('example.com');
    expect(shortLink('mailto:ann@example.com')).toBe('ann@example.com');
  });
});

describe('fields of the workspace on a capture form', () => {
  it('keep what is typed as the value that it means', () => {
    open();
    const field = fieldsNow('contact')[xFleet];
    if (field === undefined) throw new Error('no field');
    expect(['1 250', '3,5', '-2', '', 'many', '12px'].map((text) => keptOf(field, text))).toEqual([
      1250,
      3.5,
      -2,
      null,
      undefined,
      undefined,
    ]);
    expect(ownField(xLead)?.custom).toBe('date');
    expect(ownField('givenName')).toBeUndefined();
  });

  it('are asked for, refused and sent by the form', () => {
    open();
    const own = [
      { field: x, required: true },
      { field: xFleet, required: false },
      { field: xOld, required: false },
    ];
    const form = captureFormDefinitionSchema.parse({ fields: [], own });
    const draft = { ...emptyDraft('key'), own: { [xFleet]: 'many', [xOld]: 'kept' } };
    expect(missingIn(draft, form, own)).toEqual([{ kind: 'own', field: x }]);
    expect(refusedOwn(draft, own)).toEqual([xFleet]);
    expect(ownOfDraft({ ...draft, own: { [x]: 'Red', [xFleet]: '7', [xOld]: 'kept' } }, own)).toEqual({
      [x]: 'Red',
      [xFleet]: 7,
    });
  });
});
