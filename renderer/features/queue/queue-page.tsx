/** The caller's screen: the best next call in hand, or why there is none. */
import { Anchor, Button } from '@mantine/core';
import { PhoneCall } from 'lucide-react';
import { Link } from 'wouter';
import { useCall } from '../../app/use-call.ts';
import { t } from '../../i18n/index.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryGate } from '../../ui/query-gate.tsx';
import { openInView } from '../../ui/table-memory.ts';
import { CallScreen } from './call-screen.tsx';
import { NotNow, UpcomingList } from './upcoming-list.tsx';
import { useQueue } from './use-queue.ts';

export function QueuePage() {
  const { inHand, take, done, pending } = useQueue();
  const list = useCall('queue.list', { limit: 30 }, { keep: true });
  const waiting = list.data?.waiting ?? 0;
  const current = inHand.state === 'call' ? inHand.item : null;
  return (
    <Page
      title={t('queue.title')}
      icon={PhoneCall}
      wide
      detail={list.data === undefined ? '' : t('queue.waiting', { count: waiting })}
    >
      {current === null ? (
        inHand.state === 'loading' ? null : (
          <EmptyState
            icon={PhoneCall}
            title={t('queue.emptyTitle')}
            body={t('queue.emptyBody')}
            action={
              <>
                <Button loading={pending} onClick={() => void take()}>
                  {t('queue.tryAgain')}
                </Button>
                <Anchor component={Link} href="/leads" size="sm" onClick={() => openInView('leads', 'teleprospecting')}>
                  {t('queue.seeTeleprospecting')}
                </Anchor>
              </>
            }
          />
        )
      ) : (
        <CallScreen
          key={current.leadId}
          item={current}
          onRecorded={() => {
            done();
            void take();
          }}
          onSkip={() => void take(current.leadId)}
          onTakeAgain={() => void take()}
        />
      )}
      <QueryGate query={list} lines={3}>
        {(queue) => (
          <>
            {current === null && queue.items.length === 0 ? null : (
              <UpcomingList list={queue} currentId={current?.leadId ?? null} />
            )}
            <NotNow list={queue} />
          </>
        )}
      </QueryGate>
    </Page>
  );
}
