/** What will stand after the merge, why nobody chooses it where that is so, and a way to write something else. */
import { Text } from '@mantine/core';
import { isUnited, mayChoose, mayWrite } from '../../../shared/rules/merging/merged-values.ts';
import { useFields } from '../../app/workspace-fields.ts';
import { t } from '../../i18n/index.ts';
import type { Of } from './duplicates-store.ts';
import classes from './duplicates.module.css';
import { longText } from './group-columns.ts';
import { type Choice, isByHand } from './merge-choices.ts';
import { EndByHand, isListByItself, ListCell, StartByHand, ValueByHand } from './value-by-hand.tsx';

type Props = {
  readonly of: Of;
  readonly name: string;
  readonly value: unknown;
  /** The value in words, and the record that it points at. */
  readonly text: string;
  readonly refLabel: string | null;
  readonly choice: Choice | undefined;
  readonly onChoose: (choice: Choice | null) => void;
};

export function AfterCell({ of, name, value, text, refLabel, choice, onChoose }: Props) {
  const field = useFields(of)[name];
  const write = (next: unknown) => onChoose({ value: next });
  const end = <EndByHand name={name} onEnd={() => onChoose(null)} />;
  if (isByHand(choice) && !isListByItself(name)) {
    return (
      <div className={classes.after}>
        <ValueByHand of={of} name={name} value={choice.value} refLabel={refLabel} onChange={write} />
        {end}
      </div>
    );
  }
  const isUnitedHere = field !== undefined && isUnited(field) && !isByHand(choice);
  const note = isUnitedHere ? t('duplicates.allKept') : mayChoose(of, name) ? null : noteOf(of, name);
  return (
    <div className={classes.after}>
      <span>
        {!(text === '' && note !== null) && (
          <span className={classes.text} title={text.length > longText ? text : undefined}>
            {text === '' ? '–' : text}
          </span>
        )}
        {note !== null && (
          <Text size="xs" c="dimmed">
            {note}
          </Text>
        )}
      </span>
      {mayWrite(of, name) &&
        (isListByItself(name) ? (
          <ListCell of={of} name={name} value={value} onChange={write} />
        ) : (
          <StartByHand name={name} onStart={() => write(value ?? null)} />
        ))}
      {isByHand(choice) && end}
    </div>
  );
}

const strict = [
  'consentLevel',
  'child',
  'allowEmail',
  'allowBulkEmail',
  'allowPhone',
  'allowPost',
  'allowPrefill',
  'followEmail',
];
const noteOf = (of: Of, name: string): string | null =>
  of === 'contact' && strict.includes(name)
    ? t('duplicates.strictest')
    : of === 'lead' && ofProcess.includes(name)
      ? t('duplicates.furthest')
      : null;

const ofProcess = ['processId', 'stage', 'stageEnteredAtMs', 'disqualifyReason'];
