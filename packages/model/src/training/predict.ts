import { Tensor } from '@chainrule/tensor';
import { allocate, sizeOf } from '@chainrule/tensor/graph';
import { checkSamples, paddedSize, padRows } from './batches.ts';
import { breathe } from './breathe.ts';
import type { Model } from '../graph/model.ts';
import type { PredictOptions } from './trainerBase.ts';
import type { CompiledSteps } from './compileSteps.ts';

/** Predicts all rows of `x` in batches. Pads the last batch; pads to a power of two if there is only one. */
export async function predictRows(
  forward: CompiledSteps['forward'],
  model: Model,
  x: readonly Tensor[],
  { batchSize = 32, signal }: PredictOptions,
): Promise<Tensor[]> {
  checkSamples('predict', model, x);
  const rows = x[0]!.shape[0];
  const size = paddedSize(rows, batchSize);
  const parts: (readonly Tensor[])[] = [];
  for (let at = 0; at < rows; at += size) {
    signal?.throwIfAborted();
    parts.push(await forward(x.map((t) => padRows(sliceRows(t, at, Math.min(at + size, rows)), size))));
    await breathe();
  }
  return Promise.all(
    parts[0]!.map((_, output) =>
      joinRows(
        parts.map((part) => part[output]!),
        rows,
      ),
    ),
  );
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
