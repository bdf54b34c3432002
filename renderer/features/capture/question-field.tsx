/** One qualifier question, by the kind of its answer. */
import { Textarea } from '@mantine/core';
import type { Question } from '../../../shared/rules/capture/definition.ts';
import { t } from '../../i18n/index.ts';
import { type AnswerValue, toggled } from './capture-draft.ts';
import { OptionChoice } from './option-choice.tsx';

const ratings = ['1', '2', '3', '4', '5'];

export function QuestionField({
  question,
  value,
  error,
  onChange,
}: {
  question: Question;
  value: AnswerValue | undefined;
  error: string | undefined;
  onChange: (value: AnswerValue) => void;
}) {
  const common = { label: question.label, required: question.required, error };
  switch (question.kind) {
    case 'text':
      return (
        <Textarea
          label={question.label}
          withAsterisk={question.required}
          error={error}
          data-stop
          autosize
          minRows={1}
          maxRows={4}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case 'oneOf':
      return (
        <OptionChoice
          {...common}
          kind="radio"
          hint={t('capture.pressNumber')}
          options={question.options.map((option) => ({ value: option, label: option }))}
          chosen={typeof value === 'string' ? [value] : []}
          onChoose={onChange}
        />
      );
    case 'manyOf': {
      const chosen = Array.isArray(value) ? value : [];
      return (
        <OptionChoice
          {...common}
          kind="checkbox"
          hint={t('capture.pressNumbers')}
          options={question.options.map((option) => ({ value: option, label: option }))}
          chosen={chosen}
          onChoose={(option) => onChange(toggled(chosen, option))}
        />
      );
    }
    case 'rating':
      return (
        <OptionChoice
          {...common}
          kind="radio"
          hint={t('capture.pressNumber')}
          options={ratings.map((n) => ({ value: n, label: t('capture.rating', { n }) }))}
          chosen={typeof value === 'number' ? [String(value)] : []}
          onChoose={(n) => onChange(Number(n))}
        />
      );
  }
}
