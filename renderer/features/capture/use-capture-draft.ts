/** The draft on the screen, written to this laptop with every keystroke. */
import { useCallback, useState } from 'react';
import { type CaptureDraft, emptyDraft, isBlank, loadDraft, saveDraft } from './capture-draft.ts';

const newCaptureKey = () => crypto.randomUUID();

export function useCaptureDraft(formId: string) {
  const [draft, setDraft] = useState<CaptureDraft>(() => loadDraft(localStorage, formId, newCaptureKey));
  const [isKept, setIsKept] = useState(true);
  const [wasRestored, setWasRestored] = useState(() => !isBlank(draft));

  const put = useCallback(
    (next: CaptureDraft) => {
      setIsKept(saveDraft(localStorage, formId, next));
      setDraft(next);
    },
    [formId],
  );
  const change = useCallback(
    (make: (draft: CaptureDraft) => CaptureDraft) => {
      setDraft((before) => {
        const next = make(before);
        setIsKept(saveDraft(localStorage, formId, next));
        return next;
      });
    },
    [formId],
  );
  const reset = useCallback(() => {
    setWasRestored(false);
    put(emptyDraft(newCaptureKey()));
  }, [put]);

  return { draft, change, put, reset, isKept, wasRestored };
}
