/** Shows what was read, a quiet placeholder while it is read for the first time, or the failure with what to do. */
import { Alert, Button, Group, Skeleton, Stack } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { type CallFailure, errorSentence } from '../app/failure.ts';
import { t } from '../i18n/index.ts';

type Props<T> = {
  readonly query: UseQueryResult<T, CallFailure>;
  readonly children: (value: T) => ReactNode;
  /** Lines of the placeholder. */
  readonly lines?: number;
};

export function QueryGate<T>({ query, children, lines = 4 }: Props<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error !== null) return <FailureNote failure={query.error} retry={() => void query.refetch()} />;
  return (
    <Stack gap="sm" p="md" aria-busy="true" aria-label={t('common.loading')} role="status">
      {Array.from({ length: lines }, (_, line) => (
        <Skeleton key={line} height={14} width={`${90 - ((line * 17) % 40)}%`} animate={false} />
      ))}
    </Stack>
  );
}

export function FailureNote({ failure, retry }: { readonly failure: CallFailure; readonly retry: () => void }) {
  return (
    <Alert color="red" variant="light" icon={<CircleAlert size={18} />} m="md" role="alert">
      <Group justify="space-between">
        <span>{errorSentence(failure.callError)}</span>
        <Button variant="default" onClick={retry}>
          {t('common.retry')}
        </Button>
      </Group>
    </Alert>
  );
}
