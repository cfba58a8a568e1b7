import { DTypeError, ShapeError } from '@chainrule/errors';
import {
  add,
  cast,
  concat,
  exp,
  greater,
  matmul,
  mean,
  mul,
  neg,
  relu,
  scan,
  square,
  sub,
  sum,
  tensor,
  type Tensor,
  Variable,
  zeros,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { grad, valueAndGrad } from './grad.ts';
import { vjp } from './vjp.ts';

const number = (value: number): Tensor => tensor(value, [], 'float64');
const vector = (...values: number[]): Tensor => tensor(values, undefined, 'float64');

describe('grad', () => {
  test('gives a tree of the shape of the first argument', () => {
    const f = ({ w, layers: [a, b] }: { w: Tensor; layers: [Tensor, Tensor] }, scale: number): Tensor =>
      sum(mul(mul(w, a), mul(b, scale)));
    const g = grad(f)({ w: vector(2, 3), layers: [vector(5, 7), vector(11, 13)] }, 10);
    expect(g.w.toArray()).toEqual([550, 910]);
    expect(g.layers.map((t) => t.toArray())).toEqual([
      [220, 390],
      [100, 210],
    ]);
    expect(Object.keys(g)).toEqual(['layers', 'w']);
  });

  test('gives zeros of the right shape and dtype for arguments that the result does not depend on', () => {
    const g = grad(
      ([a, b]: [Tensor, Tensor]) => sum(cast(add(cast(greater(b, 0), 'float32'), 1), 'float64')) && sum(a),
    )([vector(1, 2), tensor([[1]])]);
    expect(g.map((t) => [t.dtype, t.shape, t.toArray()])).toEqual([
      ['float64', [2], [1, 1]],
      ['float32', [1, 1], [[0]]],
    ]);
  });

  test('adds up all uses of a value', () => {
    expect(grad((x: Tensor) => add(add(mul(x, x), x), mul(3, x)))(number(2)).item()).toBe(8);
    expect(grad((x: Tensor) => sum(concat([x, mul(x, 2), x], 0)))(vector(1, 1)).toArray()).toEqual([4, 4]);
  });

  test('differentiates the argument itself', () => {
    expect(grad((x: Tensor) => x)(number(2)).item()).toBe(1);
    expect(grad((x: Tensor) => relu(x))(tensor([[-1]])).toArray()).toEqual([[0]]);
  });

  test('does not follow the other arguments', () => {
    const x = number(3);
    expect(grad((a: Tensor, b: Tensor) => mul(a, b))(x, x).item()).toBe(3);
  });

  test('treats closed-over tensors as constants, even when they are the argument', () => {
    const x = number(3);
    expect(grad((a: Tensor) => mul(a, x))(x).item()).toBe(3);
    expect(grad((a: Tensor) => mul(x, x))(x).item()).toBe(0); // eslint-disable-line @typescript-eslint/no-unused-vars
  });

  test('gives gradients of gradients', () => {
    const cube = (x: Tensor): Tensor => mul(x, mul(x, x));
    expect(
      [grad(cube), grad(grad(cube)), grad(grad(grad(cube))), grad(grad(grad(grad(cube))))].map((f) =>
        f(number(2)).item(),
      ),
    ).toEqual([12, 12, 6, 0]);
  });

  test('keeps nested differentiations apart', () => {
    const product = (x: Tensor): Tensor => mul(x, grad((y: Tensor) => add(x, y))(number(1)));
    expect(grad(product)(number(5)).item()).toBe(1);
    const power = (x: Tensor): Tensor => mul(x, grad((y: Tensor) => mul(x, mul(y, y)))(x));
    expect(grad(power)(number(5)).item()).toBe(6 * 25); // x·2x·x
    const inner = (x: Tensor): Tensor => grad((y: Tensor) => mul(x, y))(mul(x, x));
    expect(grad(inner)(number(5)).item()).toBe(1);
  });

  test('works on functions that hold a gradient step', () => {
    const loss = (w: Tensor): Tensor => square(sub(w, 3));
    const step = (w: Tensor): Tensor => sub(w, mul(0.25, grad(loss)(w)));
    expect(grad((w: Tensor) => loss(step(step(w))))(number(7)).item()).toBeCloseTo(2 * (7 - 3) * 0.5 ** 4, 12);
  });
});

describe('valueAndGrad', () => {
  test('returns the other values of the tuple beside the loss', () => {
    const f = (x: Tensor): [Tensor, { doubled: Tensor; note: string }] => [
      sum(square(x)),
      { doubled: mul(x, 2), note: 'kept' },
    ];
    const [[loss, aux], g] = valueAndGrad(f)(vector(1, 2));
    expect([loss.item(), aux.doubled.toArray(), aux.note, g.toArray()]).toEqual([5, [2, 4], 'kept', [2, 4]]);
  });

  test('does not differentiate the other values of the tuple', () => {
    const [, g] = valueAndGrad((x: Tensor): [Tensor, Tensor] => [sum(x), exp(x)])(vector(1, 2));
    expect(g.toArray()).toEqual([1, 1]);
  });

  test('takes losses of one element in any shape', () => {
    expect(valueAndGrad((x: Tensor) => mul(x, x))(tensor([[3]])).map((t) => [t.shape, t.toArray()])).toEqual([
      [[1, 1], [[9]]],
      [[1, 1], [[6]]],
    ]);
  });

  test('refuses functions that it cannot differentiate', () => {
    expect(() => grad((x: Tensor) => x)(vector(1, 2))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: grad: \`fn\` must return one element, got shape [2]; reduce it with \`mean\` or \`sum\`]`,
    );
    expect(() => grad((x: Tensor) => cast(sum(x), 'int32'))(vector(1))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: grad: \`fn\` must return float32 or float64, got int32]`,
    );
    expect(() => grad((() => 3) as unknown as (x: Tensor) => Tensor)(vector(1))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: grad: \`fn\` must return a tensor, got 3; keep tensors, without \`item\` and \`data\`]`,
    );
    expect(() =>
      grad((x: Tensor) => sum(x as Tensor<readonly number[], 'float32'>))(tensor([1], undefined, 'int32') as Tensor),
    ).toThrowErrorMatchingInlineSnapshot(`[DTypeError: grad: the argument must be float32 or float64, got int32]`);
    expect(() =>
      grad((x: { rate: number; w: Tensor }) => sum(x.w))({ w: vector(1), rate: 0.1 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: grad: \`rate\` must be a tensor or a variable, got 0.1; write \`tensor(0.1)\`]`,
    );
    expect(() =>
      grad((x: [Tensor, Tensor]) => sum(x[0]))([vector(1), tensor([true], undefined, 'bool') as Tensor]),
    ).toThrowErrorMatchingInlineSnapshot(`[DTypeError: grad: \`[1]\` must be float32 or float64, got bool]`);
  });

  test('leaves nothing behind when the function throws', () => {
    expect(() =>
      grad((): Tensor => {
        throw new Error('inside');
      })(number(1) as never),
    ).toThrow('inside');
    expect(grad((x: Tensor) => mul(x, x))(number(3)).item()).toBe(6);
  });
});

describe('variables as leaves', () => {
  test('stand for the value that the function reads', () => {
    const [w, b] = [new Variable(vector(2, 3)), new Variable(vector(1))];
    const f = (vs: { w: Variable; b: Variable }, x: Tensor): Tensor => sum(add(mul(vs.w.value, x), vs.b.value));
    const g = grad(f)({ w, b }, vector(5, 7));
    expect([g.w.toArray(), g.b.toArray()]).toEqual([[5, 7], [2]]);
    const closed = grad((_: Variable[]) => sum(mul(w.value, w.value)))([w, b]);
    expect(closed.map((t) => t.toArray())).toEqual([[4, 6], [0]]);
  });

  test('may stand beside tensors, and be the whole argument', () => {
    const w = new Variable(number(3));
    const byBoth = grad(({ v, x }: { v: Variable; x: Tensor }) => mul(v.value, x))({ v: w, x: number(5) });
    expect([byBoth.v.dtype, byBoth.v.item(), byBoth.x.item()]).toEqual(['float64', 5, 3]);
    expect(grad((v: Variable) => mul(v.value, v.value))(w).item()).toBe(6);
    expect(grad((v: Variable) => grad((u: Variable) => mul(u.value, mul(u.value, u.value)))(v))(w).item()).toBe(18);
  });

  test('that are not asked for count as constants', () => {
    const [w, c] = [new Variable(number(3)), new Variable(number(5))];
    expect(grad((v: Variable) => mul(v.value, c.value))(w).item()).toBe(5);
    expect(grad((x: Tensor) => mul(w.value, x))(w.value).item()).toBe(3);
  });

  test('flow through a scan that reads them', () => {
    const w = new Variable(number(0.5));
    const f = (v: Variable): Tensor =>
      scan((c: Tensor) => [mul(c, v.value), c] as const, number(2), vector(0, 0, 0))[0];
    expect(grad(f)(w).item()).toBe(2 * 3 * 0.25);
  });
});

describe('variables that are assigned in the function', () => {
  /** A moving average that the loss reads after its update. */
  const moving = (average: Variable, x: Tensor): Tensor => {
    average.assign(add(mul(average.value, 0.9), mul(mean(x), 0.1)));
    return sum(sub(x, average.value));
  };

  test('are differentiated through the new value when they are read again', () => {
    const average = new Variable(number(1));
    const g = grad((x: Tensor) => moving(average, x))(vector(1, 3));
    g.data.forEach((v) => expect(v).toBeCloseTo(1 - 2 * 0.1 * 0.5, 12));
    expect(average.value.item()).toBeCloseTo(1.1, 12);
  });

  test('are differentiated by their old value, through the new one', () => {
    const w = new Variable(number(3));
    const f = (v: Variable): Tensor => {
      const before = v.value;
      v.assign(mul(v.value, v.value));
      return add(before, v.value);
    };
    expect(grad(f)(w).item()).toBe(1 + 2 * 3);
  });

  test('lose their gradient where they are assigned a constant', () => {
    const w = new Variable(number(3));
    const f = (v: Variable): Tensor => {
      v.assign(number(10));
      return mul(v.value, v.value);
    };
    expect(grad(f)(w).item()).toBe(0);
    expect(w.value.item()).toBe(10);
  });

  test('are constants again for the next gradient', () => {
    const w = new Variable(number(3));
    grad((x: Tensor) => (w.assign(mul(x, 2)), x))(number(1));
    expect(w.value.item()).toBe(2);
    expect(grad((x: Tensor) => mul(x, w.value))(number(1)).item()).toBe(2);
  });
});

describe('vjp', () => {
  test('pulls a cotangent back to all arguments, as often as asked', () => {
    const f = (a: Tensor, { b }: { b: Tensor }): Tensor => matmul(a as never, b as never);
    const [value, pullback] = vjp(f)(
      tensor([
        [1, 2],
        [3, 4],
      ]),
      { b: tensor([[5], [6]]) },
    );
    expect(value.toArray()).toEqual([[17], [39]]);
    const [a, { b }] = pullback(tensor([[1], [10]]));
    expect([a.toArray(), b.toArray()]).toEqual([
      [
        [5, 6],
        [50, 60],
      ],
      [[31], [42]],
    ]);
    expect(pullback(tensor([[0], [1]]))[1].b.toArray()).toEqual([[3], [4]]);
  });

  test('refuses a cotangent of another shape', () => {
    const [, pullback] = vjp((x: Tensor) => mul(x, x))(vector(1, 2));
    expect(() => pullback(vector(1))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: vjp: \`cotangent\` must have the shape of the value, [2], got [1]]`,
    );
    expect(() => pullback(vector(1))).toThrow(ShapeError);
  });

  test('refuses a cotangent of another dtype', () => {
    const [, pullback] = vjp((x: Tensor) => mul(x, x))(vector(1, 2));
    expect(() => pullback(zeros([2]))).toThrow(DTypeError);
  });

  test('is linear in the cotangent, and can be differentiated by it', () => {
    const f = (x: Tensor): Tensor => exp(x);
    const g = grad((c: Tensor) => sum(vjp(f)(vector(0, 1))[1](c)[0]))(vector(3, 4));
    expect(g.toArray()).toEqual([1, Math.E]);
    expect(vjp((x: Tensor) => neg(x))(vector(1))[1](vector(2))[0].toArray()).toEqual([-2]);
  });
});
