/** The fields of one stage, with what moves the lead from it: complete, move here, next, back. */
import { Button, Group, Switch, Text } from '@mantine/core';
import { ArrowLeft, ArrowRight, Check } from 'lucide-react';
import { useMemo } from 'react';
import { contract } from '../../../shared/contract/index.ts';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { entities } from '../../../shared/model/entities.ts';
import type { EntityDefinition } from '../../../shared/model/field.ts';
import type { Stage } from '../../../shared/rules/process/definition.ts';
import { bridge } from '../../app/client.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { FieldInput, hasField } from '../../ui/field-input.tsx';
import { valueText } from '../../ui/field-value.tsx';
import { RecordForm, SaveButtons, useRecordForm } from '../../ui/record-form.tsx';
import { ShortcutTooltip } from '../../ui/shortcuts.tsx';
import { ValueList } from '../../ui/value-list.tsx';
import { stageIndex } from './flags.ts';
import classes from './leads.module.css';
import { LinkPanel } from './link-panel.tsx';
import { actionKeys, type LeadActions } from './use-lead-actions.tsx';

const flagNames = ['salesReady', 'teleprospectReady', 'teleprospectAccepted', 'salesAccepted'] as const;
type FlagName = (typeof flagNames)[number];
const isFlag = (name: string): name is FlagName => (flagNames as readonly string[]).includes(name);

const leadFields = (entities.lead as unknown as EntityDefinition).fields;
const valuesSchema = contract['leads.update'].input.shape.values;

type Props = { readonly detail: LeadDetail; readonly stage: Stage; readonly actions: LeadActions };

export function StagePanel({ detail, stage, actions }: Props) {
  const { lead, process } = detail;
  const update = useAction('leads.update', { quiet: true });
  const parts = useMemo(() => {
    const known = stage.fields.filter((name) => hasField('lead', name));
    return {
      links: known.some((name) => name === 'contactId' || name === 'accountId'),
      flags: known.filter(isFlag),
      shown: known.filter((name) => leadFields[name]?.computed && !isFlag(name)),
      edited: known.filter((name) => !leadFields[name]?.computed && name !== 'contactId' && name !== 'accountId'),
    };
  }, [stage]);
  const state = useRecordForm({
    entity: 'lead',
    record: lead,
    fields: parts.edited,
    // checked by the same schema before it gets here
    save: (values, baseVersion) => update.run({ id: lead.id, values: valuesSchema.parse(values), baseVersion }),
    reload: () => bridge.call('leads.get', { id: lead.id }),
  });

  const isInBin = lead.deletedAtMs !== null;
  const isOpen = lead.status === 'open' && !isInBin;
  const { stages } = process.definition;
  const at = stageIndex(process.definition, lead.stage);
  const here = stages.findIndex(({ id }) => id === stage.id);
  const isHere = isOpen && here === at;
  const next = stages[here + 1];
  const values = lead as unknown as Readonly<Record<string, unknown>>;
  const missing = stage.required.filter((name) => {
    const value = state.form.watch(name) ?? values[name];
    return value === null || value === undefined || value === '' || value === false;
  });

  const complete = async () => {
    if (state.isDirty) {
      await state.submit();
      // a refused or clashing save keeps the lead where it is
      const saved = await bridge.call('leads.get', { id: lead.id });
      if (!saved.ok) return;
      const stored = saved.value as unknown as Readonly<Record<string, unknown>>;
      const typed = state.form.getValues();
      const isSaved = parts.edited.every(
        (name) => JSON.stringify(stored[name] ?? null) === JSON.stringify(typed[name] ?? null),
      );
      if (!isSaved) return;
    }
    if (next !== undefined) await actions.moveTo(next.id);
  };

  return (
    <section className={classes.panel} aria-label={stage.name}>
      <RecordForm state={state}>
        <Text size="xs" c="dimmed" mb="sm">
          {isOpen
            ? isHere
              ? t('leads.stageHere')
              : here < at
                ? t('leads.stagePast')
                : t('leads.stageAhead')
            : isInBin
              ? t('leads.inBinNote')
              : lead.status === 'qualified'
                ? t('leads.closedOpportunity')
                : t('leads.closedNote')}
        </Text>
        {parts.links ? <LinkPanel detail={detail} /> : null}
        {parts.shown.length === 0 ? null : (
          <div className={classes.narrow}>
            <ValueList
              blanks
              items={parts.shown.map((name) => ({
                name: fieldLabel(name),
                value: valueText(leadFields[name], values[name], lead.labels[name]) || '–',
              }))}
            />
          </div>
        )}
        {parts.flags.length === 0 ? null : (
          <Group gap="lg" my="sm">
            {parts.flags.map((name) => (
              <Switch
                key={name}
                label={t(`leads.flags.${name}`)}
                checked={lead[name]}
                disabled={!isOpen || actions.pending}
                onChange={() =>
                  void (!lead[name] && name === 'salesAccepted'
                    ? actions.run('salesAccepted')
                    : actions.flag(name, !lead[name]))
                }
              />
            ))}
          </Group>
        )}
        {parts.edited.length === 0 ? null : (
          <div className={classes.fields}>
            {parts.edited.map((name) =>
              hasField('lead', name) ? (
                <div key={name} className={leadFields[name]?.kind === 'longText' ? classes.wide : undefined}>
                  <FieldInput of="lead" name={name} refLabel={lead.labels[name]} disabled={!isOpen} />
                </div>
              ) : null,
            )}
          </div>
        )}
        {stage.fields.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t('leads.stageNoFields')}
          </Text>
        ) : null}
        {isHere && missing.length > 0 && next !== undefined ? (
          <Text size="xs" mt="sm">
            {t('leads.stageRequires', { fields: missing.map(fieldLabel).join(', ') })}
          </Text>
        ) : null}
        {!isOpen ? null : (
          <Group mt="md" gap="xs">
            {isHere ? (
              <>
                {here > 0 ? (
                  <ShortcutTooltip label={t('leads.backStage')} keys={actionKeys.back}>
                    <Button
                      variant="default"
                      leftSection={<ArrowLeft size={15} aria-hidden />}
                      onClick={() => void actions.run('back')}
                    >
                      {t('leads.backStage')}
                    </Button>
                  </ShortcutTooltip>
                ) : null}
                {next === undefined ? null : (
                  <ShortcutTooltip label={t('leads.nextStage')} keys={actionKeys.next}>
                    <Button
                      rightSection={<ArrowRight size={15} aria-hidden />}
                      disabled={missing.length > 0}
                      loading={actions.pending}
                      onClick={() => void complete()}
                    >
                      {t('leads.complete')}
                    </Button>
                  </ShortcutTooltip>
                )}
              </>
            ) : (
              <Button
                variant="light"
                leftSection={<Check size={15} aria-hidden />}
                loading={actions.pending}
                onClick={() => void actions.moveTo(stage.id)}
              >
                {t('leads.moveHere')}
              </Button>
            )}
            {parts.edited.length > 0 && state.isDirty ? <SaveButtons state={state} /> : null}
          </Group>
        )}
      </RecordForm>
    </section>
  );
}
