import { type Shape, Tensor } from '@chainrule/tensor';
import { allocate, sizeOf } from '@chainrule/tensor/graph';
import { checkSamples, paddedSize, padRows } from './batches.ts';
import { breathe } from './breathe.ts';
import type { PredictOptions } from './trainerBase.ts';
import type { CompiledSteps } from './compileSteps.ts';

/** Predicts all rows of `x` in batches. Pads the last batch; pads to a power of two if there is only one. */
export async function predictRows(
  forward: CompiledSteps['forward'],
  sample: Shape,
  x: Tensor,
  { batchSize = 32, signal }: PredictOptions,
): Promise<Tensor> {
  checkSamples('predict', sample, x);
  const rows = x.shape[0]!;
  const size = paddedSize(rows, batchSize);
  const parts: Tensor[] = [];
  for (let at = 0; at < rows; at += size) {
    signal?.throwIfAborted();
    parts.push(await forward(padRows(sliceRows(x, at, Math.min(at + size, rows)), size)));
    await breathe();
  }
  return joinRows(parts, rows);
}

function sliceRows(x: Tensor, from: number, to: number): Tensor {
  const width = sizeOf(x.shape.slice(1));
  return new Tensor([to - from, ...x.shape.slice(1)], x.dtype, x['~values'].subarray(from * width, to * width));
}

/** The first `rows` rows of all parts together. */
async function joinRows(parts: readonly Tensor[], rows: number): Promise<Tensor> {
  const { dtype, shape } = parts[0]!;
  const joined = allocate(dtype, [rows, ...shape.slice(1)], 'predict');
  for (const [i, part] of parts.entries())
    joined.set((await part.read()).subarray(0, joined.length - i * part.size), i * part.size);
  return new Tensor([rows, ...shape.slice(1)], dtype, joined);
}
