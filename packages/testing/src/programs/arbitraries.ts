import type { DType } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { directedPrograms, directedSums, type LongTask } from './directed.ts';
import { instructions } from './instructions.ts';
import { windows } from './windows.ts';
import type { Argument, Program, Step } from './program.ts';

/** Sizes of axes: 0, 1, and sizes that do not fill the lanes of a vector. */
const size = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(13, 16, 17, 31, 32, 33, 64, 65) },
);
const dtype = fc.oneof(
  { weight: 8, arbitrary: fc.constant<DType>('float32') },
  { weight: 1, arbitrary: fc.constantFrom<DType>('float64', 'int32', 'bool', 'uint8') },
);

/** Shapes made of few different sizes, so that many of them fit each other. */
const shapes = fc.tuple(size, size, size).chain((sizes) => {
  const shape = fc.array(fc.constantFrom(1, ...sizes), { maxLength: 4 }).filter((axes) => sizeOf(axes) <= 4096);
  return fc.array(shape, { minLength: 1, maxLength: 4 });
});

const values = (special: boolean): fc.Arbitrary<Argument['values']> =>
  special
    ? fc.constantFrom('special', 'huge', 'moderate')
    : fc.constantFrom('moderate', 'moderate', 'coarse', 'positive');

function argument(shape: readonly number[], special: boolean): fc.Arbitrary<Argument> {
  return fc.record({ shape: fc.constant(shape), dtype, seed: fc.nat(1e6), values: values(special) });
}

function steps(names: readonly string[], maxLength: number): fc.Arbitrary<Step[]> {
  return fc.array(fc.tuple(fc.constantFrom(...names), fc.nat(6), fc.nat(6), fc.nat(11)), {
    minLength: 1,
    maxLength,
    size: 'max',
  });
}

/** Instructions that stop gradients, or raise to infinite powers. */
const withoutSlope = ['stopGradient', 'powNumber', 'powOfNumber'];

/** Programs whose gradients are the slopes of their values. No two values are equal, so that few lie at kinks. */
export const smoothPrograms: fc.Arbitrary<Program> = fc.record({
  args: shapes.chain((all) =>
    fc.tuple(
      ...all.map((shape) =>
        fc.record({
          shape: fc.constant(shape),
          dtype: fc.constant('float32' as const),
          seed: fc.nat(1e6),
          values: fc.constant('moderate' as const),
        }),
      ),
    ),
  ),
  steps: steps(
    [...instructions.keys()].filter((name) => !withoutSlope.includes(name)),
    8,
  ),
  most: fc.constant(2048),
});

/** A large table, for lookups. Programs leave out results of its size. */
const table = fc.constantFrom([1025, 33], [33, 1031], [40_009]).chain((shape) => argument(shape, false));

/** Instructions that are prone to faults: writing into a part of a larger tensor, windows, positions. */
const often = [
  ...Array.from({ length: 4 }, () => [
    ...['column', 'roll', 'concat', 'concatOwn', 'stack', 'stackOwn', 'splitAndJoin', 'unstackAndStack'],
    ...['gather', 'takeAlongAxis', 'topK', 'depthwiseConv2d'],
  ]).flat(),
  ...Object.keys(windows),
];

const names = [...instructions.keys(), ...often];

/** Programs of up to 14 random steps; half of the programs have special values. */
const mixedPrograms: fc.Arbitrary<Program> = fc.record({
  args: fc.tuple(shapes, fc.boolean()).chain(([all, special]) => {
    const given = fc.tuple(...all.map((shape) => argument(shape, special)));
    const withTable = fc.tuple(given, table).map(([small, large]) => [...small, large]);
    return fc.oneof({ weight: 9, arbitrary: given }, { weight: 1, arbitrary: withTable });
  }),
  steps: steps(names, 14),
  most: fc.constant(8192),
});

/**
 * Programs of small tensors: mostly random, and some that are directed at known faults, with a few random steps after.
 */
export const programs: fc.Arbitrary<Program> = fc.oneof(
  { weight: 3, arbitrary: mixedPrograms },
  { weight: 2, arbitrary: directedPrograms(fc.option(steps(names, 3), { nil: [] })) },
);

/**
 * Lengths around powers of 2, and primes; rows that are long, few and many: 16 of them and more are summed one by one.
 */
const rows = [
  [16, 65_539],
  [17, 40_009],
  [65_539, 16],
];
const long = [...rows, ...rows, [16_411], [262_147], [200_003, 2], [2, 200_003], [3, 65_537, 1]];
const images = [
  [2, 181, 181, 1],
  [1, 250, 251, 2],
  [2, 128, 128, 3],
];
/** Lengths of the longest sums in real data: minutes of sound, all pixels of a batch. */
const longest = [[1_000_003], [1_000_003, 2], [2, 1_000_003], [16, 262_147], [4_194_305]];
const summing = [
  ...['sum', 'sum', 'sum', 'mean', 'mean', 'cumsum', 'cumsum', 'collect', 'collect', 'matmulOwn', 'matmulOwn', 'dot'],
  ...['total', 'meanSquare', 'variance', 'norm', 'logSumExp', 'softmax'],
];
const after = [...summing, 'add', 'square', 'mul'];
const convolving = ['conv2d', 'depthwiseConv2d', 'depthwiseConv2d', 'averagePool2d', 'add', 'total'];

/** Programs that add up many numbers. */
export const longTasks: fc.Arbitrary<LongTask> = fc.oneof(
  { weight: 3, arbitrary: directedSums },
  {
    weight: 1,
    arbitrary: fc.record({
      program: fc.oneof(
        { weight: 5, arbitrary: longProgram(long, summing, after) },
        { weight: 2, arbitrary: longProgram(images, convolving, convolving) },
        { weight: 1, arbitrary: longProgram(longest, summing, []) },
      ),
      gradients: fc.boolean(),
    }),
  },
);

/** @param first - instructions for the long tensor; `then` lists those that may follow */
function longProgram(
  all: readonly (readonly number[])[],
  first: readonly string[],
  then: readonly string[],
): fc.Arbitrary<Program> {
  const start = fc.tuple(fc.constantFrom(...first), fc.constant(0), fc.nat(2), fc.nat(11));
  const more = then.length > 0 ? steps(then, 1) : fc.constant<Step[]>([]);
  return fc.record({
    args: fc
      .constantFrom(...all)
      .chain((shape) => fc.tuple(longArgument([shape.at(-1)!]), longArgument([]), longArgument(shape))),
    steps: fc.tuple(start, fc.option(more, { nil: [] })).map(([one, others]) => [one, ...others]),
    most: fc.constant(10_000_000),
  });
}

function longArgument(shape: readonly number[]): fc.Arbitrary<Argument> {
  return fc.record({
    shape: fc.constant(shape),
    dtype: fc.constant('float32' as const),
    seed: fc.nat(1e6),
    values: fc.constantFrom('positive', 'equalRows', 'equalRows', 'equalColumns', 'moderate'),
  });
}
