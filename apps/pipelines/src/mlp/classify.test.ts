import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { runOnce } from '../../testing/runOnce.ts';
import { classifyByMlp } from './classify.ts';

beforeAll(() => void vi.spyOn(console, 'log').mockImplementation(() => undefined));
afterAll(() => void vi.restoreAllMocks());

describe('mlp classify', () => {
  test('learns drawn digits', async () => {
    const report = await runOnce(classifyByMlp, { limit: 600, epochs: 2 });
    expect([report.task, report.parameters]).toEqual(['mlp digits', 266_610]);
    expect(report.epochs[1]!['loss']).toBeLessThan(report.epochs[0]!['loss']!);
  });
});
