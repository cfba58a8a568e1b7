import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MissingDataError } from '@chainrule/errors';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { runOnce } from '../../testing/runOnce.ts';
import { messages } from './messages.ts';
import { spam } from './spam.ts';

const printed: string[] = [];
beforeAll(() => void vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line)));
beforeEach(() => void (printed.length = 0));
afterAll(() => void vi.restoreAllMocks());

describe('messages', () => {
  test('are a quarter spam, and the same for the same seed', () => {
    const { texts, labels } = messages({ count: 200, seed: 3 });
    expect([texts.length, [...labels.data].filter((label) => label === 1).length]).toEqual([200, 50]);
    expect(messages({ count: 200, seed: 3 }).texts).toEqual(texts);
    expect(messages({ count: 200, seed: 4 }).texts).not.toEqual(texts);
    expect(texts.filter((text) => /[{}]|undefined/.test(text))).toEqual([]);
  });
});

describe('the spam task', () => {
  test('finds most spam among few messages, and gives the same result for the same seed', async () => {
    const [a, b] = [await runOnce(spam, { limit: 400, epochs: 6 }), await runOnce(spam, { limit: 400, epochs: 6 })];
    expect(Object.keys(a.metrics)).toEqual(['testAccuracy', 'testF1', 'testLoss']);
    expect(a.metrics['testAccuracy']).toBeGreaterThan(0.85);
    expect(a.metrics['testF1']).toBeGreaterThan(0.7);
    expect({ ...a, seconds: 0 }).toEqual({ ...b, seconds: 0, epochs: a.epochs });
    expect(printed[0]).toMatch(/^nlp spam: 400 training samples, 500 test samples/);
    expect(printed.some((line) => /misread, such as\n {2}(ham|spam) read as (ham|spam): /.test(line))).toBe(true);
  });

  test('reads messages from a folder, and the error for a missing file names the folder', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'chainrule-spam-'));
    const { texts, labels } = messages({ count: 90, seed: 1 });
    writeFileSync(
      join(folder, 'SMSSpamCollection'),
      texts.map((text, i) => `${labels.data[i] === 1 ? 'spam' : 'ham'}\t${text}`).join('\n'),
    );
    expect((await runOnce(spam, { dataDir: folder, epochs: 1 })).dataset).toBe('sms-spam');
    expect(printed[0]).toMatch(/^nlp spam: 60 training samples, 30 test samples/);
    rmSync(folder, { recursive: true });
    await expect(runOnce(spam, { dataDir: folder })).rejects.toThrow(MissingDataError);
  });
});
