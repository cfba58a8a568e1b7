import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { trainInWorker } from '@chainrule/model';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const program = `
import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { input, sequential, serveTraining } from '@chainrule/model';
import { sgd } from '@chainrule/optim';
serveTraining(({ epochs, fail }) => {
  if (fail) setTimeout(() => { throw new Error('out of luck'); });
  return {
    trainer: sequential(input([1]), dense(1)).compile({ seed: 1, optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError }),
    data: { x: [[0], [1]], y: [[1], [3]] },
    fit: { epochs },
  };
});
`;

describe('a worker of Node', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-'));
  const file = join(folder, 'training.mjs');

  beforeAll(() =>
    build({
      stdin: { contents: program, resolveDir: import.meta.dirname, loader: 'ts' },
      outfile: file,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    }),
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  test('trains', async () => {
    const training = trainInWorker(new Worker(file));
    const epochs: number[] = [];
    const history = await training.start({ epochs: 5 }, { onEpochEnd: ({ epoch }) => epochs.push(epoch) });
    expect(history).toHaveLength(5);
    expect(history[4]!['loss']).toBeLessThan(history[0]!['loss']!);
    expect(epochs).toEqual([0, 1, 2, 3, 4]);
    training.terminate();
  });

  test('that fails rejects the training', async () => {
    const training = trainInWorker(new Worker(file));
    await expect(training.start({ epochs: 1e9, fail: true })).rejects.toThrow(
      'trainInWorker: the worker failed: out of luck',
    );
    expect(training.state).toBe('terminated');
  });

  test('whose file is missing rejects, too', async () => {
    const training = trainInWorker(new Worker(join(folder, 'missing.mjs')));
    await expect(training.start({})).rejects.toThrow(/^trainInWorker: the worker failed: Cannot find module/);
  });

  test('is needed: elsewhere `serveTraining` says so', () => {
    const { status, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    expect(status).toBe(1);
    expect(stderr).toContain('serveTraining: must run in a worker; start its file with `new Worker(…)`');
  });

  test('that was terminated lets the process end', () => {
    const main = `
      import { Worker } from 'node:worker_threads';
      import { trainInWorker } from '@chainrule/model';
      const training = trainInWorker(new Worker(process.argv[2]));
      console.log((await training.start({ epochs: 2 })).length);
      training.terminate();
    `;
    const script = join(folder, 'main.mjs');
    return build({
      stdin: { contents: main, resolveDir: import.meta.dirname, loader: 'ts' },
      outfile: script,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    }).then(() => expect(execFileSync(process.execPath, [script, file], { encoding: 'utf8' })).toBe('2\n'));
  });
});
