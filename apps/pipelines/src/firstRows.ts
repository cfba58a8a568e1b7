import { slice, type Tensor } from '@chainrule/tensor';

/** The first `--limit` rows; by default all. */
export function firstRows(t: Tensor, limit: number | undefined): Tensor {
  if (limit === undefined || limit >= t.shape[0]) return t;
  return slice(
    t,
    t.shape.map(() => 0),
    [limit, ...t.shape.slice(1)],
  );
}
