/**
 * The one way out of this page: `bridge.call(name, input)`, `bridge.onEvent(listener)`, `bridge.takeFile(file)`.
 * In Electron the preload gives it; in a browser of this machine the loopback host answers the same over its own
 * origin (the cookie that the host set goes along by itself).
 */
import type { Bridge } from '../../shared/contract/bridge.ts';
import type { CallResult } from '../../shared/contract/call.ts';
import type { AppEvent } from '../../shared/contract/events.ts';

declare global {
  interface Window {
    readonly outpost?: Bridge;
  }
}

/** The host is gone or answered something that is no answer. */
const unreachable = (message: string): CallResult<never> => ({
  ok: false,
  error: { code: 'internal', message, details: { unreachable: true } },
});

async function answerOf<T>(request: Promise<Response>): Promise<CallResult<T>> {
  let response: Response;
  try {
    response = await request;
  } catch {
    return unreachable('The host does not answer.');
  }
  if (!(response.headers.get('content-type') ?? '').includes('json')) {
    return unreachable(`The host answered ${response.status} without a result.`);
  }
  try {
    return (await response.json()) as CallResult<T>;
  } catch {
    return unreachable('The answer of the host was cut short.');
  }
}

/** One connection for all listeners; the browser opens it again by itself after a break. */
function listenToHost(): Bridge['onEvent'] {
  const listeners = new Set<(event: AppEvent) => void>();
  let source: EventSource | null = null;
  const tell = (event: AppEvent) => {
    for (const listener of listeners) listener(event);
  };
  const connect = () => {
    source = new EventSource('./api/events');
    source.onmessage = (message: MessageEvent<string>) => tell(JSON.parse(message.data) as AppEvent);
    // what was said during a break is lost, and so is what was said before: that a workspace was opened, while the
    // page had read already that none is. All is asked for again
    source.onopen = () => tell({ type: 'workspace' });
  };
  return (listener) => {
    listeners.add(listener);
    if (source === null) connect();
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0) {
        source?.close();
        source = null;
      }
    };
  };
}

export function loopbackBridge(): Bridge {
  return {
    host: 'loopback',
    call: (name, input) =>
      answerOf(
        fetch('./api/call', {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ name, input }),
        }),
      ),
    onEvent: listenToHost(),
    takeFile: (file) => {
      if (!(file instanceof File)) return Promise.resolve(unreachable('No file was given.'));
      return answerOf(fetch(`./api/files?name=${encodeURIComponent(file.name)}`, { method: 'POST', body: file }));
    },
  };
}

export const bridge: Bridge = window.outpost ?? loopbackBridge();
