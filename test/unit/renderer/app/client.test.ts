import { afterEach, expect, it } from 'vitest';
import type { AppEvent } from '../../../../shared/contract/events.ts';

class FakeEventSource {
  static opened: FakeEventSource[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  constructor() {
    FakeEventSource.opened.push(this);
  }
  close() {}
}

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'window');
  Reflect.deleteProperty(globalThis, 'EventSource');
});

it('has all read again whenever it begins to listen, since what was said before that is lost', async () => {
  Object.assign(globalThis, { window: {}, EventSource: FakeEventSource });
  const { bridge } = await import('../../../../renderer/app/client.ts');
  const told: AppEvent[] = [];
  const stop = bridge.onEvent((event) => told.push(event));
  const [source] = FakeEventSource.opened;
  // the first time: the host may have opened the workspace after the page asked whether it is open
  source?.onopen?.();
  expect(told).toEqual([{ type: 'workspace' }]);
  // and after a break
  source?.onopen?.();
  expect(told).toHaveLength(2);
  stop();
});
