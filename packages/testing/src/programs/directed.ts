import fc from 'fast-check';
import type { Argument, Program, Step } from './program.ts';

/** The kind of values and the shape of each argument: the first step takes the last one, then the one before. */
type Form = readonly (readonly [values: Argument['values'], ...shape: number[]])[];

/** The instructions of a step, and the numbers that choose its options. */
type Choice = readonly [names: readonly string[], ks: readonly number[]];

/**
 * Programs with arguments of a given form and given steps. Each step takes the result of the one before. Random
 * programs rarely meet the conditions of such a case all at once.
 */
function directed(
  forms: readonly Form[],
  choices: readonly Choice[],
  { others = fc.constant<Step[]>([]), most = 8192 }: { readonly others?: fc.Arbitrary<Step[]>; most?: number } = {},
): fc.Arbitrary<Program> {
  const step = ([names, ks]: Choice): fc.Arbitrary<Step> =>
    fc.tuple(fc.constantFrom(...names), fc.constant(0), fc.constant(1), fc.constantFrom(...ks));
  return fc.record({
    args: fc.constantFrom(...forms).chain((form) => fc.tuple(...form.map(argument))),
    steps: fc.tuple(fc.tuple(...choices.map(step)), others).map(([first, more]) => [...first, ...more]),
    most: fc.constant(most),
  });
}

function argument([values, ...shape]: Form[number]): fc.Arbitrary<Argument> {
  return fc.record({
    shape: fc.constant(shape),
    dtype: fc.constant('float32' as const),
    seed: fc.nat(1e6),
    values: fc.constant(values),
  });
}

const [even, odd, any] = [
  [0, 2, 4, 6, 8, 10],
  [1, 3, 5, 7, 9, 11],
  [0, 1, 2, 3, 4, 5, 6, 7],
];
const maps = ['tanh', 'exp', 'sigmoid', 'square', 'neg', 'withNumber', 'log', 'sin', 'softplus'];

/** A tensor of width 1 on the last axis, computed and written into a larger one along this axis. */
const narrow = (others: fc.Arbitrary<Step[]>): fc.Arbitrary<Program> => {
  const columns = [5, 8, 9, 17, 33].map((n): Form => [
    ['moderate', n, 1],
    ['moderate', n, 1],
  ]);
  const tables = [2, 3, 4].map((width): Form => [
    ['moderate', 8, width],
    ['moderate', 13, width],
  ]);
  const joins = ['concat', 'concatOwn', 'stack', 'stackOwn'];
  const shuffles = ['roll', 'splitAndJoin', 'unstackAndStack'];
  return fc.oneof(
    directed(
      columns,
      [
        [maps, any],
        [joins, odd],
      ],
      { others },
    ),
    directed(
      tables,
      [
        [maps, any],
        [shuffles, odd],
      ],
      { others },
    ),
  );
};

/** A lookup without indices in a computed tensor. */
const nothing = (others: fc.Arbitrary<Step[]>): fc.Arbitrary<Program> => {
  const forms: readonly Form[] = [[7], [65], [5, 9], [17, 3], [2, 4, 8]].map((shape): Form => [
    ['positive', ...shape],
    ['moderate', ...shape],
  ]);
  const before: readonly Choice[] = [
    [maps, any],
    [maps, any],
  ];
  return fc.oneof(
    directed(
      forms,
      [
        ...before,
        [
          ['takeAlongAxis', 'topK'],
          [0, 4, 8],
        ],
      ],
      { others },
    ),
    directed(forms, [...before, [['gather'], [0, 7]]], { others }),
  );
};

/** A special value in the kernel of a convolution of finite images with padding. */
const padded = (others: fc.Arbitrary<Step[]>): fc.Arbitrary<Program> => {
  const forms = [
    [1, 5, 4, 2],
    [2, 3, 3, 3],
    [1, 1, 2, 4],
    [3, 7, 1, 5],
    [4, 5, 8],
  ].map((shape): Form => [
    ['special', 17],
    ['moderate', ...shape],
  ]);
  return directed(
    forms,
    [
      [
        ['depthwiseConv2d', 'depthwiseConv2d', 'conv2d'],
        [0, 4, 6, 8],
      ],
    ],
    { others },
  );
};

/** Small programs that meet the conditions of a known fault; `others` are the steps that follow. */
export const directedPrograms = (others: fc.Arbitrary<Step[]>): fc.Arbitrary<Program> =>
  fc.oneof(narrow(others), nothing(others), padded(others));

/** A long argument, after the other arguments. */
const long = (values: Argument['values'], ...shape: number[]): Form => [['moderate'], [values, ...shape]];

/** A program, and whether its gradients are checked instead of its values. */
export interface LongTask {
  readonly program: Program;
  readonly gradients: boolean;
}

/**
 * Sums of many equal numbers: each addition rounds the same way as the one before. The numbers of different rows or
 * columns differ, so that not all of them round well by chance.
 */
export const directedSums: fc.Arbitrary<LongTask> = (() => {
  const task = (forms: readonly Form[], choice: Choice, gradients: readonly boolean[]): fc.Arbitrary<LongTask> =>
    fc.record({ program: directed(forms, [choice], { most: 1e7 }), gradients: fc.constantFrom(...gradients) });
  const [mostlyValues, gradientsOnly] = [[false, false, false, true], [true]];
  const rows = [
    [16, 16_411],
    [16, 16_411],
    [17, 40_009],
  ].map((shape) => long('equalRows', ...shape));
  const columns = [
    [16_411, 16],
    [40_009, 5],
    [200_003, 2],
  ].map((shape) => long('equalColumns', ...shape));
  const lines = [[65_537], [65_537], [262_147]].map((shape) => long('equalRows', ...shape));
  const matrices = [
    [16, 65_539],
    [1, 1_000_003],
  ].map((shape) => long('equalRows', ...shape));
  const images = [
    [1, 250, 251, 2],
    [2, 128, 128, 2],
  ].map((shape) => long('equalColumns', ...shape));
  return fc.oneof(
    {
      weight: 3,
      arbitrary: task(
        rows,
        [
          ['sum', 'mean'],
          [2, 6, 10],
        ],
        mostlyValues,
      ),
    },
    {
      weight: 3,
      arbitrary: task(
        columns,
        [
          ['sum', 'mean'],
          [1, 5, 9],
        ],
        mostlyValues,
      ),
    },
    { weight: 3, arbitrary: task(rows, [['cumsum', 'collect'], odd], mostlyValues) },
    { weight: 3, arbitrary: task(columns, [['cumsum', 'collect'], even], mostlyValues) },
    { weight: 3, arbitrary: task(lines, [['sum', 'meanSquare', 'cumsum', 'collect'], any], mostlyValues) },
    { weight: 1, arbitrary: task(matrices, [['matmulOwn'], even], [false]) },
    { weight: 3, arbitrary: task(images, [['depthwiseTotal'], [0, 4, 6, 8]], gradientsOnly) },
    { weight: 1, arbitrary: task(images, [['conv2dTotal'], [0, 4, 6, 8]], gradientsOnly) },
  );
})();

/**
 * Gradients of the kernel of a depthwise convolution of a large image of equal pixels. Backends compute them in about
 * 3,900 partial results, so that the error of adding these exceeds the error of each result.
 */
export const directedPartials: fc.Arbitrary<LongTask> = fc.record({
  program: directed(
    [
      [1, 1000, 1001, 2],
      [2, 500, 1003, 2],
    ].map((shape): Form => [
      ['moderate', 17],
      ['equalColumns', ...shape],
    ]),
    [[['depthwiseTotal'], [0]]],
    { most: 1e7 },
  ),
  gradients: fc.constant(true),
});
