import { expect, onTestFinished, test, vi } from 'vitest';
import { breathe } from './breathe.ts';

/** How often `breathe` is awaited before a timer gets its turn. */
async function roundsUntilTimer(): Promise<number> {
  let [due, rounds] = [false, 0];
  setTimeout(() => (due = true));
  while (!due) {
    await breathe();
    rounds++;
  }
  return rounds;
}

test.each(['setImmediate', 'MessageChannel', 'neither'])('breathe lets timers run, with %s', async (present) => {
  onTestFinished(() => void vi.unstubAllGlobals());
  if (present !== 'setImmediate') vi.stubGlobal('setImmediate', undefined);
  if (present === 'neither') vi.stubGlobal('MessageChannel', undefined);
  expect(await roundsUntilTimer()).toBeGreaterThan(0);
});

test('breathe returns without a turn of the event loop while it had one', async () => {
  await roundsUntilTimer();
  let turned = false;
  setImmediate(() => (turned = true));
  const start = performance.now();
  await breathe();
  if (performance.now() - start < 1) expect(turned).toBe(false);
});
