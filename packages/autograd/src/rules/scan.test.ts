import {
  add,
  concat,
  exp,
  full,
  matmul,
  mul,
  randomUniform,
  Generator,
  reshape,
  scan,
  sigmoid,
  slice,
  sub,
  sum,
  tanh,
  Tensor,
  tensor,
  Variable,
  zeros,
} from '@chainrule/tensor';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkGradients } from '../checkGradients.ts';
import { grad } from '../grad.ts';

function values(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return new Tensor(
    shape,
    'float64',
    Float64Array.from({ length: size }, (_, i) => 0.8 * Math.sin(2.399963 * (i + 1) + seed * 1.7)),
  );
}

type Cell = (
  carry: [Tensor, Tensor],
  x: Tensor,
  w: { u: Tensor; v: Tensor; b: Tensor },
  t: Tensor,
) => readonly [[Tensor, Tensor], Tensor];

/** A gated cell that uses a weight in a product, one in a transposed product, one twice, and one elementwise. */
const cell: Cell = ([h, c], x, { u, v, b }) => {
  const gate = sigmoid(add(add(matmul(x, u), matmul(h, v, { transposeB: true })), b));
  const next = add(mul(gate, c), tanh(mul(sub(1, gate), matmul(h, v))));
  return [[tanh(next), next], mul(exp(mul(gate, -1)), b)];
};

function looped(reverse: boolean, checkpointEvery?: number) {
  return (...[x, h, c, u, v, b]: Tensor[]): Tensor => {
    const [[last], ys] = scan(cell, [h!, c!] as [Tensor, Tensor], x!, {
      consts: { u: u!, v: v!, b: b! },
      reverse,
      ...(checkpointEvery && { checkpointEvery }),
    });
    return concat([last, reshape(ys, [-1, 3])], 0);
  };
}

function unrolled(reverse: boolean) {
  return (...[x, h, c, u, v, b]: Tensor[]): Tensor => {
    let carry: [Tensor, Tensor] = [h!, c!];
    const steps = x!.shape[0];
    const ys: Tensor[] = [];
    for (let i = 0; i < steps; i++) {
      const t = reverse ? steps - 1 - i : i;
      const [next, y] = cell(
        carry,
        reshape(slice(x!, [t, 0, 0], [1, -1, -1]), x!.shape.slice(1)),
        { u: u!, v: v!, b: b! },
        tensor(t, [], 'int32'),
      );
      carry = next;
      ys[t] = y;
    }
    return concat([carry[0], ...ys], 0);
  };
}

const args = (steps: number): Tensor[] => [
  values([steps, 2, 2], 1),
  values([2, 3], 2),
  values([2, 3], 3),
  values([2, 3], 4),
  values([3, 3], 5),
  values([3], 6),
];

describe('the gradient of a scan', () => {
  test.each([false, true])('equals that of the unrolled loop (reverse %s)', (reverse) => {
    const total =
      (f: (...xs: Tensor[]) => Tensor) =>
      (xs: Tensor[]): Tensor =>
        sum(mul(f(...xs), f(...xs)));
    const [a, b] = [grad(total(looped(reverse)))(args(4)), grad(total(unrolled(reverse)))(args(4))];
    a.forEach((g, i) => {
      expect(g.shape).toEqual(b[i]!.shape);
      g.data.forEach((v, k) => expect(v).toBeCloseTo(b[i]!.data[k]!, 10));
    });
  });

  test('passes the check of first and second gradients', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3 }), fc.boolean(), (steps, reverse) => {
        checkGradients(looped(reverse), args(steps), { order: 2 });
      }),
      { numRuns: 8 },
    );
  });

  test.each([1, 2, 3, 5])('is the same with checkpointEvery %i, to the second order', (every) => {
    for (const reverse of [false, true]) {
      const total =
        (f: (...xs: Tensor[]) => Tensor) =>
        (xs: Tensor[]): Tensor =>
          sum(f(...xs));
      const [a, b] = [grad(total(looped(reverse, every)))(args(5)), grad(total(looped(reverse)))(args(5))];
      a.forEach((g, i) => g.data.forEach((v, k) => expect(v).toBeCloseTo(b[i]!.data[k]!, 12)));
    }
    checkGradients(looped(false, every), args(3), { order: 2 });
  });

  test('flows to variables and closed-over tensors alike', () => {
    const w = new Variable(values([3, 3], 1));
    const k = values([3], 2);
    const f = (weights: Variable, scale: Tensor): Tensor =>
      sum(
        scan(
          (h: Tensor, x: Tensor) => [mul(matmul(h, weights.value), add(x, scale)), h] as const,
          values([2, 3], 3),
          values([4, 2, 3], 4),
        )[0],
      );
    const direct = (m: Tensor, scale: Tensor): Tensor => {
      let h: Tensor = values([2, 3], 3);
      for (let t = 0; t < 4; t++)
        h = mul(matmul(h, m), add(reshape(slice(values([4, 2, 3], 4), [t, 0, 0], [1, -1, -1]), [2, 3]), scale));
      return sum(h);
    };
    const a = grad(([v, s]: [Variable, Tensor]) => f(v, s))([w, k]);
    const b = grad(([m, s]: [Tensor, Tensor]) => direct(m, s))([w.value, k]);
    a.forEach((g, i) => g.data.forEach((v, j) => expect(v).toBeCloseTo(b[i]!.data[j]!, 10)));
  });

  test('replays the draws of the forward pass', () => {
    const rng = new Generator(7);
    const x = values([5, 3], 1);
    const f = (v: Tensor): Tensor => {
      rng.counter.assign(tensor(0, [], 'int32'));
      return sum(
        scan(
          (c: Tensor, row: Tensor) => [add(c, mul(row, randomUniform(rng, [3], { dtype: 'float64' }))), c] as const,
          values([3], 2),
          v,
        )[0],
      );
    };
    checkGradients((v) => f(v), [x]);
  });

  test.each([undefined, 100])('of a weight does not lose digits over many steps (checkpointEvery %s)', (every) => {
    const [steps, value] = [20_000, Math.fround(0.1)];
    const f = (w: Tensor): Tensor => {
      const body = (c: Tensor, x: Tensor): readonly [Tensor, Tensor] => [c, mul(x, w)];
      return sum(scan(body, zeros([2]), full([steps, 2], value), every ? { checkpointEvery: every } : {})[1]);
    };
    const expected = steps * value;
    for (const g of grad(f)(full([2], 1)).data)
      expect(Math.abs(g - expected)).toBeLessThanOrEqual(4 * 2 ** -24 * expected);
  });

  test.each([Infinity, -Infinity, NaN])('of a weight is %s from the step on in which it is', (value) => {
    const xs = tensor([1, 2, value, 3]);
    const f = (w: Tensor): Tensor => sum(scan((c: Tensor, x: Tensor) => [c, mul(x, w)] as const, zeros([]), xs)[1]);
    expect(grad(f)(tensor(2)).item()).toBe(value);
  });

  test('works through a scan inside a scan', () => {
    const f = (x?: Tensor, w?: Tensor): Tensor => {
      const inner = (c: Tensor, row: Tensor): readonly [Tensor, Tensor] => {
        const [last, ys] = scan((d: Tensor, e: Tensor) => [tanh(add(mul(d, w!), e)), d] as const, c, row);
        return [last, sum(ys)];
      };
      const [last, ys] = scan(inner, values([], 1), x!);
      return add(last, sum(ys));
    };
    checkGradients(f, [values([2, 3], 1), values([], 5)], { order: 2 });
  });
});
