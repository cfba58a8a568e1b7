import { type Backend, compile, defaultBackend } from '@chainrule/compiler';
import { MemoryError } from '@chainrule/errors';
import type { FlatBatch } from './batches.ts';
import {
  type ScoredBatch,
  stepFunctions,
  type StepParts,
  type Tensors,
  type TrainedBatch,
  type Weights,
} from './stepFunctions.ts';

/** The compiled functions of a trainer. Tensors are lists, one for each input, and for each output with a loss. */
export interface CompiledSteps {
  /** Updates the weights and the metrics, unless all sample weights are 0 or a value is not finite. */
  readonly train: (x: Tensors, y: Tensors, sampleWeight?: Weights) => Promise<TrainedBatch>;
  /** Updates the metrics. */
  readonly score: (x: Tensors, y: Tensors, sampleWeight: Tensors) => Promise<ScoredBatch>;
  /** All outputs. */
  readonly forward: (x: Tensors) => Promise<Tensors>;
  /** Runs a training step in plain JavaScript, inside `around`, and then restores all variables. */
  readonly replay: (batch: FlatBatch, around: (run: () => void) => void) => Promise<void>;
  /** Frees the memory of the programs. */
  readonly dispose: () => void;
}

/** Compiles training, evaluation and prediction. */
export function compileSteps(parts: StepParts, backend: Backend | undefined): CompiledSteps {
  const { model, metrics } = parts;
  const on = backend ? { backend } : {};
  const { train, score, forward, variables } = stepFunctions(parts);
  const [training, scoring, predicting] = [
    compile(train, { ...on, name: 'the training step', accept: isSound }),
    compile(score, { ...on, name: 'the evaluation step' }),
    compile(forward, { ...on, name: 'the prediction step' }),
  ];
  return {
    train: (...args) => withMemory(backend, () => training(...args)),
    score: (...args) => withMemory(backend, () => scoring(...args)),
    replay: async ({ x, y, sampleWeight }, around) => {
      const kept = [...variables, model.rng.counter];
      const values = await Promise.all(kept.map((v) => v.read()));
      const restoreMetrics = await metrics.keep();
      try {
        around(() => void train(x, y, sampleWeight));
      } finally {
        kept.forEach((v, i) => v.assign(values[i]!));
        restoreMetrics();
      }
    },
    forward: (x) => withMemory(backend, () => predicting(x)),
    dispose: () => {
      for (const compiled of [training, scoring, predicting]) compiled.dispose();
      (backend ?? defaultBackend()).release?.(variables);
    },
  };
}

/** Runs. If memory is short, reclaims what is unused, which needs a turn of the event loop, and runs again. */
async function withMemory<T>(backend: Backend | undefined, run: () => T): Promise<T> {
  try {
    return run();
  } catch (error) {
    const on = backend ?? defaultBackend();
    if (!(error instanceof MemoryError) || !on.reclaim) throw error;
    await on.reclaim();
    return run();
  }
}

/** Whether a step has weight and is finite. */
function isSound({ loss, weight, check }: TrainedBatch): boolean {
  return weight.item() !== 0 && Number.isFinite(loss.item()) && Number.isFinite(check.item());
}
