import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChainruleError } from '@chainrule/errors';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type Report, writeReport } from './report.ts';

const report: Report = {
  task: 'cnn digits',
  dataset: 'digits',
  metrics: { testAccuracy: 0.5 },
  epochs: [{ epoch: 0, loss: 1 }],
  seconds: 2,
  parameters: 3,
  seed: 4,
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chainrule-report-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('writeReport', () => {
  test('writes valid JSON, replaces an earlier file, and leaves no other files', () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, 'former');
    writeReport(file, report);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(report);
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  test('names the file that cannot be written, and the reason', () => {
    const file = join(folder, 'no-such-folder', 'report.json');
    expect(() => writeReport(file, report)).toThrow(ChainruleError);
    expect(() => writeReport(file, report)).toThrow(`start: cannot write \`--json\` ${file}: ENOENT`);
  });

  test('leaves no files if the path is a folder', () => {
    mkdirSync(join(folder, 'report.json'));
    expect(() => writeReport(join(folder, 'report.json'), report)).toThrow('start: cannot write `--json`');
    expect(readdirSync(folder)).toEqual(['report.json']);
  });

  test('keeps the earlier file if writing fails', () => {
    const file = join(folder, 'report.json');
    writeFileSync(file, 'former');
    const failing = {
      ...report,
      toJSON: () => {
        throw new Error('no space left');
      },
    };
    expect(() => writeReport(file, failing)).toThrow('no space left');
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['former', ['report.json']]);
  });
});
