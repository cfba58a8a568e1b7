import { Dataset } from '@chainrule/data-loaders';
import { zerosInitializer } from '@chainrule/layers-core';
import { dense, reshape } from '@chainrule/layers-dense';
import type { lstm } from '@chainrule/layers-recurrent';
import { meanSquaredError } from '@chainrule/losses';
import {
  encodeCheckpoint,
  type EpochLogs,
  getWeights,
  input,
  restoreCheckpoint,
  sequential,
  type Sequential,
  setWeights,
} from '@chainrule/model';
import { progressBar } from '@chainrule/model/node';
import type { Optimizer } from '@chainrule/optim';
import { slice, tensor, type Tensor } from '@chainrule/tensor';
import { treeMap } from '@chainrule/tensor/graph';
import type { Run } from '../task.ts';
import type { Samples } from '../trainModel.ts';

/** Makes a model that predicts the value after a window, `[batch, size, 1]` to `[batch, 1]`. */
export type MakeForecaster = () => Sequential;

/**
 * A weighted sum of the window. The weights begin at 0, so that gradient descent leaves them in the space that the windows
 * span: for a sine that is a plane, and what is at right angles to it would only let noise in.
 */
export function linearAutoregression(size: number): Sequential {
  return sequential(input([size, 1]), reshape([size]), dense(1, { kernelInitializer: zerosInitializer }));
}

export function recurrentForecaster(size: number, layer: ReturnType<typeof lstm>): Sequential {
  return sequential(input([size, 1]), layer, dense(1));
}

/** How a forecaster is trained. */
export interface ForecasterOptions {
  readonly optimizer: Optimizer;
  readonly epochs: number;
  /** Windows in a step; by default all. */
  readonly batchSize?: number;
}

/** A model of windows whose programs serve many trainings and forecasts. */
export interface Forecaster {
  readonly parameters: number;
  /** Begins anew with weights of this seed; the order of the windows is the seed's too. */
  train(windows: Samples, seed: number): Promise<readonly EpochLogs[]>;
  /** The value after each window, from `[windows, size, 1]`. */
  next(windows: Tensor): Promise<number[]>;
  /** The `steps` values after each window, `[window][step]`: what is predicted becomes the end of the next window. */
  ahead(windows: Tensor, steps: number): Promise<number[][]>;
}

/** Puts a model and its optimizer together on the run's backend. */
export async function forecaster(
  { backend, options: { limit = Infinity } }: Run,
  make: MakeForecaster,
  { optimizer, epochs, batchSize = Infinity }: ForecasterOptions,
): Promise<Forecaster> {
  const model = make();
  const trainer = model.compile({ optimizer, loss: meanSquaredError, backend });
  const untrained = await encodeCheckpoint(trainer);
  const predict = async (windows: Tensor): Promise<Tensor> =>
    trainer.predict(windows, { batchSize: windows.shape[0]! });
  return {
    parameters: model.countParameters().total,
    async train(windows, seed) {
      // Compiling takes longer than a training this small, so the programs are kept and all that they change is put back.
      await restoreCheckpoint(trainer, untrained);
      setWeights(model, getWeights(make().build({ seed })));
      const count = Math.min(limit, windows.x.shape[0]!);
      return trainer.fit(Dataset.fromTensors(windows).take(count).shuffle(seed).batch(Math.min(batchSize, count)), {
        epochs,
        callbacks: [progressBar({ per: 'training' })],
      });
    },
    next: async (windows) => [...(await predict(windows)).data],
    async ahead(windows, steps) {
      const [count, size] = windows.shape as [number, number, number];
      const found = Array.from({ length: count }, (): number[] => []);
      const last = Float32Array.from(windows.data);
      for (let step = 0; step < steps; step++) {
        const { data } = await predict(tensor(last, [count, size, 1]));
        // All move on by a step; the end of each window, where the next one has moved in, is what was predicted.
        last.copyWithin(0, 1);
        data.forEach((value, i) => {
          found[i]!.push(value);
          last[(i + 1) * size - 1] = value;
        });
      }
      return found;
    },
  };
}

/** The first rows of tensors. */
export function firstRows<T extends Readonly<Record<string, Tensor>>>(
  of: T,
  count: number,
): { readonly [K in keyof T]: Tensor } {
  return cutRows(of, 0, count);
}

/** The rows from one on. */
export function rowsFrom<T extends Readonly<Record<string, Tensor>>>(
  of: T,
  from: number,
): { readonly [K in keyof T]: Tensor } {
  return cutRows(of, from, -1);
}

function cutRows<T extends Readonly<Record<string, Tensor>>>(
  of: T,
  from: number,
  count: number,
): { readonly [K in keyof T]: Tensor } {
  const cut = (t: Tensor): Tensor =>
    slice(t, [from, ...t.shape.slice(1).map(() => 0)], [count, ...t.shape.slice(1).map(() => -1)]);
  return treeMap(of, (leaf) => cut(leaf as Tensor)) as { readonly [K in keyof T]: Tensor };
}
