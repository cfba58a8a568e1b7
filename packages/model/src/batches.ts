import { ShapeError, showShape } from '@chainrule/errors';
import { gather, type Shape, tensor, type Tensor } from '@chainrule/tensor';

/** A batch of samples and their targets. */
export interface TrainingBatch {
  readonly x: Tensor;
  readonly y: Tensor;
}

/** Batches that can be gone through once an epoch; `size` is their number, for progress. */
export interface Batches {
  readonly size?: number | undefined;
  [Symbol.iterator](): Iterator<TrainingBatch>;
}

/** Throws where `x` does not hold samples of the model's input shape. */
export function checkSamples(op: string, sample: Shape, x: Tensor): void {
  if (x.shape.length !== sample.length + 1 || sample.some((n, i) => n !== x.shape[i + 1])) {
    throw new ShapeError(`${op}: \`x\` must have shape [${['batch', ...sample].join(',')}], got ${showShape(x.shape)}`);
  }
  if (x.shape[0] === 0) throw new ShapeError(`${op}: \`x\` must have at least one sample, got ${showShape(x.shape)}`);
}

/** Throws where a batch does not fit the model, or its parts one another. */
export function checkBatch(op: string, sample: Shape, { x, y }: TrainingBatch): void {
  checkSamples(op, sample, x);
  if (x.shape[0] !== y.shape[0]) {
    throw new ShapeError(`${op}: \`y\` must have a target for each of the ${x.shape[0]!} samples of \`x\`, got shape ${showShape(y.shape)}`);
  }
}

/** Repeats the last sample until there are `rows`, so that a remainder runs on the program of a full batch. */
export function padRows(t: Tensor, rows: number): Tensor {
  const have = t.shape[0]!;
  if (have >= rows) return t;
  return gather(t, tensor(Int32Array.from({ length: rows }, (_, i) => Math.min(i, have - 1)), [rows], 'int32'));
}

/** 1 for samples, 0 for padding. */
export function rowWeights(rows: number, size: number): Tensor {
  return tensor(Float32Array.from({ length: size }, (_, i) => (i < rows ? 1 : 0)), [size]);
}
