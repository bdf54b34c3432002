/** What became of the last person, above the form for the next one: discreet, with a way back. */
import { Anchor, Button, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { OutputOf } from '../../../shared/contract/index.ts';
import { useAction } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { fieldLabel } from '../../i18n/words.ts';
import classes from './capture.module.css';

export type Saved = {
  readonly name: string;
  readonly result: OutputOf<'capture.submit'>;
  readonly undone: boolean;
};

function sentence({ name, result }: Saved): string {
  switch (result.outcome) {
    case 'created':
      if (result.contactId === null || result.leadId === null) return t('capture.savedPersonOnly', { name });
      return t('capture.savedNew', { name });
    case 'updated':
      if (result.leadId === null) return t('capture.savedKnownOpen', { name });
      return result.newLead ? t('capture.savedKnown', { name }) : t('capture.savedKnownLead', { name });
    case 'unchanged':
      return t('capture.savedUnchanged', { name });
    case 'pending':
      return t('capture.savedPending', { name });
    case 'alreadyTaken':
      return t('capture.savedAlready', { name });
  }
}

type Props = { readonly saved: Saved; readonly onUndone: () => void; readonly afterUndo: () => void };

export function SavedStrip({ saved, onUndone, afterUndo }: Props) {
  const undo = useAction('history.undo');
  const { result } = saved;
  if (saved.undone) {
    return (
      <div className={classes['strip']} data-tone="plain" role="status">
        <Text size="sm">{t('capture.undone', { name: saved.name })}</Text>
      </div>
    );
  }
  const flagged = result.flagged.map(fieldLabel).join(', ');
  const { writeId } = result;
  return (
    <div className={classes['strip']} data-tone={result.outcome === 'pending' ? 'pending' : 'saved'} role="status">
      <Text size="sm" className={classes['said']} lineClamp={2}>
        {sentence(saved)}
        {flagged === '' ? '' : ` · ${t('capture.savedFlagged', { fields: flagged })}`}
      </Text>
      {result.leadId === null ? null : (
        <Anchor component={Link} href={`/leads/${result.leadId}`} size="sm">
          {t('capture.openLead')}
        </Anchor>
      )}
      {result.outcome === 'pending' ? (
        <Anchor component={Link} href="/review" size="sm">
          {t('capture.openReview')}
        </Anchor>
      ) : null}
      {writeId === null || result.outcome === 'alreadyTaken' ? null : (
        <Button
          variant="subtle"
          size="compact-sm"
          loading={undo.pending}
          onClick={() =>
            void undo.run({ writeId }).then((done) => {
              if (done.ok) onUndone();
              afterUndo();
            })
          }
        >
          {t('common.undo')}
        </Button>
      )}
    </div>
  );
}
