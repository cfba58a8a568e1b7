// For each op, arguments of given sizes.
import * as tensor from '@chainrule/tensor';
import { Generator, type OpDescriptor, type Sampler, Tensor } from '@chainrule/tensor';
import { opsOf } from '../ops.ts';

/** Arguments whose first axis has size `n` and whose last axis has size `width`, if the op allows it. */
export type OpRow = (s: Sampler, n: number, width: number) => readonly unknown[];

/** An op or another function of tensors. */
export type AnyFunction = (...args: readonly unknown[]) => unknown;

const flag = (s: Sampler): boolean => s.pick([true, false]);
const axis = (s: Sampler): number => s.pick([0, 1, -1]);
const padding = (s: Sampler): string => s.pick(['same', 'valid']);

/** As many positions along an axis as it has elements, from either end. An empty axis has none. */
const positions = (s: Sampler, shape: readonly number[], size: number): Tensor =>
  size === 0 ? new Tensor([0, ...shape.slice(1)], 'int32', new Int32Array(0)) : s.integers(shape, -size, size);

const one: OpRow = (s, n, width) => [s.uniform([n, width])];
const three: OpRow = (s, n, width) => [s.uniform([n, 3, width])];
const reduction: OpRow = (s, n, width) => [
  ...three(s, n, width),
  { axis: s.pick([0, 1, 2, [0, 2]]), keepDims: flag(s) },
];
const along: OpRow = (s, n, width) => [...one(s, n, width), { axis: axis(s) }];
const condition: OpRow = (s, n, width) => [s.mask([n, 3, width]), { axis: axis(s), keepDims: flag(s) }];
const sorting: OpRow = (s, n, width) => [...one(s, n, width), { axis: axis(s), descending: flag(s) }];
const running: OpRow = (s, n, width) => [...one(s, n, width), axis(s), { exclusive: flag(s), reverse: flag(s) }];
const masks: OpRow = (s, n, width) => [s.mask([n, width]), s.mask(s.pick([[n, width], [width], [n, 1], [1]]))];
const triangle: OpRow = (s, n, width) => [...three(s, n, width), s.integer(-2, 2)];
/** Quotients with poles, for ops that tell special values apart. */
const special: OpRow = (s, n, width) => {
  const x = s.uniform([n, width]);
  return [tensor.div(x, tensor.floor(x))];
};
const remainder: OpRow = (s, n, width) => {
  const low = s.pick([0.98, -1.02]);
  return [s.uniform([n, width], 2.1, 2.9), s.uniform(s.pick([[n, width], [width], [n, 1]]), low, low + 0.04)];
};
const resizing: OpRow = (s, n, width) => [s.uniform([n, 3, 2, width]), [s.integer(1, 5), s.integer(1, 5)]];
const pooling =
  (rank: number): OpRow =>
  (s, n, width) => [
    s.uniform([n, ...[5, 4, 3].slice(0, rank), width]),
    { poolSize: s.integer(1, 3), strides: s.integer(1, 2), padding: padding(s) },
  ];
const globalPooling: OpRow = (s, n, width) => [s.uniform([n, ...s.pick([[4], [2, 3]]), width]), { keepDims: flag(s) }];
/** From some channels to `width`, or from `width` to some. */
const convolution =
  (rank: number, transposed = false): OpRow =>
  (s, n, width) => {
    const [from, to] = s.pick([
      [s.integer(1, 9), width],
      [width, s.integer(1, 9)],
    ]);
    const kernel = Array.from({ length: rank }, () => s.integer(1, 3));
    return [
      s.uniform([n, ...[5, 4, 3].slice(0, rank), from]),
      s.uniform([...kernel, ...(transposed ? [to, from] : [from, to])]),
      { padding: padding(s), strides: s.integer(1, 2) },
    ];
  };
const binary: OpRow = (s, n, width) => {
  const pair = [s.uniform([n, width]), s.uniform(s.pick([[n, width], [width], [n, 1], [1], []]))];
  return flag(s) ? pair : pair.reverse();
};

/** Rows of ops that take anything but tensors of one shape. */
const ownRows: Readonly<Record<string, OpRow>> = {
  all: condition,
  any: condition,
  argmax: along,
  argmin: along,
  argsort: sorting,
  atan2: binary,
  averagePool1d: pooling(1),
  averagePool2d: pooling(2),
  averagePool3d: pooling(3),
  broadcastTo: (s, n, width) => [
    s.uniform(s.pick([[width], [n, 1], [1, width]])),
    s.pick([
      [n, width],
      [3, n, width],
    ]),
  ],
  cast: (s, n, width) => [...one(s, n, width), s.pick(['int32', 'bool', 'float64', 'uint8'])],
  celu: (s, n, width) => [...one(s, n, width), { alpha: 0.5 }],
  clip: (s, n, width) => [...one(s, n, width), { min: -1, max: 0.5 }],
  concat: (s, n, width) => [[s.uniform([n, width]), s.uniform([n, s.integer(1, 9)])], s.pick([1, -1])],
  conv1d: convolution(1),
  conv1dTranspose: convolution(1, true),
  conv2d: convolution(2),
  conv2dTranspose: convolution(2, true),
  conv3d: convolution(3),
  cumprod: running,
  cumsum: running,
  depthwiseConv2d: (s, n, width) => [
    s.uniform([n, 4, 3, width]),
    s.uniform([2, s.integer(1, 3), width, s.integer(1, 2)]),
    { padding: padding(s), strides: s.integer(1, 2) },
  ],
  dot: (s, n, width) =>
    s.pick([
      [s.uniform([n, 3]), s.uniform([3, width])],
      [s.uniform([n, width]), s.uniform([width])],
      [s.uniform([n]), s.uniform([n, width])],
    ]),
  einsum: (s, n, width) =>
    s.pick([
      ['ij,jk->ik', s.uniform([n, 3]), s.uniform([3, width])],
      ['bqd,bkd->bqk', s.uniform([n, 2, 3]), s.uniform([n, width, 3])],
      ['ij->ji', s.uniform([n, width])],
      ['i,j,ij', s.uniform([n]), s.uniform([width]), s.uniform([n, width])],
    ]),
  elu: (s, n, width) => [...one(s, n, width), { alpha: 0.5 }],
  expandDims: (s, n, width) => [...one(s, n, width), s.pick([0, 1, 2, -1])],
  filterImage: (s, n, width) => [
    s.uniform([n, 4, 3, width]),
    s.uniform([s.integer(1, 3), 3, 1, 1]),
    { padding: padding(s) },
  ],
  flip: (s, n, width) => [...one(s, n, width), s.pick([0, -1, [0, 1]])],
  fmod: remainder,
  gather: (s, n, width) => {
    const at = s.pick([0, 1]);
    return [...one(s, n, width), positions(s, [s.integer(1, 9)], [n, width][at]!), at];
  },
  gelu: (s, n, width) => [...one(s, n, width), { approximate: flag(s) }],
  globalAveragePool: globalPooling,
  globalMaxPool: globalPooling,
  isFinite: special,
  isInf: special,
  isNaN: special,
  logSoftmax: along,
  logSumExp: reduction,
  logicalAnd: masks,
  logicalNot: (s, n, width) => [s.mask([n, width])],
  logicalOr: masks,
  matmul: (s, n, width) => {
    const [m, k, p] = s.pick([
      [n, 3, width],
      [n, width, s.integer(1, 9)],
      [width, n, 3],
    ]);
    const [transposeA, transposeB] = [flag(s), flag(s)];
    return [
      s.uniform(transposeA ? [k, m] : [m, k]),
      s.uniform([...s.pick([[], [2]]), ...(transposeB ? [p, k] : [k, p])]),
      { transposeA, transposeB },
    ];
  },
  max: reduction,
  maxPool1d: pooling(1),
  maxPool2d: pooling(2),
  maxPool3d: pooling(3),
  mean: reduction,
  min: reduction,
  mod: remainder,
  moveAxis: (s, n, width) => [
    ...three(s, n, width),
    ...s.pick([
      [0, 2],
      [2, 0],
      [-1, 1],
    ]),
  ],
  norm: (s, n, width) => [...three(s, n, width), { ord: s.pick([1, 2, 'inf']), axis: axis(s), keepDims: flag(s) }],
  notEqual: (s, n, width) => [s.integers([n, width], 0, 3), s.integers(s.pick([[width], [n, 1]]), 0, 3)],
  oneHot: (s, n, width) => [s.integers([n], 0, width), width, s.pick(['float32', 'int32', 'bool'])],
  outer: (s, n, width) => [s.uniform([n]), s.uniform([width])],
  pad: (s, n, width) => [
    ...one(s, n, width),
    [
      [s.integer(0, 1), 0],
      [s.integer(0, 1), 1],
    ],
    s.pick([0.5, { mode: 'edge' }, { mode: 'symmetric' }, { mode: 'wrap' }]),
  ],
  prelu: (s, n, width) => [...one(s, n, width), s.uniform([width])],
  prod: reduction,
  repeat: (s, n, width) => [...one(s, n, width), s.integer(1, 3), axis(s)],
  reshape: (s, n, width) => [
    ...three(s, n, width),
    s.pick([
      [n, 3 * width],
      [3, n, width],
      [n * 3, width],
      [n * 3 * width, 1],
    ]),
  ],
  resizeBilinear: resizing,
  resizeNearest: resizing,
  roll: (s, n, width) => [...one(s, n, width), s.integer(-2, 2), axis(s)],
  sampleImage: (s, n, width) => [
    s.uniform([n, 3, 2, width]),
    s.uniform([n, s.integer(1, 3), 2], -5, 6),
    { fillMode: s.pick(['constant', 'nearest', 'reflect', 'wrap']), fillValue: s.pick([0, 0.5]) },
  ],
  scatterAdd: (s, n, width) => {
    const indices = positions(s, [s.integer(1, 9)], n);
    return [...one(s, n, width), indices, s.uniform([indices.shape[0], width])];
  },
  separableConv2d: (s, n, width) => [
    s.uniform([n, 4, 3, 2]),
    s.uniform([2, 2, 2, 2]),
    s.uniform([1, 1, 4, width]),
    { padding: padding(s), strides: s.integer(1, 2) },
  ],
  slice: (s, n, width) => {
    const at = s.integer(0, width - 1);
    return s.pick([
      [s.uniform([n, width]), [0, at], [-1, 1]],
      [s.uniform([n, width + 1]), [0, 1], [-1, width]],
      [s.uniform([n, 2 * width]), [0, 0], [-1, -1], [1, 2]],
    ]);
  },
  softmax: along,
  sort: sorting,
  squeeze: (s, n, width) =>
    s.pick([[s.uniform([n, 1, width]), 1], [s.uniform([n, width, 1]), -1], [s.uniform([1, n, width])]]),
  stack: (s, n, width) => [[s.uniform([n, width]), s.uniform([n, width])], axis(s)],
  std: (s, n, width) => [
    s.uniform([n, 3, width + 1]),
    { axis: axis(s), keepDims: flag(s), correction: s.pick([0, 1]) },
  ],
  sum: reduction,
  takeAlongAxis: (s, n, width) => {
    const at = s.pick([0, 1]);
    const size = [n, width][at]!;
    const shape = at === 0 ? [s.integer(1, 9), width] : [n, s.integer(1, 9)];
    return [...one(s, n, width), positions(s, shape, size), at];
  },
  tensordot: (s, n, width) =>
    s.pick([
      [s.uniform([n, 3, 2]), s.uniform([3, 2, width])],
      [s.uniform([n, 3]), s.uniform([3, width]), 1],
      [s.uniform([n]), s.uniform([width]), 0],
    ]),
  tile: (s, n, width) => [...one(s, n, width), s.pick([[2], [2, 1], [1, 2], [2, 1, 2]])],
  transpose: (s, n, width) => [
    ...three(s, n, width),
    s.pick([
      [0, 2, 1],
      [2, 0, 1],
      [1, -1, 0],
    ]),
  ],
  tril: triangle,
  triu: triangle,
  variance: (s, n, width) => [...three(s, n, width), { axis: axis(s), keepDims: flag(s) }],
  where: (s, n, width) => [
    s.mask(
      s.pick([
        [n, width],
        [n, 1],
      ]),
    ),
    s.uniform([n, width]),
    s.uniform([width]),
  ],
};

/** An op, or another function of tensors. */
export interface SweptOp {
  readonly row: OpRow;
  /** Makes a new function, because it may hold a generator of random numbers. */
  readonly open: () => AnyFunction;
  readonly domain?: tensor.Domain;
  readonly random?: boolean;
}

const random = (row: OpRow, draw: (rng: Generator, x: Tensor) => unknown): SweptOp => ({
  row,
  open: () => {
    const rng = new Generator(5);
    return ((x: Tensor) => draw(rng, x)) as AnyFunction;
  },
  random: true,
});
const given = (row: OpRow, call: unknown): SweptOp => ({ row, open: () => call as AnyFunction });

/** Functions that are not ops, because they return several tensors or take other arguments. */
const functions: Readonly<Record<string, SweptOp>> = {
  drawRows: random(one, (rng, { shape }) => tensor.drawRows(rng, shape[0]).draw(shape.slice(1), 'float32')),
  randomBernoulli: random(one, (rng, { shape }) => tensor.randomBernoulli(rng, shape, { p: 0.4 })),
  randomCategorical: random(one, (rng, x) => tensor.randomCategorical(rng, x, 3)),
  randomNormal: random(one, (rng, { shape }) => tensor.randomNormal(rng, shape)),
  randomPermutation: random(one, (rng, { shape }) => tensor.randomPermutation(rng, shape[0])),
  randomTruncatedNormal: random(one, (rng, { shape }) => tensor.randomTruncatedNormal(rng, shape)),
  randomUniform: random(one, (rng, { shape }) => tensor.randomUniform(rng, shape)),
  scan: given(
    (s, n, width) => [s.uniform([width]), s.uniform([n, width])],
    (first: Tensor, rows: Tensor) =>
      tensor.scan(
        (carry: Tensor, x: Tensor) => {
          const next = tensor.tanh(tensor.add(tensor.mul(carry, 0.5), x)) as Tensor;
          return [next, tensor.mul(next, x)] as const;
        },
        first,
        rows,
      ),
  ),
  split: given((s, n, width) => [s.uniform([n, 2 * width]), 2, -1], tensor.split),
  topK: given((s, n, width) => [...one(s, n, width), { k: s.integer(1, width) }], tensor.topK),
  unstack: given((s, n, width) => [...three(s, n, width), s.pick([1, -1])], tensor.unstack),
};

const ops: readonly [string, SweptOp][] = [...opsOf(tensor)].map(([name, call]) => [
  name,
  { row: ownRows[name] ?? defaultRow(call.op), open: () => call, domain: call.op.domain ?? {} },
]);

/**
 * Tensors of one shape, which an op of two may broadcast. Ops whose samples are anything else have rows of their own.
 */
function defaultRow({ name, lower, domain }: OpDescriptor): OpRow {
  if (domain?.sample) throw new Error(`the sweep over ops needs a row for ${name}`);
  return lower.length === 2 ? binary : one;
}

/** All rows by name. */
export const sweptOps: ReadonlyMap<string, SweptOp> = new Map([...ops, ...Object.entries(functions)]);
