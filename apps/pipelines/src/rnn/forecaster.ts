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
import type { TaskRun } from '../task.ts';
import type { Samples } from '../trainModel.ts';

/** Makes a model that predicts the value after a window, `[batch, size, features]` to `[batch, 1]`. */
export type MakeForecaster = () => Sequential;

/**
 * A weighted sum of the window. The weights start at 0, so gradient descent keeps them in the span of the windows. For a sine,
 * this span is a plane, and weights orthogonal to it would only add noise.
 */
export function linearAutoregression(size: number): Sequential {
  return sequential(input([size, 1]), reshape([size]), dense(1, { kernelInitializer: zerosInitializer }));
}

export function recurrentForecaster(size: number, layer: ReturnType<typeof lstm>, features = 1): Sequential {
  return sequential(input([size, features]), layer, dense(1));
}

/** Training options of a forecaster. */
export interface ForecasterOptions {
  readonly optimizer: Optimizer;
  readonly epochs: number;
  /** The batch size in windows; by default all windows. */
  readonly batchSize?: number;
}

/** A model of windows. Many trainings and forecasts reuse its compiled programs. */
export interface Forecaster {
  readonly parameters: number;
  /** Restarts with weights and an order of windows from this seed. */
  train(windows: Samples, seed: number): Promise<readonly EpochLogs[]>;
  /** The value after each window, from `[windows, size, features]`. */
  next(windows: Tensor): Promise<number[]>;
  /** The `steps` values after each window of one feature, `[window][step]`: each prediction becomes the end of the next window. */
  ahead(windows: Tensor, steps: number): Promise<number[][]>;
}

/** Compiles a model with its optimizer on the run's backend. */
export async function forecaster(
  { backend, options: { limit = Infinity } }: TaskRun,
  make: MakeForecaster,
  { optimizer, epochs, batchSize = Infinity }: ForecasterOptions,
): Promise<Forecaster> {
  const model = make();
  const trainer = model.compile({ optimizer, loss: meanSquaredError, backend });
  const untrained = await encodeCheckpoint(trainer);
  const predict = async (windows: Tensor): Promise<Tensor> => trainer.predict(windows, { batchSize: windows.shape[0] });
  return {
    parameters: model.countParameters().total,
    async train(windows, seed) {
      // Compilation takes longer than such a small training, so the programs are kept and their variables are reset.
      await restoreCheckpoint(untrained, trainer);
      setWeights(model, getWeights(make().build({ seed })));
      const count = Math.min(limit, windows.x.shape[0]);
      return trainer.fit(Dataset.fromTensors(windows).take(count).shuffle(seed).batch(Math.min(batchSize, count)), {
        epochs,
        callbacks: [progressBar({ per: 'training' })],
      });
    },
    next: async (windows) => [...(await predict(windows)).data],
    async ahead(windows, steps) {
      const [count, size] = windows.shape;
      const found = Array.from({ length: count }, (): number[] => []);
      const last = Float32Array.from(windows.data);
      for (let step = 0; step < steps; step++) {
        const { data } = await predict(tensor(last, [count, size, 1]));
        // Shift all windows by one step and append the predictions.
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

/** The rows from the given one on. */
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
  return Object.fromEntries(Object.entries(of).map(([name, t]) => [name, cut(t)])) as {
    readonly [K in keyof T]: Tensor;
  };
}
