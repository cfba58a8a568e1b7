import { ShapeError, showShape } from '@chainrule/errors';
import { Tensor } from '../../array/tensor.ts';
import * as e from '../../expr/build.ts';
import { map } from '../../nodes/map.ts';

/** Keeps the elements of the last two axes for which `keep(column − row, k)` holds. The others become 0. */
export function triangle(
  op: string,
  x: Tensor,
  k: number,
  keep: (difference: e.Scalar, k: number) => e.Scalar,
): Tensor {
  if (x.rank < 2) throw new ShapeError(`${op}: expects rank 2 or more, got ${showShape(x.shape)}`);
  const [rows, columns] = x.shape.slice(-2) as [number, number];
  const count = (n: number): Int32Array => Int32Array.from({ length: n }, (_, i) => i);
  const row = new Tensor([rows, 1], 'int32', count(rows));
  const column = new Tensor([columns], 'int32', count(columns));
  return map((v, i, j) => e.select(keep(e.sub(j, i), k), v, 0), [x, row, column]);
}
