import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { classifyByCnn } from './cnn/classify.ts';
import { taskName } from './task.ts';

const root = join(import.meta.dirname, '..', '..', '..');
let folder: string;
beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'chainrule-terminal-'))));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs `npm start` in a pseudo-terminal, and presses Ctrl-C when `when` appears. */
function start(columns: number, args: string, when?: RegExp): Promise<{ code: number | null; output: string }> {
  const command = `stty cols ${columns} rows 30; exec ${process.execPath} scripts/x.mjs start ${args}`;
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { cwd: root });
  let [output, pressed] = ['', false];
  child.stdout.on('data', (bytes: Buffer) => {
    output += String(bytes);
    if (!when?.test(output) || pressed) return;
    pressed = true;
    child.stdin.write('\x03');
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

/** The part of the output that is drawn repeatedly in place. */
const drawn = (output: string): string[] =>
  output
    .split(/\r|\n|\x1b\[\d*G/)
    .map((part) => stripVTControlCharacters(part))
    .filter((part) => /^epoch .* \d+ (s|min|h)( left)?$/.test(part));

// `script` of util-linux makes the terminal; other systems have a different one.
describe.skipIf(process.platform !== 'linux')('npm start in a terminal', () => {
  test.each([80, 40])('restores %i columns after Ctrl-C, and leaves no partial files', async (columns) => {
    const args = `${taskName(classifyByCnn)} --limit 500 --epochs 9999 --plots ${folder} --json ${join(folder, 'report.json')}`;
    const { code, output } = await start(columns, args, /epoch 3\/9999.* s/);
    expect(code).toBe(130);
    const last = (pattern: RegExp): string | undefined => output.match(pattern)?.at(-1);
    expect([last(/\x1b\[\?25[lh]/g), last(/\x1b\[\?7[lh]/g)]).toEqual(['\x1b[?25h', '\x1b[?7h']);
    expect(readdirSync(folder)).toEqual([]);
    const bars = drawn(output);
    expect(bars.length).toBeGreaterThan(0);
    expect(Math.max(...bars.map((line) => line.length))).toBeLessThanOrEqual(columns);
    expect(bars.some((line) => /loss \d.*acc/.test(line))).toBe(true);
  });

  test('draws figures and tables as wide as the terminal', async () => {
    const { code, output } = await start(60, `tabular classify --epochs 2 --plots ${folder}`);
    expect(code).toBe(0);
    const figure = stripVTControlCharacters(output).split('confusion matrix')[1]!;
    expect(
      Math.max(
        ...figure
          .split(/\r?\n/)
          .slice(0, 3)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(60);
    expect(readdirSync(folder)).toEqual(['tabular-classify-confusion-matrix.svg', 'tabular-classify-training.svg']);
  });
});
