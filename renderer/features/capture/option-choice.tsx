/**
 * A few answers to choose from without leaving the keyboard: one Tab stop, numbers choose, arrows move, Space ticks.
 * One of them (`radio`) or any of them (`checkbox`).
 */
import { Text } from '@mantine/core';
import { type KeyboardEvent, useId, useRef } from 'react';
import { keyOfOption, optionByKey } from './capture-draft.ts';
import classes from './capture.module.css';

export type Option = { readonly value: string; readonly label: string };

type Props = {
  readonly label: string;
  readonly hint?: string;
  readonly kind: 'radio' | 'checkbox';
  readonly options: readonly Option[];
  readonly chosen: readonly string[];
  readonly onChoose: (value: string) => void;
  readonly required?: boolean;
  readonly error?: string | undefined;
};

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

export function OptionChoice({ label, hint, kind, options, chosen, onChoose, required, error }: Props) {
  const labelId = useId();
  const errorId = useId();
  const group = useRef<HTMLDivElement>(null);
  const buttons = () => [...(group.current?.querySelectorAll<HTMLButtonElement>('button') ?? [])];
  const stop = Math.max(
    0,
    options.findIndex(({ value }) => chosen.includes(value)),
  );

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const byKey = optionByKey(
      options.map(({ value }) => value),
      event.key,
    );
    if (byKey !== null) {
      event.preventDefault();
      onChoose(byKey);
      buttons()[options.findIndex(({ value }) => value === byKey)]?.focus();
      return;
    }
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const all = buttons();
    const at = all.findIndex((button) => button === document.activeElement);
    const next = (at + step + all.length) % all.length;
    all[next]?.focus();
    const option = options[next];
    if (kind === 'radio' && option) onChoose(option.value);
  };

  return (
    <div>
      <Text id={labelId} component="div" className={classes['choiceLabel'] ?? ''}>
        {label}
        {required ? (
          <Text span c="red" aria-hidden>
            {' *'}
          </Text>
        ) : null}
        {hint === undefined ? null : (
          <Text span size="xs" c="dimmed" fw={400} ml={8}>
            {hint}
          </Text>
        )}
      </Text>
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- it has a role; the rule does not see through the choice */}
      <div
        ref={group}
        role={kind === 'radio' ? 'radiogroup' : 'group'}
        aria-labelledby={labelId}
        aria-describedby={error === undefined ? undefined : errorId}
        aria-required={kind === 'radio' ? required : undefined}
        aria-invalid={error === undefined ? undefined : true}
        className={classes['choices']}
        onKeyDown={onKeyDown}
      >
        {options.map(({ value, label: text }, index) => {
          const key = keyOfOption(index);
          return (
            <button
              key={value}
              type="button"
              role={kind}
              aria-checked={chosen.includes(value)}
              aria-keyshortcuts={key ?? undefined}
              tabIndex={index === stop ? 0 : -1}
              data-stop={index === stop ? '' : undefined}
              className={classes['choice']}
              onClick={() => onChoose(value)}
            >
              {key === null ? null : (
                <span aria-hidden className={classes['choiceKey']}>
                  {key}
                </span>
              )}
              <span>{text}</span>
            </button>
          );
        })}
      </div>
      {error === undefined ? null : (
        <Text id={errorId} size="xs" c="var(--mantine-color-error)" mt={4}>
          {error}
        </Text>
      )}
    </div>
  );
}
