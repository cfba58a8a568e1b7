import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Dataset } from '@chainrule/data-loaders';
import { exponentialDecay, sgd } from '@chainrule/optim';
import { mean, square, sub, tensor, type Tensor } from '@chainrule/tensor';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { affine, noise } from '../../testing/model.ts';
import { input } from '../graph/input.ts';
import { sequential } from '../graph/sequential.ts';
import { getWeights } from '../graph/weights.ts';
import type { Trainer } from '../training/trainer.ts';
import { backupAndRestore } from './backupAndRestore.node.ts';
import type { Callbacks } from './callbacks.ts';
import { earlyStopping } from './earlyStopping.ts';

let folder = '';
let file = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chainrule-backup-'));
  file = join(folder, 'backup.safetensors');
});
afterEach(() => rm(folder, { recursive: true }));

const data = {
  x: tensor(
    Float32Array.from({ length: 12 }, (_, i) => Math.sin(i)),
    [12, 1],
  ),
  y: tensor(
    Float32Array.from({ length: 12 }, (_, i) => Math.cos(i)),
    [12, 1],
  ),
};

function start(): Trainer {
  const learningRate = exponentialDecay({ initialLearningRate: 0.1, decaySteps: 3, decayRate: 0.9 });
  const optimizer = sgd({ learningRate, momentum: 0.9 });
  const loss = (p: Tensor, y: Tensor): Tensor => mean(square(sub(p, y)));
  return sequential(input([1]), noise(), affine(1)).compile({ optimizer, loss, seed: 4 });
}

const crashIn = (last: number): Callbacks => ({
  onBatchBegin({ epoch, batch }) {
    if (epoch === last && batch === 1) throw new Error('crash');
  },
});
const options = { epochs: 6, batchSize: 5, validationSplit: 0.25 };

describe('backupAndRestore', () => {
  test('continues the order of the Dataset on which fit trains', async () => {
    const dataset = (): Dataset<{ x: Tensor; y: Tensor }> => Dataset.fromTensors(data).shuffle(2).batch(5) as never;
    const whole = start();
    const history = await whole.fit(dataset(), { epochs: 4 });
    const crashing = start().fit(dataset(), { epochs: 4, callbacks: [backupAndRestore(file), crashIn(2)] });
    await expect(crashing).rejects.toThrow('crash');
    const again = start();
    const rest = await again.fit(dataset(), { epochs: 4, callbacks: [backupAndRestore(file)] });
    expect(getWeights(again.model)).toEqual(getWeights(whole.model));
    expect(rest).toEqual(history.slice(2));
  });

  test.each([0, 1, 3, 5])('continues a run that crashed in epoch %i to the same weights', async (last) => {
    const whole = start();
    const history = await whole.fit(data, options);
    const crashing = start().fit(data, { ...options, callbacks: [backupAndRestore(file), crashIn(last)] });
    await expect(crashing).rejects.toThrow('crash');
    const again = start();
    const rest = await again.fit(data, { ...options, callbacks: [backupAndRestore(file)] });
    expect(getWeights(again.model)).toEqual(getWeights(whole.model));
    expect(rest).toEqual(history.slice(last));
    expect(existsSync(file)).toBe(false);
  });

  test('restores other callbacks, too, and keeps the file if asked', async () => {
    const stopping = (): Callbacks => earlyStopping({ monitor: 'loss', minDelta: 1e6, patience: 3 });
    const callbacks = [backupAndRestore(file, { keep: true }), stopping()];
    await expect(start().fit(data, { ...options, callbacks: [...callbacks, crashIn(2)] })).rejects.toThrow('crash');
    const rest = await start().fit(data, {
      ...options,
      callbacks: [backupAndRestore(file, { keep: true }), stopping()],
    });
    expect(rest.map(({ epoch }) => epoch)).toEqual([2, 3]);
    expect(existsSync(file)).toBe(true);
  });

  test('restores the position of the data', async () => {
    const positions: unknown[] = [];
    const position = { state: () => ({ at: 7 }), restore: (state: never) => void positions.push(state) };
    const backup = (): Callbacks => backupAndRestore(file, { data: position });
    await expect(start().fit(data, { ...options, callbacks: [backup(), crashIn(1)] })).rejects.toThrow('crash');
    await start().fit(data, { ...options, callbacks: [backup()] });
    expect(positions).toEqual([{ at: 7 }]);
  });

  test('refuses a damaged file, and leaves it', async () => {
    await writeFile(file, 'no checkpoint');
    await expect(start().fit(data, { ...options, callbacks: [backupAndRestore(file)] })).rejects.toThrow('load: ');
    expect(existsSync(file)).toBe(true);
  });
});
