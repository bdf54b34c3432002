/** What is wrong with a draft, said at each field; what is missing only once somebody tried to save. */
import type { CaptureField, CaptureFormDefinition } from '../../../shared/rules/capture/definition.ts';
import type { ownOf } from '../../../shared/rules/capture/submission.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import { type CaptureDraft, isTooLong, missingIn, mostOf, mostOfAnswer } from './capture-draft.ts';
import { refusedOwn } from './own-values.ts';

type Own = ReturnType<typeof ownOf>;

export const isReady = (draft: CaptureDraft, definition: CaptureFormDefinition, own: Own): boolean =>
  missingIn(draft, definition, own).length === 0 &&
  !isTooLong(draft, definition) &&
  refusedOwn(draft, own).length === 0;

export function complaintsAbout(draft: CaptureDraft, definition: CaptureFormDefinition, own: Own, wasTried: boolean) {
  const missing = wasTried ? missingIn(draft, definition, own) : [];
  const refused = wasTried ? refusedOwn(draft, own) : [];
  return {
    ofOwn: (name: string): string | undefined =>
      refused.includes(name)
        ? t('capture.notValid', { field: fieldLabel(name) })
        : missing.some((each) => each.kind === 'own' && each.field === name)
          ? t('capture.requiredField', { field: fieldLabel(name) })
          : undefined,
    ofField: (field: CaptureField): string | undefined => {
      const most = mostOf(field, draft.values[field] ?? '');
      if (most !== null) return t('capture.tooLong', { count: most });
      return missing.some((each) => each.kind === 'field' && each.field === field)
        ? t('capture.requiredField', { field: fieldLabel(field) })
        : undefined;
    },
    ofQuestion: (id: string): string | undefined => {
      const most = mostOfAnswer(draft.answers[id]);
      if (most !== null) return t('capture.tooLong', { count: most });
      return missing.some((each) => each.kind === 'question' && each.id === id)
        ? t('capture.requiredQuestion')
        : undefined;
    },
  };
}
