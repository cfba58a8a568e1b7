import { OptionError } from '@chainrule/errors';
import { gather, reshape, slice, stack, tensor, type Tensor } from '@chainrule/tensor';
import type { ImageBatch } from './imageBatch.ts';

/** The rows of the partners: rows 0 and 1, 2 and 3, and so on are partners. The last row of an odd number is its own. */
export function partnersOf(x: Tensor): Tensor {
  const rows = x.shape[0];
  const indices = Array.from({ length: rows }, (_, i) => Math.min(i ^ 1, rows - 1));
  return gather(x, tensor(indices, [rows], 'int32'));
}

/** Two batches in one, so that their rows are partners. */
export function pairsOf(own: ImageBatch, others: ImageBatch): ImageBatch {
  return eachField(own, (value, field) => {
    const other = others[field];
    if (!other || other.shape.join() !== value.shape.join())
      throw new OptionError(
        `augmentBatch: \`item\` must hold two batches of the same shapes, got ${field} [${value.shape.join()}] and [${other?.shape.join() ?? 'none'}]`,
      );
    return reshape(stack([value, other], { axis: 1 }), [2 * value.shape[0], ...value.shape.slice(1)]);
  });
}

/** The first batch of {@link pairsOf}. */
export function firstOfPairs(both: ImageBatch): ImageBatch {
  return eachField(both, (value) => {
    const rows = value.shape[0] / 2;
    const rest = value.shape.slice(1);
    const pairs = reshape(value, [rows, 2, ...rest]);
    const start = pairs.shape.map(() => 0);
    return reshape(slice(pairs, start, [rows, 1, ...rest]), [rows, ...rest]);
  });
}

function eachField(batch: ImageBatch, change: (value: Tensor, field: keyof ImageBatch) => Tensor): ImageBatch {
  const entries = Object.entries(batch) as [keyof ImageBatch, Tensor][];
  return Object.fromEntries(entries.map(([field, value]) => [field, change(value, field)])) as unknown as ImageBatch;
}
