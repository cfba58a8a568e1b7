import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const trial = `
import { kFold } from '@chainrule/data-loaders';
import { dense, dropout } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { input, sequential } from '@chainrule/model';
import { adam } from '@chainrule/optim';
import { arange, expandDims, mul, relu } from '@chainrule/tensor';
const x = expandDims(mul(arange(24), 1 / 24), -1);
const trial = {
  build: ({ rate, units }, { seed }) =>
    sequential(input([1]), dense(units, { activation: relu }), dropout(0.2), dense(1))
      .compile({ seed, optimizer: adam({ learningRate: rate }), loss: meanSquaredError }),
  data: { x, y: mul(x, x) },
  folds: kFold(24, { folds: 3, seed: 1 }),
  fit: { epochs: 3, batchSize: 8 },
};
const space = { rate: [0.1, 0.01], units: [2, 4] };
`;
const worker = `${trial}
import { serveTrials } from '@chainrule/model-selection';
serveTrials(trial);
`;
/** Prints a line for each score, and the result as JSON at last. */
const main = `${trial}
import { Worker } from 'node:worker_threads';
import { workerPool } from '@chainrule/data-loaders';
import { gridSearch } from '@chainrule/model-selection';
import { searchFile } from '@chainrule/model-selection/node';
const [workers, file] = process.argv.slice(2);
const pool = Number(workers) ? workerPool(() => new Worker(new URL('./worker.mjs', import.meta.url)), { workers: Number(workers) }) : undefined;
const store = file ? searchFile(file) : undefined;
const search = await gridSearch(trial, space, {
  seed: 5,
  ...(pool && { pool }),
  ...(store && { store }),
  onScore: ({ stored }) => console.log(stored ? 'stored' : 'score'),
});
pool?.close();
const prediction = [...(await search.trainer.predict(x)).data];
console.log(JSON.stringify({ trials: search.trials, best: search.best.number, prediction }));
`;

describe('a search in Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'search-'));
  const bundle = (contents: string, name: string): Promise<unknown> =>
    build({
      stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
      outfile: join(folder, name),
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    });
  beforeAll(() => Promise.all([bundle(worker, 'worker.mjs'), bundle(main, 'main.mjs')]));
  afterAll(() => rmSync(folder, { recursive: true }));

  /** Runs the program; kills it after some lines. Returns its lines. */
  const run = (args: readonly string[], killAfter = Infinity): Promise<readonly string[]> =>
    new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [join(folder, 'main.mjs'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
      let [text, errors] = ['', ''];
      child.stderr.on('data', (data: Buffer) => (errors += data.toString()));
      child.stdout.on('data', (data: Buffer) => {
        text += data.toString();
        if (text.split('\n').length > killAfter) child.kill('SIGKILL');
      });
      child.on('close', (code, signal) => {
        if (code === 0 || signal === 'SIGKILL') resolve(text.trim().split('\n'));
        else reject(new Error(errors));
      });
    });

  test('gives the same in threads as in one, with the same weights at last', async () => {
    const alone = await run(['0']);
    expect(await run(['2'])).toEqual(alone);
    expect(alone.filter((line) => line === 'score')).toHaveLength(12);
    expect(alone.at(-1)).toMatch(/^\{"trials":/);
  });

  test('that was killed at any score continues from its file, to the same result', async () => {
    const whole = (await run(['0'])).at(-1);
    for (const [killAfter, workers] of [
      [1, '0'],
      [7, '0'],
      [4, '2'],
    ] as const) {
      const file = join(folder, `search-${killAfter}.json`);
      await run([workers, file], killAfter);
      const { scores } = JSON.parse(readFileSync(file, 'utf8')) as { readonly scores: object };
      const kept = Object.keys(scores).length;
      expect(kept).toBeGreaterThanOrEqual(killAfter);
      const again = await run(['0', file]);
      expect(again.filter((line) => line === 'stored')).toHaveLength(kept);
      expect(again.at(-1)).toBe(whole);
    }
  });
});
