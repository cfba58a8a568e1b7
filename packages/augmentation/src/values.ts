import { ShapeError, showShape } from '@chainrule/errors';
import { cast, map, reshape, scalar as e, slice, type Tensor } from '@chainrule/tensor';
import { opName, sameShape } from '@chainrule/tensor/graph';

/** Each column of `[batch, columns]`, as `[batch, 1, …]` of `rank` axes. */
export function columns(all: Tensor, rank: number): Tensor[] {
  const [batch, count] = all.shape;
  const shape = [batch, ...Array<number>(rank - 1).fill(1)];
  return Array.from({ length: count }, (_, k) => reshape(slice(all, [0, k], [batch, 1]), shape));
}

/** `yes` for the rows for which `condition` `[batch]` holds, else `no`. */
export function chosen(condition: Tensor, yes: Tensor, no: Tensor): Tensor {
  if (yes === no) return yes;
  if (!sameShape(yes.shape, no.shape))
    throw new ShapeError(
      `${opName()}: expects an augmentation that keeps the size, got one from ${showShape(no.shape)} to ${showShape(yes.shape)}`,
    );
  // `map` does not take uint8.
  if (no.dtype === 'uint8') return cast(chosen(condition, cast(yes, 'int32'), cast(no, 'int32')), 'uint8');
  return map((c, a, b) => e.select(c, a, b), [perRow(condition, no.rank), yes, no]);
}

/** A value for each row, `[batch]`, with axes of size 1 so that it broadcasts to tensors of `rank`. */
export function perRow(x: Tensor, rank: number): Tensor {
  return reshape(x, [x.size, ...Array<number>(rank - 1).fill(1)]);
}
