import { cast, gather, map, reshape, scalar as e, tensor, type Tensor } from '@chainrule/tensor';

const cells = 1024;

/**
 * Numbers from the symmetric beta distribution Beta(a, a): the inverse of its distribution function at uniforms, from a table
 * of 1024 cells, between which it is linear. One uniform makes one number, so images draw equally many.
 */
export function betaOf(u: Tensor, a: number): Tensor {
  const table = tensor(quantiles(a), undefined, u.dtype as 'float32');
  const cell = map((v) => e.min(cells - 1, e.floor(e.mul(cells, v))), [u]);
  const at = (offset: number): Tensor =>
    reshape(
      gather(
        table,
        cast(
          map((k) => e.add(k, offset), [cell]),
          'int32',
        ),
      ),
      u.shape,
    );
  return map(
    (v, k, low, high) => e.add(low, e.mul(e.sub(e.mul(cells, v), k), e.sub(high, low))),
    [u, cell, at(0), at(1)],
  );
}

/** The quantiles k / 1024. */
export function quantiles(a: number): number[] {
  const steps = 16 * cells;
  // With t = s^(1/a), the density t^(a−1) (1 − t)^(a−1) dt becomes (1 − t)^(a−1) ds, which is smooth for t ≤ ½.
  const end = 0.5 ** a;
  const weight = (s: number): number => (1 - s ** (1 / a)) ** (a - 1);
  const areas = new Float64Array(steps + 1);
  for (let i = 1; i <= steps; i++) {
    const [from, to] = [((i - 1) * end) / steps, (i * end) / steps];
    areas[i] = areas[i - 1]! + (weight(from) + 4 * weight((from + to) / 2) + weight(to)) / 6;
  }
  const lower: number[] = [];
  for (let k = 0, i = 0; k <= cells / 2; k++) {
    const area = (areas[steps]! * k) / (cells / 2);
    while (i < steps - 1 && areas[i + 1]! < area) i++;
    const part = (area - areas[i]!) / (areas[i + 1]! - areas[i]!);
    lower.push(((end * (i + part)) / steps) ** (1 / a));
  }
  return [
    ...lower,
    ...lower
      .slice(0, -1)
      .reverse()
      .map((x) => 1 - x),
  ];
}
