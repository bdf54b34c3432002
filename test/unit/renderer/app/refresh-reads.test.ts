import { QueryClient, QueryObserver } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'window');
});

it('asks a read again that was running when something changed, since its answer may be from before', async () => {
  Object.assign(globalThis, { window: {} });
  const { catchUp, refreshReads } = await import('../../../../renderer/app/use-call.ts');
  const client = new QueryClient({ defaultOptions: { queries: { networkMode: 'always', staleTime: 30_000 } } });
  const stop = catchUp(client);
  const answers: ((answer: string) => void)[] = [];
  const queryFn = () => new Promise<string>((resolve) => answers.push(resolve));
  const leave = new QueryObserver(client, { queryKey: ['state'], queryFn }).subscribe(() => {});
  await vi.waitFor(() => expect(answers).toHaveLength(1));
  refreshReads(client);
  refreshReads(client);
  answers[0]?.('locked');
  await vi.waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.('open');
  await vi.waitFor(() => expect(client.getQueryData(['state'])).toBe('open'));
  expect(client.isFetching()).toBe(0);
  expect(answers).toHaveLength(2);
  leave();
  stop();
});
