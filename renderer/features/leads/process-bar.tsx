/** The process of a lead as a bar: every stage with the time spent in it; a click shows the stage's fields below. */
import { Check } from 'lucide-react';
import type { LeadDetail } from '../../../shared/contract/leads.ts';
import { t } from '../../i18n/index.ts';
import { stageIndex } from './flags.ts';
import { durationText } from './lead-words.ts';
import classes from './leads.module.css';

type Props = {
  readonly detail: LeadDetail;
  readonly shown: string | null;
  readonly onShow: (stage: string) => void;
};

export function ProcessBar({ detail, shown, onShow }: Props) {
  const { lead, process, timeInStageMs } = detail;
  const { stages } = process.definition;
  const at = stageIndex(process.definition, lead.stage);
  return (
    <ol className={classes.bar} aria-label={t('leads.process')}>
      {stages.map(({ id, name }, index) => {
        const spent = timeInStageMs[id];
        const isCurrent = index === at && lead.status === 'open';
        const isPast = index < at || (index === at && lead.status === 'qualified');
        const time =
          spent === undefined ? (isPast ? t('leads.stageSkipped') : t('leads.stageNever')) : durationText(spent);
        return (
          <li
            key={id}
            className={classes.stage}
            data-state={isCurrent ? 'current' : isPast ? 'past' : 'ahead'}
            data-shown={id === shown || undefined}
          >
            <button
              type="button"
              onClick={() => onShow(id)}
              aria-current={isCurrent ? 'step' : undefined}
              aria-pressed={id === shown}
            >
              <span className={classes.stageDot} aria-hidden>
                {isPast && spent !== undefined ? <Check size={13} strokeWidth={3} /> : index + 1}
              </span>
              <span className={classes.stageText}>
                <span className={classes.stageName}>{name}</span>
                <span className={classes.stageTime}>{isCurrent ? t('leads.stageTime', { time }) : time}</span>
              </span>
            </button>
          </li>
        );
      })}
    </ol>
  );
}
