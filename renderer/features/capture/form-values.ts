/** What the form designer edits, what it insists on, and what a new form starts with. */
import { z } from 'zod';
import { uuidSchema } from '../../../shared/model/ids.ts';
import {
  captureFields,
  captureFormDefinitionSchema,
  type CaptureFormDefinition,
} from '../../../shared/rules/capture/definition.ts';
import type { CustomFieldName } from '../../../shared/model/custom-field.ts';
import { t } from '../../i18n/index.ts';
import type { AskedOwn } from './capture-draft.ts';

export const formValuesSchema = z
  .object({
    name: z.string(),
    eventId: uuidSchema.nullable(),
    active: z.boolean(),
    // the state of the designer is whole already, so what goes in is of the parsed shape; checked below
    definition: z.custom<CaptureFormDefinition>((value) => typeof value === 'object' && value !== null),
  })
  .superRefine(({ name, definition }, context) => {
    const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message });
    for (const issue of captureFormDefinitionSchema.safeParse(definition).error?.issues ?? [])
      refuse(['definition', ...issue.path], issue.message);
    if (name.trim() === '') refuse(['name'], t('capture.nameRequired'));
    if (definition.fields.length === 0) refuse(['definition', 'fields'], t('capture.noFields'));
    if (definition.consent !== null && definition.consent.wording.trim() === '')
      refuse(['definition', 'consent', 'wording'], t('capture.consentWordingRequired'));
    definition.questions.forEach(({ kind, options }, index) => {
      if ((kind === 'oneOf' || kind === 'manyOf') && options.length < 2)
        refuse(['definition', 'questions', index, 'options'], t('capture.questionOptionsRequired'));
    });
  });
export type FormValues = z.output<typeof formValuesSchema>;

export const newQuestion = (id: string): CaptureFormDefinition['questions'][number] => ({
  id,
  label: '',
  kind: 'oneOf',
  options: [],
  required: false,
});

/** A form that is good enough for tomorrow's event as it stands. */
export function newFormValues(): FormValues {
  return {
    name: '',
    eventId: null,
    active: true,
    definition: {
      ...captureFormDefinitionSchema.parse({}),
      questions: [
        {
          ...newQuestion('need'),
          label: t('capture.demoQuestionNeed'),
          options: t('capture.demoQuestionNeedOptions').split('|'),
        },
        {
          ...newQuestion('when'),
          label: t('capture.demoQuestionWhen'),
          options: t('capture.demoQuestionWhenOptions').split('|'),
        },
      ],
      consent: { wording: t('capture.consentWordingDefault'), language: 'en', level: 'consent' },
    },
  };
}

type FieldList = CaptureFormDefinition['fields'];

/** Asked fields in their order, then the others: one list to tick, mark as required and sort. */
export const allFieldsOf = (fields: FieldList) => [
  ...fields.map((each) => ({ ...each, asked: true })),
  ...captureFields
    .filter((field) => !fields.some((each) => each.field === field))
    .map((field) => ({ field, required: false, asked: false })),
];

/** The same for fields of the workspace; those asked for that have been removed since are not shown and stay. */
export const allOwnOf = (asked: AskedOwn, names: readonly CustomFieldName[]) => [
  ...asked.filter(({ field }) => names.includes(field)).map((each) => ({ ...each, asked: true })),
  ...names
    .filter((field) => !asked.some((each) => each.field === field))
    .map((field) => ({ field, required: false, asked: false })),
];

export function moved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const item = list[index];
  const other = list[index + by];
  if (item === undefined || other === undefined) return [...list];
  return list.with(index, other).with(index + by, item);
}
