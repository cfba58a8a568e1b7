import {
  checkpoint,
  customGradient,
  grad,
  hessianVectorProduct,
  stopGradient,
  valueAndGrad,
} from '@chainrule/autograd';
import { compile, type CompileOptions } from '@chainrule/compiler';
import {
  add,
  exp,
  gather,
  Generator,
  greater,
  logSoftmax,
  matmul,
  max,
  mean,
  mul,
  randomUniform,
  relu,
  scan,
  sigmoid,
  softmax,
  softplus,
  square,
  sub,
  sum,
  tanh,
  tensor,
  Tensor,
  transpose,
  Variable,
  where,
  zeros,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

function values(shape: readonly number[], seed: number): Tensor {
  const size = shape.reduce((a, b) => a * b, 1);
  return new Tensor(
    shape,
    'float32',
    Float32Array.from({ length: size }, (_, i) => 0.8 * Math.sin(2.399963 * (i + 1) + seed * 1.7)),
  );
}

const product = (a: Tensor, b: Tensor): Tensor => matmul(a as never, b as never);
const bits = (ts: readonly Tensor[]): unknown[] => ts.map((t) => [t.dtype, t.shape, t.toArray()]);

const losses: [string, (x: Tensor, w: Tensor) => Tensor][] = [
  ['dense layers', (x, w) => mean(square(sub(tanh(product(relu(product(x, w)), w)), 0.1)))],
  ['a softmax', (x, w) => sum(mul(logSoftmax(product(x, w)), softmax(x)))],
  [
    'kinks and conditions',
    (x, w) => sum(add(where(greater(x, 0), exp(x) as Tensor, softplus(x) as Tensor), max(w, { axis: 0 }))),
  ],
  [
    'a gather',
    (x, w) => sum(mul(gather(w, tensor([0, 2, 0], undefined, 'int32')), gather(x, tensor([1], undefined, 'int32')))),
  ],
  [
    'a scan',
    (x, w) =>
      sum(
        scan(
          (h: Tensor, row: Tensor) => [tanh(add(product(h, w), row)), sigmoid(h)] as const,
          values([2, 3], 3),
          mul(x, transpose(w)),
        )[1],
      ),
  ],
  ['a checkpoint', (x, w) => sum(checkpoint((a: Tensor, b: Tensor) => tanh(product(exp(a), b)))(x, w))],
  [
    'gradients of its own',
    (x, w) =>
      sum(
        customGradient(
          (a: Tensor) => mul(a, stopGradient(a)),
          (g, y, a) => [mul(g, add(y, a))],
        )(product(x, w)),
      ),
  ],
];

describe.each(losses)('the gradient of %s', (_, f) => {
  const args = [values([3, 3], 1), values([3, 3], 2)] as const;
  const both = ([x, w]: readonly Tensor[]): Tensor => f(x!, w!);
  const first = (...xs: Tensor[]): Tensor[] => {
    const [loss, g] = valueAndGrad(both)(xs);
    return [loss, ...g];
  };
  const second = (...xs: Tensor[]): Tensor[] => hessianVectorProduct(both)(xs, [values([3, 3], 4), values([3, 3], 5)]);

  test.each<[string, (...xs: Tensor[]) => Tensor[]]>([
    ['first', first],
    ['second', second],
  ])('has the same bits compiled as eager, to the %s order', (_order, g) => {
    const expected = bits(g(...args));
    for (const options of [
      { simplify: false, fuse: false },
      { fuse: false },
      { simplify: false },
      {},
    ] satisfies CompileOptions[]) {
      const compiled = compile(g, options);
      compiled(...args);
      expect(bits(compiled(...args))).toEqual(expected);
      expect(compiled.programs().length).toBe(1);
    }
  });

  test('may be taken of the compiled function', () => {
    const compiled = compile(f);
    expect(bits([grad((x: Tensor) => compile(f)(x, args[1]))(args[0])])).toEqual(
      bits([grad((x: Tensor) => f(x, args[1]))(args[0])]),
    );
    const outer = compile((x: Tensor) => grad((v: Tensor) => compiled(v, args[1]))(x));
    expect(bits([outer(args[0])])).toEqual(bits([grad((x: Tensor) => f(x, args[1]))(args[0])]));
    expect([outer.programs().length, compiled.programs().length]).toEqual([1, 0]);
  });
});

describe('variables in a compiled gradient', () => {
  test('are trained, all committed together', () => {
    const train = (options?: CompileOptions): unknown[] => {
      const [w, b, m] = [new Variable(values([3, 2], 1)), new Variable(values([2], 2)), new Variable(zeros([3, 2]))];
      const step = (x: Tensor): Tensor => {
        const [loss, g] = valueAndGrad((vs: { w: Variable; b: Variable }) =>
          mean(square(add(product(x, vs.w.value), vs.b.value))),
        )({ w, b });
        m.assign(add(mul(m.value, 0.9), g.w));
        w.assign(sub(w.value, mul(m.value, 0.1)));
        b.assign(sub(b.value, mul(g.b, 0.1)));
        return loss;
      };
      const run = options ? compile(step, options) : step;
      const seen = Array.from({ length: 5 }, (_, i) => run(values([4, 3], i)));
      return bits([...seen, w.value, b.value, m.value] as Tensor[]);
    };
    const eager = train();
    for (const options of [{}, { fuse: false }, { simplify: false, fuse: false }])
      expect(train(options)).toEqual(eager);
  });

  test('that are assigned in the loss are differentiated through their new value', () => {
    const average = new Variable(tensor(1));
    const step = (x: Tensor): Tensor =>
      grad((v: Tensor) => {
        average.assign(add(mul(average.value, 0.5), mul(mean(v), 0.5)));
        return sum(mul(v, average.value));
      })(x);
    const eager = [step(tensor([1, 3])), average.value, step(tensor([1, 3])), average.value].map((t) => t.toArray());
    // a = (1 + 2)/2; ∂/∂v = a + Σv·½·½
    expect(eager).toEqual([[2.5, 2.5], 1.5, [2.75, 2.75], 1.75]);
    average.assign(tensor(1));
    const compiled = compile(step);
    expect(
      [compiled(tensor([1, 3])), average.value, compiled(tensor([1, 3])), average.value].map((t) => t.toArray()),
    ).toEqual(eager);
  });

  test('lose nothing when a checkpoint draws: the same masks forwards and backwards, the counter once', () => {
    const run = (options?: CompileOptions): unknown[] => {
      const rng = new Generator(3);
      const dropped = checkpoint(
        (x: Tensor) => where(greater(randomUniform(rng, x.shape), 0.5), mul(exp(x), 2), 0) as Tensor,
      );
      const f = (x: Tensor): Tensor => grad((v: Tensor) => sum(dropped(dropped(v))))(x);
      const g = options ? compile(f, options) : f;
      const seen = [g(values([8], 1)), g(values([8], 1)), rng.counter.value];
      return bits(seen);
    };
    for (const options of [{}, { fuse: false }, { simplify: false, fuse: false }]) expect(run(options)).toEqual(run());
    expect(run()[2]).toEqual(['int32', [], 4]);
  });

  test('must not be assigned in a checkpoint', () => {
    const w = new Variable(tensor(1), { name: 'w' });
    const f = compile((x: Tensor) => checkpoint((v: Tensor) => (w.assign(v), exp(v)))(x));
    expect(() => f(tensor(0) as Tensor)).toThrow(
      'assign: `w` is assigned inside a checkpoint, which may only read; return the value and assign it outside',
    );
  });
});

describe('the memory of a compiled gradient', () => {
  const size = 1000;
  const bytes = 4 * size;

  /** Peak in arrays of `size`, of `blocks` blocks of some elementwise steps apart. */
  function peak(
    blocks: number,
    wrap: (f: (x: Tensor) => Tensor) => (x: Tensor) => Tensor,
    options: CompileOptions = {},
  ): number {
    // Sums keep the steps from fusing into one.
    const step = (x: Tensor): Tensor => mul(exp(x), add(1, mul(1e-9, mean(tanh(x)))));
    const block = wrap((x: Tensor) => step(step(step(step(x)))));
    const f = compile((x: Tensor) => {
      return grad((v: Tensor) => {
        let y = v;
        for (let i = 0; i < blocks; i++) y = tanh(block(y));
        return sum(y);
      })(x);
    }, options);
    f(values([size], 1));
    return f.programs()[0]!.executable.peakBytes / bytes;
  }

  test('stays low where checkpoints recompute: the barrier keeps replays apart from the forward pass', () => {
    const grows = (peak(8, (f) => f) - peak(4, (f) => f)) / 4;
    const stays = (peak(8, checkpoint) - peak(4, checkpoint)) / 4;
    expect(grows).toBeGreaterThan(5);
    expect(stays).toBeLessThanOrEqual(2.01); // the block's input and the tanh's output
    expect((peak(8, checkpoint, { fuse: false }) - peak(4, checkpoint, { fuse: false })) / 4).toBeLessThanOrEqual(2.01);
  });

  test('of an elementwise scan grows only by the results of its functions', () => {
    const scanned = (steps: number): number => {
      const f = compile((x: Tensor, w: Tensor) =>
        grad((v: Tensor) =>
          sum(
            scan((c: Tensor) => [tanh(mul(exp(mul(c, w)), v)), []] as const, values([size], 2), [], {
              length: steps,
            })[0],
          ),
        )(x),
      );
      f(values([size], 1), values([size], 3));
      return f.programs()[0]!.executable.peakBytes;
    };
    expect([scanned(32) - scanned(16), scanned(64) - scanned(32)]).toEqual([2 * 16 * bytes, 2 * 32 * bytes]);
  });
});
