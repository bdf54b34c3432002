/** One strategy: what is compared and how, what blank keys and several hits do, and a try on all records first. */
import {
  ActionIcon,
  Alert,
  Button,
  Checkbox,
  Group,
  NumberInput,
  Select,
  SimpleGrid,
  Stack,
  Text,
  TextInput,
} from '@mantine/core';
import { ArrowDown, ArrowUp, FlaskConical, Save, Trash2, TriangleAlert, X } from 'lucide-react';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import type { EntityRecord } from '../../../shared/model/entities.ts';
import {
  blankKeyActions,
  canBeSimilar,
  defaultLevel,
  hitActions,
  type MatchingAttribute,
  matchingAttributes,
  type MatchingDefinition,
  readsAllRecords,
  severalMatchesActions,
} from '../../../shared/rules/matching/definition.ts';
import { useLeaveGuard } from '../../app/leave-guard.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { choiceLabel, fieldLabel } from '../../i18n/words.ts';
import { confirm } from '../../ui/confirm.tsx';
import { useKeepFocus } from '../../ui/keep-focus.ts';
import { Section } from '../../ui/page.tsx';
import { ShortcutTooltip, useShortcuts } from '../../ui/shortcuts.tsx';
import { normalisedExample } from './examples.ts';
import classes from './strategies.module.css';
import { StrategyTrial } from './strategy-trial.tsx';
import { StrategyUse } from './strategy-use.tsx';

type Strategy = EntityRecord<'matchingStrategy'>;
type Attribute = MatchingDefinition['attributes'][number];
const targets = ['contact', 'lead'] as const;

const blank: MatchingDefinition = {
  version: 1,
  attributes: [{ attribute: 'email' }],
  onBlankKey: 'review',
  onSeveralMatches: 'review',
  onHit: 'fillEmpty',
};

const blankStrategy = { name: '', target: 'contact', isDefault: false, definition: blank } as const;

const isOneOf = <T extends string>(options: readonly T[], value: string | null): T | null =>
  options.find((each) => each === value) ?? null;

type Props = { readonly strategy: Strategy | null; readonly onSaved: (id: string | null) => void };

export function StrategyEditor({ strategy, onSaved }: Props) {
  const place = useKeepFocus<HTMLDivElement>();
  const began = { ...blankStrategy, ...strategy };
  const [name, setName] = useState<string>(began.name);
  const [target, setTarget] = useState<(typeof targets)[number]>(began.target);
  const [isDefault, setIsDefault] = useState<boolean>(began.isDefault);
  const [definition, setDefinition] = useState<MatchingDefinition>(began.definition);
  const create = useAction('matchingStrategies.create', { saved: t('strategies.saved') });
  const update = useAction('matchingStrategies.update', { saved: t('strategies.saved') });
  const remove = useAction('matchingStrategies.remove', { saved: t('strategies.removed') });
  const { attributes } = definition;
  const unused = matchingAttributes.filter((each) => !attributes.some(({ attribute }) => attribute === each));
  const setAttributes = (next: readonly Attribute[]) => setDefinition({ ...definition, attributes: [...next] });
  const change = (at: number, next: Attribute) =>
    setAttributes(attributes.map((each, place) => (place === at ? next : each)));
  const move = (at: number, by: number) => {
    const next = [...attributes];
    const [moved] = next.splice(at, 1);
    if (moved) next.splice(at + by, 0, moved);
    setAttributes(next);
  };
  const [isLeaving, setLeaving] = useState(false);
  const isDirty =
    JSON.stringify([name, target, isDefault, definition]) !==
    JSON.stringify([began.name, began.target, began.isDefault, began.definition]);
  useLeaveGuard(isDirty && !isLeaving);
  const leave = (to: string | null) => {
    // the guard is to know before the page moves on
    flushSync(() => setLeaving(true));
    onSaved(to);
  };
  const maySave = name.trim() !== '' && !create.pending && !update.pending;
  const save = async () => {
    if (!maySave) return;
    const values = { name: name.trim(), target, isDefault, definition };
    if (strategy === null) {
      const result = await create.run({ values });
      if (result.ok) leave(result.value.id);
    } else {
      await update.run({ id: strategy.id, baseVersion: strategy.version, values });
    }
  };
  const drop = async () => {
    if (strategy === null) return;
    const goes = await confirm({
      title: t('strategies.removeTitle', { name: strategy.name }),
      body: t('strategies.removeBody'),
      action: t('strategies.remove'),
      danger: true,
    });
    if (goes && (await remove.run({ ids: [strategy.id] })).ok) leave(null);
  };
  useShortcuts([{ keys: 'mod+s', label: t('common.save'), run: () => void save(), inFields: true }]);
  return (
    <Stack gap="md" ref={place} tabIndex={-1} className={classes.editor}>
      <Section title={strategy === null ? t('strategies.new') : strategy.name}>
        <SimpleGrid cols={2} spacing="sm">
          <TextInput
            label={t('strategies.name')}
            autoFocus={strategy === null}
            value={name}
            maxLength={200}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Select
            label={t('strategies.target')}
            data={targets.map((each) => ({ value: each, label: choiceLabel(each) }))}
            value={target}
            allowDeselect={false}
            onChange={(next) => setTarget(isOneOf(targets, next) ?? target)}
          />
        </SimpleGrid>
        <Checkbox
          mt="sm"
          label={t('strategies.isDefault')}
          description={strategy?.isDefault === true ? t('strategies.defaultHint') : undefined}
          checked={isDefault}
          // another one becomes the default instead
          disabled={strategy?.isDefault === true}
          onChange={(event) => setIsDefault(event.currentTarget.checked)}
        />
      </Section>
      <Section title={t('strategies.compared')} hint={t('strategies.comparedHint')}>
        {attributes.map((each, at) => (
          <div key={each.attribute} className={classes.attribute}>
            <Text size="sm" fw={550}>
              {fieldLabel(each.attribute)}
            </Text>
            {canBeSimilar(each.attribute) ? (
              <Select
                aria-label={t('strategies.howOf', { field: fieldLabel(each.attribute) })}
                data={[
                  { value: 'exact', label: t('strategies.exact') },
                  { value: 'similar', label: t('strategies.similar') },
                ]}
                value={each.compare ?? 'exact'}
                allowDeselect={false}
                onChange={(next) =>
                  change(
                    at,
                    next === 'similar'
                      ? { attribute: each.attribute, compare: 'similar', level: defaultLevel }
                      : { attribute: each.attribute },
                  )
                }
              />
            ) : (
              <Text size="sm">{t('strategies.exact')}</Text>
            )}
            {each.compare === 'similar' ? (
              <NumberInput
                aria-label={t('strategies.levelOf', { field: fieldLabel(each.attribute) })}
                min={70}
                max={100}
                suffix=" %"
                value={Math.round((each.level ?? defaultLevel) * 100)}
                onChange={(next) =>
                  change(at, { ...each, level: Math.min(100, Math.max(70, Number(next) || 90)) / 100 })
                }
              />
            ) : (
              <span />
            )}
            <Text size="xs" c="dimmed">
              {normalisedExample(each)}
            </Text>
            <Group gap={2} wrap="nowrap">
              <ActionIcon
                variant="subtle"
                aria-label={t('strategies.up')}
                disabled={at === 0}
                onClick={() => move(at, -1)}
              >
                <ArrowUp size={15} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                aria-label={t('strategies.down')}
                disabled={at === attributes.length - 1}
                onClick={() => move(at, 1)}
              >
                <ArrowDown size={15} />
              </ActionIcon>
              <ActionIcon
                variant="subtle"
                aria-label={t('strategies.dropField', { field: fieldLabel(each.attribute) })}
                disabled={attributes.length === 1}
                onClick={() => setAttributes(attributes.filter((_, place) => place !== at))}
              >
                <X size={15} />
              </ActionIcon>
            </Group>
          </div>
        ))}
        {readsAllRecords(definition) && (
          <Alert color="yellow" variant="light" mt="sm" icon={<TriangleAlert size={16} />}>
            {t('strategies.readsAll')}
          </Alert>
        )}
        <Select
          mt="sm"
          maw={260}
          placeholder={t('strategies.addField')}
          aria-label={t('strategies.addField')}
          data={unused.map((each) => ({ value: each, label: fieldLabel(each) }))}
          value={null}
          searchable
          onChange={(next) => {
            const chosen: MatchingAttribute | null = isOneOf(matchingAttributes, next);
            if (chosen !== null) setAttributes([...attributes, { attribute: chosen }]);
          }}
        />
      </Section>
      <Section title={t('strategies.outcomes')}>
        <SimpleGrid cols={3} spacing="sm">
          <Select
            label={t('strategies.onBlankKey')}
            data={blankKeyActions.map((each) => ({ value: each, label: t(`strategies.blank_${each}`) }))}
            value={definition.onBlankKey}
            allowDeselect={false}
            onChange={(next) =>
              setDefinition({ ...definition, onBlankKey: isOneOf(blankKeyActions, next) ?? 'review' })
            }
          />
          <Select
            label={t('strategies.onSeveral')}
            data={severalMatchesActions.map((each) => ({ value: each, label: t(`strategies.several_${each}`) }))}
            value={definition.onSeveralMatches}
            allowDeselect={false}
            onChange={(next) =>
              setDefinition({ ...definition, onSeveralMatches: isOneOf(severalMatchesActions, next) ?? 'review' })
            }
          />
          <Select
            label={t('strategies.onHit')}
            data={hitActions.map((each) => ({ value: each, label: t(`strategies.hit_${each}`) }))}
            value={definition.onHit}
            allowDeselect={false}
            onChange={(next) => setDefinition({ ...definition, onHit: isOneOf(hitActions, next) ?? 'fillEmpty' })}
          />
        </SimpleGrid>
        {attributes.some(({ compare }) => compare === 'similar') && (
          <Alert color="blue" variant="light" mt="sm" icon={<FlaskConical size={16} />}>
            {t('strategies.similarHint')}
          </Alert>
        )}
      </Section>
      <Group justify="space-between">
        {strategy === null ? (
          <span />
        ) : (
          <Button
            variant="subtle"
            color="red"
            leftSection={<Trash2 size={15} aria-hidden />}
            disabled={strategy.isDefault}
            onClick={() => void drop()}
          >
            {t('strategies.remove')}
          </Button>
        )}
        <ShortcutTooltip label={t('common.save')} keys="mod+s">
          <Button
            leftSection={<Save size={15} aria-hidden />}
            disabled={name.trim() === ''}
            loading={create.pending || update.pending}
            onClick={() => void save()}
          >
            {t('common.save')}
          </Button>
        </ShortcutTooltip>
      </Group>
      <StrategyTrial target={target} definition={definition} />
      {strategy !== null && <StrategyUse id={strategy.id} />}
    </Stack>
  );
}
