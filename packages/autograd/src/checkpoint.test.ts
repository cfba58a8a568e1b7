import {
  add,
  exp,
  gather,
  Generator,
  greater,
  matmul,
  max,
  mul,
  randomUniform,
  scan,
  sigmoid,
  slice,
  sum,
  tanh,
  tensor,
  Tensor,
  Variable,
  where,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { checkGradients } from './checkGradients.ts';
import { checkpoint } from './checkpoint.ts';
import { grad } from './grad.ts';

function values(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return new Tensor(
    shape,
    'float64',
    Float64Array.from({ length: size }, (_, i) => 0.8 * Math.sin(2.399963 * (i + 1) + seed * 1.7)),
  );
}

type Wrap = <A extends readonly unknown[], Y>(fn: (...args: A) => Y) => (...args: A) => Y;
const none: Wrap = (fn) => fn;

/** Value, first and second gradients, with and without checkpoints. */
function expectSame(f: (wrap: Wrap) => (x: Tensor) => Tensor, x: Tensor): void {
  const slope =
    (g: (x: Tensor) => Tensor) =>
    (v: Tensor): Tensor =>
      sum(mul(grad(g)(v), values(v.shape, 9)));
  const all = (wrap: Wrap): Tensor[] => [f(wrap)(x), grad(f(wrap))(x), grad(slope(f(wrap)))(x)];
  const [actual, expected] = [all(checkpoint), all(none)];
  expect(actual.slice(0, 2)).toEqual(expected.slice(0, 2));
  // Second gradients add up the same terms in another order.
  actual[2]!.data.forEach((v, i) => expect(v).toBeCloseTo(expected[2]!.data[i]!, 12));
}

describe('checkpoint', () => {
  test('gives the same value, gradient and second gradient', () => {
    expectSame(
      (wrap) => {
        const block = wrap((x: Tensor) => tanh(mul(sigmoid(x), exp(x))));
        return (x) => sum(block(block(x)));
      },
      values([3], 1),
    );
    checkGradients(
      (x, w) => checkpoint((a: Tensor, b: Tensor) => sigmoid(matmul(a as never, b as never)) as Tensor)(x, w),
      [values([2, 3], 1), values([3, 2], 2)],
      { order: 2 },
    );
  });

  test('takes and gives trees', () => {
    expectSame(
      (wrap) => {
        const block = wrap(
          ({ a, b }: { a: Tensor; b: [Tensor] }, k: number) => [mul(exp(a), k), { sum: add(a, b[0]) }] as const,
        );
        return (x) => {
          const [y, { sum: z }] = block({ a: x, b: [mul(x, x)] }, 3);
          return sum(mul(y, z));
        };
      },
      values([3], 1),
    );
  });

  test('differentiates closed-over tensors and variables', () => {
    const w = new Variable(values([3], 2));
    expectSame(
      (wrap) => (x) => {
        const outer = exp(x);
        return sum(wrap((y: Tensor) => mul(tanh(mul(y, outer)), w.value))(x));
      },
      values([3], 1),
    );
    const f =
      (wrap: Wrap) =>
      (v: Variable): Tensor =>
        sum(wrap((x: Tensor) => exp(mul(x, v.value)))(values([3], 1)));
    expect(grad(f(checkpoint))(w).toArray()).toEqual(grad(f(none))(w).toArray());
    expect(grad((v: Variable) => sum(grad(f(checkpoint))(v)))(w).toArray()).toEqual(
      grad((v: Variable) => sum(grad(f(none))(v)))(w).toArray(),
    );
  });

  test('differentiates nodes whose gradients begin as zeros: gathered, sliced and largest elements, and unused results', () => {
    const index = tensor([0, 2, 0], undefined, 'int32');
    expectSame(
      (wrap) => (x) => {
        const [picked, largest] = wrap(
          (y: Tensor) => [gather(exp(y), index), max(mul(y, y)), slice(y, [1], [1]), exp(y)] as const,
        )(x);
        return sum(mul(mul(picked, picked), largest));
      },
      values([3], 1),
    );
    expectSame(
      (wrap) => (x) => sum(mul(wrap((y: Tensor, z: Tensor) => (void z, exp(y)))(x, mul(x, 2)), x)),
      values([3], 1),
    );
  });

  test('may be nested', () => {
    expectSame(
      (wrap) => (x) =>
        sum(wrap((y: Tensor) => exp(wrap((z: Tensor) => tanh(wrap((u: Tensor) => mul(u, u))(z)))(mul(y, 2))))(x)),
      values([2], 1),
    );
  });

  test('draws the same random numbers again, and advances the counter once', () => {
    const masks = (rng: Generator, x: Tensor): Tensor => where(greater(randomUniform(rng, x.shape), 0.5), mul(x, 2), 0);
    const run = (wrap: Wrap): unknown[] => {
      const rng = new Generator(4);
      const block = wrap((x: Tensor) => masks(rng.stream('a'), exp(masks(rng, x))));
      const f = (x: Tensor): Tensor => sum(add(block(x), block(masks(rng, x))));
      return [
        grad(f)(values([4], 1)).toArray(),
        rng.counter.value.item(),
        grad((x: Tensor) => sum(grad(f)(x)))(values([4], 1)).toArray(),
        rng.counter.value.item(),
      ];
    };
    expect(run(checkpoint)).toEqual(run(none));
    expect(run(checkpoint)[1]).toBe(5);
  });

  test('works in the body of a scan, with draws', () => {
    const run = (wrap: Wrap): unknown[] => {
      const rng = new Generator(4);
      const body = wrap(
        (c: Tensor, r: Tensor) =>
          [
            mul(tanh(add(c, exp(r))), randomUniform(rng, [2], { dtype: 'float64' })),
            mul(c, randomUniform(rng, [2], { dtype: 'float64' })),
          ] as const,
      );
      const f = (x: Tensor): Tensor => {
        const [last, ys] = scan((c: Tensor, r: Tensor) => body(c, r), values([2], 3), x);
        return add(sum(last), sum(mul(ys, ys)));
      };
      return [
        grad(f)(values([3, 2], 1)).toArray(),
        rng.counter.value.item(),
        grad((x: Tensor) => sum(mul(grad(f)(x), grad(f)(x))))(values([3, 2], 1)).toArray(),
      ];
    };
    const [a, b] = [run(checkpoint), run(none)];
    expect(a[1]).toBe(b[1]);
    [0, 2].forEach((i) =>
      (a[i] as number[][]).flat().forEach((v, k) => expect(v).toBeCloseTo((b[i] as number[][]).flat()[k]!, 12)),
    );
  });

  test('runs the function once a call, gradients included', () => {
    let runs = 0;
    const block = checkpoint((x: Tensor) => (runs++, exp(x)));
    grad((x: Tensor) => sum(block(x)))(values([2], 1));
    expect(runs).toBe(1);
    block(values([2], 1));
    expect(runs).toBe(2);
  });

  test('only reads: assigning throws and says what to do', () => {
    const w = new Variable(tensor(1), { name: 'w' });
    const block = checkpoint((x: Tensor) => (w.assign(tensor(2)), exp(x)));
    expect(() => grad((x: Tensor) => block(x))(tensor(0) as Tensor)).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: assign: \`w\` is assigned inside a checkpoint, which may only read; return the value and assign it outside]`,
    );
    expect(w.value.item()).toBe(1);
  });

  test('gives arguments and constants back as they are', () => {
    const f = checkpoint((x: Tensor) => [x, x, tensor([7], undefined, 'float64') as Tensor] as const);
    const g = grad((x: Tensor) => {
      const [a, b, c] = f(x);
      return sum(mul(mul(a, b), c));
    })(values([1], 1));
    expect(g.item()).toBeCloseTo(2 * 7 * values([1], 1).item(), 12);
  });
});
