import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Summary } from '../report.ts';
import { runOnce } from '../../testing/runOnce.ts';
import { forecast } from './forecast.ts';

beforeAll(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterAll(() => void vi.restoreAllMocks());

describe('the waves', () => {
  test('give the same result twice', async () => {
    const run = async (): Promise<Summary> => (await runOnce(forecast, { epochs: 2 })) as Summary;
    const [a, b] = [await run(), await run()];
    expect(a.metrics).toEqual(b.metrics);
    expect(a.tasks.map(({ epochs, metrics }) => [epochs, metrics])).toEqual(
      b.tasks.map(({ epochs, metrics }) => [epochs, metrics]),
    );
  });
});
