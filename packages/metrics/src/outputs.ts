import { ShapeError, showShape } from '@chainrule/errors';
import { map, reshape, scalar as e, type Tensor } from '@chainrule/tensor';
import { alignTargets } from '@chainrule/tensor/graph';
import { positionWeights } from './metric.ts';

/** Options of metrics that average over the outputs of a model. */
export interface OutputOptions {
  /** The number of outputs: the size of the last axis. For one output (default), that axis may be missing. */
  readonly outputs?: number;
}

/** Targets and errors as tables `[rows, outputs]`, errors in float64, and weights `[rows, 1]`. */
export interface OutputTables {
  readonly targets: Tensor;
  readonly errors: Tensor;
  readonly weights: Tensor;
}

export function outputTables(
  name: string,
  outputs: number,
  predictions: Tensor,
  given: Tensor,
  weights: Tensor | undefined,
): OutputTables {
  const targets = alignTargets(name, predictions, given);
  if (outputs !== 1 && targets.shape.at(-1) !== outputs) {
    throw new ShapeError(
      `${name}: \`predictions\` must have ${outputs} outputs on the last axis, got ${showShape(targets.shape)}`,
    );
  }
  const rows = targets.size / outputs;
  const table = (x: Tensor): Tensor => reshape(x, [rows, outputs]);
  const positions = outputs === 1 ? targets.shape : targets.shape.slice(0, -1);
  return {
    targets: table(targets),
    errors: table(map((t, p) => e.sub(e.cast(t, 'float64'), e.cast(p, 'float64')), [targets, predictions])),
    weights: reshape(positionWeights(name, positions, weights), [rows, 1]),
  };
}

/** The mean over the outputs of 1 − left / all. If `all` is 0, the term is 1 if `left` is 0, and 0 otherwise. */
export function explainedShare(all: readonly number[], left: readonly number[]): number {
  const share = (a: number, l: number): number => (a === 0 ? Number(l === 0) : 1 - l / a);
  return all.reduce((sum, a, i) => sum + share(a, left[i]!), 0) / all.length;
}
