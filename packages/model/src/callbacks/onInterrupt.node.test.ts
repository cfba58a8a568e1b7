import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';

let folder: string;
let script: string;

/** Trains without end on what it takes for a terminal, and says when it has begun. */
const program = `
  import { writeFileSync } from 'node:fs';
  import { mean, tensor } from '@chainrule/tensor';
  import { reference, setDefaultBackend } from '@chainrule/compiler';
  import { onInterrupt } from './onInterrupt.node.ts';
  import { progressBar } from './progressBar.node.ts';
  import { input } from '../graph/input.ts';
  import { sequential } from '../graph/sequential.ts';
  import { affine, descent } from '../../testing/model.ts';

  const [how, file] = process.argv.slice(2);
  setDefaultBackend(reference());
  Object.assign(process.stdout, { isTTY: true, columns: 120 });
  const trainer = sequential(input([1]), affine(1)).compile({ optimizer: descent(0.1), loss: (p) => mean(p) });
  const controller = new AbortController();
  let inBatch = 0;
  let ended = 0;
  const save = {
    save: async (t, signal) => {
      const before = t.steps;
      await new Promise((resolve) => setTimeout(resolve, 20));
      writeFileSync(file, JSON.stringify({ signal, before, after: t.steps, inBatch }));
    },
    hang: () => (process.stderr.write('saving'), new Promise(() => setInterval(() => 0, 1000))),
    fail: () => Promise.reject(new Error('disk full')),
  }[how];
  if (how === 'own') process.on('SIGINT', () => controller.abort(new Error('by its own')));
  const batch = { x: tensor([[1]]), y: tensor([[1]]) };
  await trainer.fit([batch], {
    stepsPerEpoch: how === 'short' ? 2 : 1e9,
    epochs: 1e9,
    signal: controller.signal,
    onBatchBegin: () => void inBatch++,
    onBatchEnd: () => void (inBatch--, ++ended === 201 && process.stderr.write('ready')),
    callbacks: [progressBar(), ...(save ? [onInterrupt(save)] : [])],
  }).catch((error) => process.stderr.write(error.message));
`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'interrupt-'));
  script = join(folder, 'train.mjs');
  const banner = { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" };
  await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: 'js' },
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    banner,
  });
});

afterAll(() => rm(folder, { recursive: true, force: true }));

interface End {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
  readonly file: string;
}

/** Sends signals to a training, each after its word was written, and waits for its end. */
function interrupt(
  how: string,
  signals: readonly (readonly [word: string, signal: 'SIGINT' | 'SIGTERM'])[],
): Promise<End> {
  const file = join(folder, `${how}.json`);
  const child = spawn(process.execPath, [script, how, file], { stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  const due = [...signals];
  child.stdout.on('data', (data: Buffer) => void (output += String(data)));
  child.stderr.on('data', (data: Buffer) => {
    errors += String(data);
    while (due.length > 0 && errors.includes(due[0]![0])) child.kill(due.shift()![1]);
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output, errors, file })));
}

/** Whether the cursor was hidden and lines cut, and both were given back at the end. */
function givenBack({ output }: End): boolean {
  const last = (on: string, off: string): boolean =>
    output.includes(off) && output.lastIndexOf(on) > output.lastIndexOf(off);
  return last('\u001B[?25h', '\u001B[?25l') && last('\u001B[?7h', '\u001B[?7l');
}

test.each([
  ['SIGINT', 130, 'plain'],
  ['SIGTERM', 143, 'plain'],
  ['SIGINT', 130, 'short'],
  ['SIGTERM', 143, 'short'],
] as const)('%s while bars are shown gives the terminal back and ends with code %i (%s)', async (signal, code, how) => {
  const end = await interrupt(how, [['ready', signal]]);
  expect([end.code, givenBack(end), end.errors]).toEqual([code, true, 'ready']);
});

test.each([
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const)('onInterrupt saves first, between two batches, when %s comes', async (signal, code) => {
  const end = await interrupt('save', [['ready', signal]]);
  expect([end.code, givenBack(end), end.errors]).toEqual([code, true, 'ready']);
  const { before, ...rest } = JSON.parse(await readFile(end.file, 'utf8')) as { before: number };
  expect(before).toBeGreaterThan(200);
  expect(rest).toEqual({ signal, after: before, inBatch: 0 });
});

test('a second Ctrl-C does not wait for the save', async () => {
  const end = await interrupt('hang', [
    ['ready', 'SIGINT'],
    ['saving', 'SIGINT'],
  ]);
  expect([end.code, givenBack(end)]).toEqual([130, true]);
});

test('a save that fails is printed, and the program ends all the same', async () => {
  const end = await interrupt('fail', [['ready', 'SIGTERM']]);
  expect([end.code, givenBack(end)]).toEqual([143, true]);
  expect(end.errors).toContain('onInterrupt: could not save: Error: disk full');
});

test('a listener of the program’s own decides how it goes on', async () => {
  const end = await interrupt('own', [['ready', 'SIGINT']]);
  expect([end.code, givenBack(end), end.errors]).toEqual([0, true, 'readyby its own']);
});

test('nobody listens once training has ended', async () => {
  const counts = (): number[] => ['SIGINT', 'SIGTERM'].map((signal) => process.listenerCount(signal));
  const { onInterrupt } = await import('./onInterrupt.node.ts');
  const { barOn } = await import('./progressBar.node.ts');
  const { batch, pretend, pretender } = await import('../../testing/model.ts');
  const { PassThrough } = await import('node:stream');
  const before = counts();
  const during: number[][] = [];
  const watch = { onBatchBegin: () => void during.push(counts()) };
  const data = Object.assign([batch(1, 1)], { size: 1 });
  const callbacks = [barOn(new PassThrough()), barOn(new PassThrough()), onInterrupt(() => undefined), watch];
  await pretend(pretender(), data, { callbacks });
  await expect(pretend(pretender(), Object.assign([batch(NaN, 1)], { size: 1 }), { callbacks })).rejects.toThrow(
    'finite',
  );
  expect([during, counts()]).toEqual([Array(2).fill(before.map((n) => n + 2)), before]);
});
