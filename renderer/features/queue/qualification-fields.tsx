/** What a caller finds out while talking: the fields of the qualification stage, kept with the notes until recorded. */
import { Checkbox, NumberInput, Select, Stack, Textarea } from '@mantine/core';
import type { LeadRecord } from '../../../shared/model/entities.ts';
import {
  budgetStatuses,
  purchaseNeeds,
  purchaseProcesses,
  purchaseTimeFrames,
} from '../../../shared/model/picklists.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { groupMark } from '../../ui/format.ts';
import type { CallDraft } from './call-draft.ts';

type Qualification = CallDraft['qualification'];
type Props = {
  readonly lead: LeadRecord;
  readonly value: Qualification;
  readonly onChange: (change: Partial<Qualification>) => void;
};

const optionsOf = (values: readonly string[]) => values.map((value) => ({ value, label: choiceLabel(value) }));

export function QualificationFields({ lead, value, onChange }: Props) {
  /** What was changed in this call, else what the lead has. */
  const shown = <K extends keyof Qualification & keyof LeadRecord>(name: K) =>
    value[name] === undefined ? lead[name] : value[name];
  const decisionMaker = shown('decisionMaker');
  const amount = shown('budgetAmount');
  return (
    <Stack gap="xs">
      <Checkbox
        label={fieldLabel('minimumCriteriaMet')}
        checked={shown('minimumCriteriaMet') === true}
        onChange={(event) => onChange({ minimumCriteriaMet: event.currentTarget.checked })}
      />
      <Select
        label={fieldLabel('purchaseNeed')}
        data={optionsOf(purchaseNeeds)}
        value={shown('purchaseNeed') ?? null}
        onChange={(next) => onChange({ purchaseNeed: purchaseNeeds.find((each) => each === next) ?? null })}
        clearable
      />
      <Select
        label={fieldLabel('purchaseTimeFrame')}
        data={optionsOf(purchaseTimeFrames)}
        value={shown('purchaseTimeFrame') ?? null}
        onChange={(next) => onChange({ purchaseTimeFrame: purchaseTimeFrames.find((each) => each === next) ?? null })}
        clearable
      />
      <Select
        label={fieldLabel('purchaseProcess')}
        data={optionsOf(purchaseProcesses)}
        value={shown('purchaseProcess') ?? null}
        onChange={(next) => onChange({ purchaseProcess: purchaseProcesses.find((each) => each === next) ?? null })}
        clearable
      />
      <Select
        label={fieldLabel('budgetStatus')}
        data={optionsOf(budgetStatuses)}
        value={shown('budgetStatus') ?? null}
        onChange={(next) => onChange({ budgetStatus: budgetStatuses.find((each) => each === next) ?? null })}
        clearable
      />
      <NumberInput
        label={fieldLabel('budgetAmount')}
        value={typeof amount === 'number' ? amount : ''}
        thousandSeparator={groupMark}
        min={0}
        hideControls
        onChange={(next) => onChange({ budgetAmount: typeof next === 'number' ? next : null })}
      />
      <Select
        label={fieldLabel('decisionMaker')}
        data={[
          { value: 'true', label: t('common.yes') },
          { value: 'false', label: t('common.no') },
        ]}
        value={decisionMaker === null || decisionMaker === undefined ? null : String(decisionMaker)}
        placeholder={t('common.unknown')}
        clearable
        onChange={(next) => onChange({ decisionMaker: next === null ? null : next === 'true' })}
      />
      <Textarea
        label={fieldLabel('description')}
        autosize
        minRows={2}
        maxRows={6}
        value={shown('description') ?? ''}
        onChange={(event) =>
          onChange({ description: event.currentTarget.value === '' ? null : event.currentTarget.value })
        }
      />
    </Stack>
  );
}
