import { describe, expect, test } from 'vitest';
import {
  aBoolean,
  aCount,
  aFiniteNumber,
  aFunction,
  aName,
  anInteger,
  aPath,
  aNumber,
  aString,
  belowOne,
  type Check,
  checkOptions,
  importedFrom,
  integerFrom,
  listOf,
  nonNegative,
  oneOf,
  optional,
  positive,
  refuse,
  upToOne,
} from './index.ts';

const cases: readonly (readonly [string, Check, readonly unknown[], readonly unknown[]])[] = [
  ['true or false', aBoolean, [true, false], [0, 'true', null, undefined]],
  ['a positive integer', aCount, [1, 2 ** 40], [0, -1, 1.5, NaN, Infinity, '1', 1n, undefined]],
  ['an integer of at least 0', integerFrom(0), [0, 1], [-1, 0.5, '0', null]],
  ['an integer', anInteger, [-3, 0], [0.5, Infinity, '1']],
  ['a finite number', aFiniteNumber, [0.5], [Infinity, NaN, '1', [1]]],
  ['a number', aNumber, [0.5, Infinity], [NaN, '1', null]],
  ['above 0', positive, [1e-9, Infinity], [0, -1, NaN, '1']],
  ['at least 0', nonNegative, [0, 2], [-1e-9, NaN]],
  ['in [0, 1)', belowOne, [0, 0.999], [-0.1, 1, 2, NaN, '0.5']],
  ['in [0, 1]', upToOne, [0, 1], [-0.1, 1.1, NaN]],
  ['a string', aString, ['', 'a'], [1, null, ['a']]],
  ['a path of at least one character', aPath, ['a', '/b/c'], ['', 'a\0b', 1, null, ['a']]],
  ['a name of at least one character, without /', aName, ['a', 'a_1', '.', '\\'], ['', '/', 'a/b', 1, null, ['a']]],
  ['a function', aFunction, [() => 1], ['relu', {}]],
  ['"pre", "post" or 3', oneOf('pre', 'post', 3), ['pre', 3], ['middle', '3', undefined]],
  ['a list of integers', listOf('a list of integers', anInteger), [[], [1]], ['1', { length: 1 }, null]],
];

describe.each(cases)('the check for %s', (expectation, check, right, wrong) => {
  test('accepts valid values and throws for others', () => {
    for (const value of right) expect(check('op', 'name', value)).toBeUndefined();
    for (const value of wrong)
      expect(() => check('op', 'name', value)).toThrow(`op: \`name\` must be ${expectation}, got `);
  });
});

test('optional and listOf combine checks', () => {
  expect(optional(aCount)('op', 'n', undefined)).toBeUndefined();
  expect(() => optional(aCount)('op', 'n', null)).toThrow('op: `n` must be a positive integer, got null');
  expect(() => listOf('a list of integers', anInteger)('op', 'list', [1, 0.5])).toThrow(
    'op: `list[1]` must be an integer, got 0.5',
  );
});

test('the message shows any value, and points out a promise', () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  for (const value of [cyclic, Symbol('s'), 3n, Object.create(null), { constructor: null }, new Map(), () => 1])
    expect(() => refuse('op', 'x', 'a tensor', value)).toThrow('op: `x` must be a tensor, got ');
  expect(() => refuse('op', 'x', 'a tensor', Promise.resolve(1), 'read the manual')).toThrow(
    'op: `x` must be a tensor, got Promise; did you forget `await`?',
  );
});

test('importedFrom explains the import for a string, and the call for a function', () => {
  const check = importedFrom(
    '@chainrule/optim',
    'an optimizer',
    (value) => typeof value === 'object' && value !== null && 'update' in value,
    '()',
  );
  expect(() => check('compile', 'optimizer', 'adam')).toThrow(
    'compile: `optimizer` must be an optimizer, got "adam"; write `import { adam } from \'@chainrule/optim\'` and pass `adam()`',
  );
  expect(() => check('compile', 'optimizer', 'rms_prop')).toThrow('pass `rmsProp()`');
  expect(() => check('compile', 'optimizer', function adam() {})).toThrow(
    'compile: `optimizer` must be an optimizer, got function adam; call it: `adam()`',
  );
  expect(() => check('compile', 'optimizer', null)).toThrow('compile: `optimizer` must be an optimizer, got null');
});

describe('importedFrom', () => {
  const check = importedFrom('@chainrule/losses', 'a loss', (value) => value === 'right');
  const message = (value: unknown): string => {
    try {
      check('compile', 'loss', value);
      return 'accepted';
    } catch (error) {
      return (error as Error).message;
    }
  };

  test.each([
    ['mse', 'meanSquaredError'],
    ['MAE', 'meanAbsoluteError'],
    ['mean_squared_error', 'meanSquaredError'],
    ['mean-squared-error', 'meanSquaredError'],
    ['MeanSquaredError', 'meanSquaredError'],
    ['binary_crossentropy', 'binaryCrossEntropy'],
    ['SparseCategoricalCrossentropy', 'sparseCategoricalCrossEntropy'],
    ['sparseCategoricalCrossEntropy', 'sparseCategoricalCrossEntropy'],
    ['KLDivergence', 'klDivergence'],
    ['SGD', 'sgd'],
    ['RMSprop', 'rmsprop'],
    ['AdamW', 'adamW'],
    ['adamw', 'adamW'],
    ['AUC', 'auc'],
    ['l1_l2', 'l1l2'],
  ])('advises to import %s as %s', (given, name) => {
    expect(message(given)).toBe(
      `compile: \`loss\` must be a loss, got "${given}"; write \`import { ${name} } from '@chainrule/losses'\` and pass \`${name}\``,
    );
  });

  test.each(['', ' ', 'my loss', './loss.js', '1x', 'a\nb', '"', '__proto__', 'é'])(
    'gives no advice for %j, which is not a name',
    (given) => {
      expect(message(given)).toBe(`compile: \`loss\` must be a loss, got ${JSON.stringify(given)}`);
    },
  );

  test.each(['constructor', 'toString', 'hasOwnProperty'])('does not look up %s in a prototype', (given) => {
    expect(message(given)).toContain(`import { ${given} } from`);
  });

  test('advises to call a function, even if it has no name', () => {
    expect(message(function huber() {})).toBe('compile: `loss` must be a loss, got function huber; call it: `huber()`');
    expect(
      message(
        (
          () => () =>
            0
        )(),
      ),
    ).toBe('compile: `loss` must be a loss, got function (anonymous); call it');
  });

  test('accepts what fits, and gives no advice for other values', () => {
    expect(message('right')).toBe('accepted');
    expect(message(null)).toBe('compile: `loss` must be a loss, got null');
    expect(message(Promise.resolve())).toBe('compile: `loss` must be a loss, got Promise; did you forget `await`?');
  });
});

test.each([undefined, null, {}, [], '', 'a', '1', 1n, true, Symbol('s'), () => 1, NaN, new Date(0), new Number(1)])(
  'no check of a number accepts %s',
  (value) => {
    const checks = {
      aCount,
      aFiniteNumber,
      anInteger,
      aNumber,
      belowOne,
      nonNegative,
      positive,
      upToOne,
      two: integerFrom(2),
    };
    for (const [name, check] of Object.entries(checks)) {
      expect(() => check('op', 'x', value), name).toThrow(/^op: `x` must be (a|above|at|in) ?.*, got /);
      expect(() => optional(check)('op', 'x', value ?? null), name).toThrow('op: `x` must be ');
    }
  },
);

test('checks of numbers know the limits of doubles, and −0', () => {
  const accepted = (check: Check, value: unknown): boolean => {
    try {
      check('op', 'x', value);
      return true;
    } catch {
      return false;
    }
  };
  const values = [-0, Number.MIN_VALUE, 1 - 2 ** -53, 1, 1 + 2 ** -52, Number.MAX_VALUE, Infinity];
  const table = (check: Check): boolean[] => values.map((value) => accepted(check, value));
  expect(table(positive)).toEqual([false, true, true, true, true, true, true]);
  expect(table(nonNegative)).toEqual([true, true, true, true, true, true, true]);
  expect(table(belowOne)).toEqual([true, true, true, false, false, false, false]);
  expect(table(upToOne)).toEqual([true, true, true, true, false, false, false]);
  expect(table(aFiniteNumber)).toEqual([true, true, true, true, true, true, false]);
  expect(table(aCount)).toEqual([false, false, false, true, false, true, false]);
  expect(table(integerFrom(0))).toEqual([true, false, false, true, false, true, false]);
});

test('oneOf lists one, two and more values, and finds NaN', () => {
  expect(() => oneOf('a')('op', 'x', 'b')).toThrow('op: `x` must be "a", got "b"');
  expect(() => oneOf('a', null)('op', 'x', undefined)).toThrow('op: `x` must be "a" or null, got undefined');
  expect(() => oneOf(1, 2, 'a, b')('op', 'x', '1')).toThrow('op: `x` must be 1, 2 or "a, b", got "1"');
  expect(oneOf(NaN)('op', 'x', NaN)).toBeUndefined();
});

test('listOf names the first wrong item, and rejects what only looks like a list', () => {
  const check = listOf('a list of lists', listOf('a list of counts', aCount));
  expect(check('op', 'x', [[], [1, 2]])).toBeUndefined();
  expect(() => check('op', 'x', [[1], [2, 0, -1]])).toThrow('op: `x[1][1]` must be a positive integer, got 0');
  expect(() => check('op', 'x', [[1], 2])).toThrow('op: `x[1]` must be a list of counts, got 2');
  for (const value of ['', 'ab', new Set([[1]]), Int32Array.of(1), { length: 0 }, undefined])
    expect(() => check('op', 'x', value)).toThrow('op: `x` must be a list of lists, got ');
  expect(() => check('op', 'x', new Array(1))).toThrow('op: `x[0]` must be a list of counts, got undefined');
});

describe('checkOptions', () => {
  interface Options {
    readonly learningRate?: number;
    readonly batchSize?: number;
    readonly useBias?: boolean;
    readonly name: string;
  }
  const checks = { learningRate: positive, batchSize: aCount, useBias: aBoolean, name: aString };
  const run = (options: unknown): void => checkOptions<Options>('fit', options as Options, checks, 'name');

  test('accepts known options, and undefined for the default', () => {
    run({ name: 'a' });
    run({ name: 'a', learningRate: undefined, batchSize: 2 });
    checkOptions('fit', undefined, checks);
    run(Object.assign(Object.create(null) as object, { name: 'a' }));
  });

  test.each([
    ['batch_size', 'batchSize'],
    ['batchsize', 'batchSize'],
    ['batchSizes', 'batchSize'],
    ['lr', 'learningRate'],
    ['learning_rate', 'learningRate'],
    ['learningrat', 'learningRate'],
    ['use_bias', 'useBias'],
    ['bias', 'useBias'],
  ])('%s is probably %s', (given, meant) => {
    expect(() => run({ name: 'a', [given]: 1 })).toThrow(
      `fit: unknown option \`${given}\`; did you mean \`${meant}\`? Known: { name, learningRate, batchSize, useBias }`,
    );
  });

  test('an option without a similar one gets the list of options', () => {
    for (const name of ['momentum', 'constructor', '__proto__x', 'toString', ''])
      expect(() => run({ name: 'a', [name]: 1 })).toThrow(`fit: unknown option \`${name}\`; Known: {`);
  });

  test('throws for values that are not objects, and for missing options', () => {
    for (const options of [
      null,
      3,
      'a',
      true,
      [],
      [1],
      () => 1,
      new Map(),
      Promise.resolve({}),
      Float32Array.of(1),
      Symbol('s'),
      2n,
    ])
      expect(() => run(options)).toThrow(
        'fit: `options` must be an object such as { name, learningRate, batchSize, useBias }, got ',
      );
    for (const options of [undefined, {}, { name: undefined }, Object.create(null)])
      expect(() => run(options)).toThrow('fit: `name` must be a string, got undefined');
  });
});
