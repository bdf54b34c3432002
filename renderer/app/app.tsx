/** The window: providers, then what the workspace's state calls for: welcome, unlock, or the frame with its pages. */
import { MantineProvider } from '@mantine/core';
import { ModalsProvider } from '@mantine/modals';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Router } from 'wouter';
import { useHashLocation } from 'wouter/use-hash-location';
import '../i18n/index.ts';
import { BulkProgress } from '../ui/bulk-progress.tsx';
import { cssVariables, theme } from '../ui/theme.ts';
import { FailureNote } from '../ui/query-gate.tsx';
import { colorSchemeManager } from './color-scheme.ts';
import { useSetup } from '../features/welcome/setup-store.ts';
import { Frame } from './frame.tsx';
import { listen } from './live.ts';
import { useCall } from './use-call.ts';
import { WorkspaceFieldsLoader } from './workspace-fields-loader.tsx';

const WelcomePage = lazy(async () => ({ default: (await import('../features/welcome/welcome-page.tsx')).WelcomePage }));
const UnlockPage = lazy(async () => ({ default: (await import('../features/welcome/unlock-page.tsx')).UnlockPage }));

const client = new QueryClient({
  defaultOptions: {
    // the program is on this machine: there is no network to wait for and a refusal stays a refusal
    queries: { networkMode: 'always', retry: false, staleTime: 30_000, refetchOnWindowFocus: false },
    mutations: { networkMode: 'always', retry: false },
  },
});

export function App() {
  // another language draws everything anew
  const { i18n } = useTranslation();
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
      key={i18n.language}
    >
      <QueryClientProvider client={client}>
        <ModalsProvider>
          <Notifications position="bottom-right" limit={4} containerWidth={330} />
          <Router hook={useHashLocation}>
            <Window />
          </Router>
        </ModalsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

function Window() {
  const status = useCall('workspace.status', {});
  useEffect(() => listen(client), []);
  const isSettingUp = useSetup(({ setup }) => setup.step !== 'idle');
  const state = status.data?.state;
  useEffect(() => {
    // nothing that was read stays in memory once the workspace is locked
    if (state !== undefined && state !== 'open')
      client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'workspace.status' });
  }, [state]);

  if (status.data === undefined) {
    return status.error === null ? null : <FailureNote failure={status.error} retry={() => void status.refetch()} />;
  }
  if (status.data.state === 'open' && !isSettingUp) {
    return (
      <>
        <WorkspaceFieldsLoader>
          <Frame status={status.data} />
        </WorkspaceFieldsLoader>
        <BulkProgress />
      </>
    );
  }
  return (
    <Suspense fallback={null}>
      {status.data.state === 'none' || isSettingUp ? (
        <WelcomePage status={status.data} />
      ) : (
        <UnlockPage status={status.data} />
      )}
    </Suspense>
  );
}
