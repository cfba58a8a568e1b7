import type { DType } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { instructions } from './instructions.ts';
import type { Argument, Program, Step } from './program.ts';

/** Sizes of axes: none, one, and what does not fill the lanes of a vector. */
const size = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(1, 2, 3, 4, 5, 7, 8, 9) },
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 2, arbitrary: fc.constantFrom(13, 16, 17, 31, 32, 33, 64, 65) },
);
const dtype = fc.oneof(
  { weight: 8, arbitrary: fc.constant<DType>('float32') },
  { weight: 1, arbitrary: fc.constantFrom<DType>('float64', 'int32', 'bool', 'uint8') },
);

/** Shapes of few different sizes, so that many of them suit each other. */
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

/** Programs of up to 14 steps that suit each other by chance; half of them have special values. */
export const programs: fc.Arbitrary<Program> = fc.record({
  args: fc
    .tuple(shapes, fc.boolean())
    .chain(([all, special]) => fc.tuple(...all.map((shape) => argument(shape, special)))),
  steps: steps([...instructions.keys()], 14),
  most: fc.constant(8192),
});

/** Lengths around the sizes of blocks, powers of 2, and primes; rows that are long, few and many. */
const long = [
  [16_411],
  [65_537],
  [262_147],
  [1_000_003],
  [4_194_305],
  [1_000_003, 2],
  [2, 1_000_003],
  [16, 65_539],
  [16, 262_147],
  [65_539, 16],
  [17, 100_003],
  [3, 700_001, 1],
  [2, 512, 512, 1],
];
const summing = [
  'sum',
  'mean',
  'total',
  'average',
  'meanSquare',
  'cumsum',
  'collect',
  'variance',
  'std',
  'norm',
  'logSumExp',
  'softmax',
  'max',
  'dot',
  'add',
  'mul',
  'sub',
  'sigmoid',
  'square',
];

/** Programs that add up many numbers. */
export const longPrograms: fc.Arbitrary<Program> = fc.record({
  args: fc
    .constantFrom(...long)
    .chain((shape) => fc.tuple(longArgument(shape), longArgument([shape.at(-1)!]), longArgument([]))),
  steps: steps(summing, 3),
  most: fc.constant(10_000_000),
});

function longArgument(shape: readonly number[]): fc.Arbitrary<Argument> {
  return fc.record({
    shape: fc.constant(shape),
    dtype: fc.constant('float32' as const),
    seed: fc.nat(1e6),
    values: fc.constantFrom('positive', 'equal', 'moderate'),
  });
}
