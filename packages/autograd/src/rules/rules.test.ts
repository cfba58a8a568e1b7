import { map, scalar as e, Tensor, type Expr } from '@chainrule/tensor';
import {
  argsortNode,
  averagePoolGradientNode,
  averagePoolNode,
  broadcastNode,
  castNode,
  concatNode,
  convNode,
  flipNode,
  gatherNode,
  matmulNode,
  maxPoolNode,
  padNode,
  prefixNode,
  randomNode,
  reduceNode,
  reshapeNode,
  resolveWindow,
  scatterAddNode,
  sizeOf,
  sliceNode,
  takeAlongAxisNode,
  transposeNode,
  windowPositions,
} from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkGradients } from '../checkGradients.ts';
import { grad } from '../grad.ts';
import { rules } from './rules.ts';

/** Irregular values in (0.2, 1.8) that differ from each other, so that no check stands on a tie. */
function values(shape: readonly number[], seed: number): Tensor {
  const data = Float64Array.from(
    { length: sizeOf(shape) },
    (_, i) => 1 + 0.8 * Math.sin(2.399963 * (i + 1) + seed * 1.7),
  );
  return new Tensor(shape, 'float64', data);
}

function integers(shape: readonly number[], high: number, seed: number): Tensor {
  return new Tensor(
    shape,
    'int32',
    Int32Array.from({ length: sizeOf(shape) }, (_, i) => ((i * 7 + seed * 3) % (2 * high)) - high),
  );
}

const size = fc.integer({ min: 0, max: 3 });
const shapes = (min: number, max: number): fc.Arbitrary<number[]> => fc.array(size, { minLength: min, maxLength: max });
const seeds = fc.integer({ min: 0, max: 1000 });
const subset = (n: number): fc.Arbitrary<number[]> => fc.subarray([...Array(n).keys()]);

/** Checks first and second gradients over random instances. */
function holds<T>(
  instances: fc.Arbitrary<T>,
  check: (instance: T) => { fn: (...xs: Tensor[]) => Tensor; args: Tensor[] },
  runs = 40,
): void {
  fc.assert(
    fc.property(instances, (instance) => {
      const { fn, args } = check(instance);
      checkGradients(fn, args, { order: 2 });
    }),
    { numRuns: runs },
  );
}

const smooth: [string, (x: Expr) => Expr][] = [
  ['neg', e.neg],
  ['exp', e.exp],
  ['log', e.log],
  ['log1p', e.log1p],
  ['expm1', e.expm1],
  ['sqrt', e.sqrt],
  ['sin', e.sin],
  ['cos', e.cos],
  ['atan', e.atan],
  ['tanh', e.tanh],
  ['sigmoid', e.sigmoid],
  ['erf', e.erf],
  ['abs', e.abs],
  ['asin', (x) => e.asin(e.mul(x, 0.5))],
  ['acos', (x) => e.acos(e.mul(x, 0.5))],
  ['select', (x) => e.select(e.lt(x, 0.95), e.mul(x, x), e.exp(x))],
];
const joined: [string, (x: Expr, y: Expr) => Expr][] = [
  ['add', e.add],
  ['sub', e.sub],
  ['mul', e.mul],
  ['div', e.div],
  ['pow', e.pow],
  ['max', (x, y) => e.max(x, e.add(y, 0.013))],
  ['min', (x, y) => e.min(x, e.add(y, 0.013))],
  ['mod', (x, y) => e.mod(x, e.add(y, 3))],
];

describe('gradients and second gradients', () => {
  test.each(smooth)('map: %s', (_, build) => {
    holds(
      fc.tuple(shapes(0, 3), seeds),
      ([shape, seed]) => ({ fn: (x) => map(build, [x]), args: [values(shape, seed)] }),
      8,
    );
  });

  test.each(joined)('map: %s of operands that broadcast', (_, build) => {
    const instances = shapes(0, 3).chain((shape) =>
      fc.tuple(fc.constant(shape), subset(shape.length), subset(shape.length), fc.nat(shape.length), seeds),
    );
    holds(
      instances,
      ([shape, ones, others, cut, seed]) => ({
        fn: (x, y) => map(build, [x, y]),
        args: [
          values(
            shape.map((n, i) => (ones.includes(i) ? 1 : n)),
            seed,
          ),
          values(shape.map((n, i) => (others.includes(i) ? 1 : n)).slice(cut), seed + 1),
        ],
      }),
      12,
    );
  });

  test('map cuts off the branch that is not taken, even where it is infinite', () => {
    const safeLog = (x: Tensor): Tensor => map((v) => e.select(e.gt(v, 0), e.log(v), 0), [x]);
    expect(
      grad((x: Tensor) => reduceNode(safeLog(x), 'sum', [0]))(
        new Tensor([2], 'float64', Float64Array.of(0, 2)),
      ).toArray(),
    ).toEqual([0, 0.5]);
  });

  test('maximum gives half to each of two equal operands', () => {
    const one = new Tensor([], 'float64', Float64Array.of(1));
    expect(grad(([a, b]: [Tensor, Tensor]) => map(e.max, [a, b]))([one, one]).map((g) => g.item())).toEqual([0.5, 0.5]);
  });

  test.each(['sum', 'prod', 'max', 'min'] as const)('reduce: %s', (op) => {
    const instances = shapes(0, 4).chain((shape) => fc.tuple(fc.constant(shape), subset(shape.length), seeds));
    holds(
      instances.filter(([shape, axes]) => op === 'sum' || op === 'prod' || axes.every((a) => shape[a] !== 0)),
      ([shape, axes, seed]) => ({
        fn: (x) => reduceNode(x, op, axes),
        args: [values(shape, seed)],
      }),
    );
  });

  test('reduce: a product has its gradients where elements are zero', () => {
    const x = new Tensor([2, 3], 'float64', Float64Array.of(0, 2, 3, 0, 0, 4));
    checkGradients((v) => reduceNode(v, 'prod', [1]), [x], { order: 2 });
    expect(grad((v: Tensor) => reduceNode(reduceNode(v, 'prod', [1]), 'sum', [0]))(x).toArray()).toEqual([
      [6, 0, 0],
      [0, 0, 0],
    ]);
  });

  test('reduce: the first of equal extremes takes the gradient', () => {
    const x = new Tensor([3], 'float64', Float64Array.of(1, 2, 2));
    expect(grad((v: Tensor) => reduceNode(v, 'max', [0]))(x).toArray()).toEqual([0, 1, 0]);
  });

  test.each(['sum', 'prod'] as const)('prefix: %s', (op) => {
    const instances = shapes(1, 3).chain((shape) =>
      fc.tuple(fc.constant(shape), fc.nat(shape.length - 1), fc.boolean(), seeds),
    );
    holds(
      instances,
      ([shape, axis, reverse, seed]) => ({ fn: (x) => prefixNode(x, op, axis, reverse), args: [values(shape, seed)] }),
      25,
    );
  });

  test('prefix: products have their gradients where elements are zero', () => {
    const x = new Tensor([4], 'float64', Float64Array.of(2, 0, 3, 0));
    checkGradients((v) => prefixNode(v, 'prod', 0), [x], { order: 2 });
  });

  test('view: reshape, transpose, broadcast, flip', () => {
    const instances = shapes(1, 3).chain((shape) =>
      fc.tuple(
        fc.constant(shape),
        fc.shuffledSubarray([...shape.keys()], { minLength: shape.length }),
        subset(shape.length),
        seeds,
      ),
    );
    holds(instances, ([shape, order, axes, seed]) => ({
      fn: (x) =>
        flipNode(
          broadcastNode(reshapeNode(transposeNode(x, order), [sizeOf(shape), 1]), [2, sizeOf(shape), 3]),
          axes.filter((a) => a < 3),
        ),
      args: [values(shape, seed)],
    }));
  });

  test('view: slices with strides and pads with interior', () => {
    const axis = fc.record({
      n: fc.integer({ min: 1, max: 5 }),
      begin: fc.nat(4),
      stride: fc.integer({ min: 1, max: 3 }),
      before: fc.nat(2),
      after: fc.nat(2),
      interior: fc.nat(2),
    });
    holds(fc.tuple(fc.array(axis, { minLength: 1, maxLength: 2 }), seeds), ([axes, seed]) => {
      const begin = axes.map((a) => a.begin % a.n);
      const count = axes.map((a, i) => Math.ceil((a.n - begin[i]!) / a.stride));
      const padded = axes.map((a, i) => a.before + count[i]! + (count[i]! - 1) * a.interior + a.after);
      return {
        fn: (x) =>
          padNode(
            sliceNode(
              x,
              begin,
              count,
              axes.map((a) => a.stride),
            ),
            axes.map((a) => a.before),
            padded,
            { interior: axes.map((a) => a.interior), value: 3 },
          ),
        args: [
          values(
            axes.map((a) => a.n),
            seed,
          ),
        ],
      };
    });
  });

  test('concat', () => {
    holds(fc.tuple(size, size, size, seeds), ([a, b, rows, seed]) => ({
      fn: (x, y) => concatNode([x, y, x], 1),
      args: [values([rows, a], seed), values([rows, b], seed + 1)],
    }));
  });

  test('gather, takeAlongAxis and scatterAdd, with repeated and negative indices', () => {
    holds(fc.tuple(fc.integer({ min: 1, max: 4 }), size, seeds, fc.constantFrom(0, 1)), ([n, m, seed, axis]) => {
      const shape = axis === 0 ? [n, 2] : [2, n];
      const along = axis === 0 ? [m, 2] : [2, m];
      const [list, each] = [integers([m], n, seed), integers(along, n, seed)];
      return {
        fn: (x, u) =>
          scatterAddNode(
            scatterAddNode(x, each, map(e.mul, [u, takeAlongAxisNode(x, each, axis)]), axis, true),
            list,
            map(e.mul, [u, gatherNode(x, list, axis)]),
            axis,
            false,
          ),
        args: [values(shape, seed), values(along, seed + 1)],
      };
    });
  });

  test('matmul, transposed and batched with broadcasting', () => {
    const flags = fc.tuple(fc.boolean(), fc.boolean());
    const batches = fc.constantFrom<[number[], number[]]>(
      [[], []],
      [[2], [2]],
      [[2], [1]],
      [
        [1, 2],
        [3, 1],
      ],
      [[], [2]],
    );
    holds(
      fc.tuple(size, size, size, flags, batches, seeds),
      ([m, k, n, [transposeA, transposeB], [left, right], seed]) => ({
        fn: (a, b) => matmulNode(a, b, { transposeA, transposeB }),
        args: [
          values([...left, ...(transposeA ? [k, m] : [m, k])], seed),
          values([...right, ...(transposeB ? [n, k] : [k, n])], seed + 1),
        ],
      }),
    );
  });

  const window = fc.record({
    spatial: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 2 }),
    k: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    dilation: fc.integer({ min: 1, max: 2 }),
    padding: fc.constantFrom('same' as const, 'valid' as const, 'odd' as const),
    groups: fc.integer({ min: 1, max: 2 }),
    seed: seeds,
  });
  const fits = ({
    spatial,
    k,
    dilation,
    padding,
  }: {
    spatial: number[];
    k: number;
    dilation: number;
    padding: string;
  }): boolean =>
    spatial.every((n) => n + (padding === 'valid' ? 0 : padding === 'odd' ? 2 : 9) >= (k - 1) * dilation + 1);

  test.each(['forward', 'inputGradient', 'kernelGradient'] as const)('conv: pass %s', (pass) => {
    holds(
      window.filter(fits),
      ({ spatial, k, stride, dilation, padding, groups, seed }) => {
        const kernelSize = spatial.map(() => k);
        const w = {
          ...resolveWindow('conv', spatial, kernelSize, {
            strides: stride,
            dilations: dilation,
            padding: padding === 'odd' ? spatial.map(() => [2, 0] as const) : padding,
          }),
          groups,
        };
        const x = [2, ...spatial, groups];
        const kernel = [...kernelSize, 1, 2 * groups];
        const y = [2, ...windowPositions('conv', spatial, kernelSize, w), 2 * groups];
        const [a, b, out] =
          pass === 'forward' ? [x, kernel, y] : pass === 'inputGradient' ? [y, kernel, x] : [x, y, kernel];
        return { fn: (p, q) => convNode(pass, p, q, w, out), args: [values(a, seed), values(b, seed + 1)] };
      },
      15,
    );
  });

  test.each(['max', 'average', 'averageGradient'] as const)('pool: %s', (op) => {
    holds(
      window
        .filter(fits)
        .filter(({ spatial, k, padding }) => padding !== 'odd' || (k === 3 && spatial.every((n) => n > 1))),
      ({ spatial, k, stride, padding, seed }) => {
        const poolSize = spatial.map(() => k);
        const w = {
          size: poolSize,
          ...resolveWindow('pool', spatial, poolSize, {
            strides: stride,
            padding: padding === 'odd' ? spatial.map(() => [1, 0] as const) : padding,
          }),
        };
        const x = [2, ...spatial, 2];
        const y = [2, ...windowPositions('pool', spatial, poolSize, w), 2];
        if (op === 'averageGradient') return { fn: (g) => averagePoolGradientNode(g, w, x), args: [values(y, seed)] };
        return {
          fn: (v) => (op === 'max' ? maxPoolNode(v, w).values : averagePoolNode(v, w)),
          args: [values(x, seed)],
        };
      },
      25,
    );
  });

  test('cast between floating dtypes, in float64 as far as float32 carries', () => {
    const x = values([3], 1);
    const y = grad((v: Tensor) => reduceNode(castNode(castNode(v, 'float32'), 'float64'), 'sum', [0]))(x);
    expect([y.dtype, y.toArray()]).toEqual(['float64', [1, 1, 1]]);
  });

  test('argsort, random and cast to integers let no gradient through', () => {
    const x = values([3], 1);
    const key = new Tensor([2], 'int32', Int32Array.of(1, 2));
    const counter = new Tensor([3], 'int32', Int32Array.of(0, 0, 0));
    const f = (v: Tensor): Tensor => {
      const order = castNode(argsortNode(v, 0, false), 'float64');
      return reduceNode(
        map(
          (a, b, c) => e.add(a, e.add(e.mul(b, 0), c)),
          [order, castNode(castNode(v, 'int32'), 'float64'), randomNode(key, counter, [3], 'float64')],
        ),
        'sum',
        [0],
      );
    };
    expect(grad(f)(x).toArray()).toEqual([0, 0, 0]);
  });

  test('every kind of node has a rule', () => {
    expect(Object.keys(rules).sort()).toMatchInlineSnapshot(`
      [
        "argsort",
        "cast",
        "concat",
        "constant",
        "conv",
        "custom",
        "gather",
        "input",
        "map",
        "matmul",
        "pool",
        "prefix",
        "random",
        "reduce",
        "scan",
        "scatterAdd",
        "takeAlongAxis",
        "variable",
        "view",
      ]
    `);
  });
});
