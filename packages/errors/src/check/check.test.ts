import { describe, expect, test } from 'vitest';
import {
  aBoolean,
  aCount,
  aFiniteNumber,
  aFunction,
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
  ['a function', aFunction, [() => 1], ['relu', {}]],
  ['"pre", "post" or 3', oneOf('pre', 'post', 3), ['pre', 3], ['middle', '3', undefined]],
  ['a list of integers', listOf('a list of integers', anInteger), [[], [1]], ['1', { length: 1 }, null]],
];

describe.each(cases)('the check for %s', (expectation, check, right, wrong) => {
  test('accepts what fits and refuses the rest', () => {
    for (const value of right) expect(check('op', 'name', value)).toBeUndefined();
    for (const value of wrong)
      expect(() => check('op', 'name', value)).toThrow(`op: \`name\` must be ${expectation}, got `);
  });
});

test('checks that are made of others', () => {
  expect(optional(aCount)('op', 'n', undefined)).toBeUndefined();
  expect(() => optional(aCount)('op', 'n', null)).toThrow('op: `n` must be a positive integer, got null');
  expect(() => listOf('a list of integers', anInteger)('op', 'list', [1, 0.5])).toThrow(
    'op: `list[1]` must be an integer, got 0.5',
  );
});

test('refuse shows any value, and points out a promise', () => {
  const cyclic: unknown[] = [];
  cyclic.push(cyclic);
  for (const value of [cyclic, Symbol('s'), 3n, Object.create(null), { constructor: null }, new Map(), () => 1])
    expect(() => refuse('op', 'x', 'a tensor', value)).toThrow('op: `x` must be a tensor, got ');
  expect(() => refuse('op', 'x', 'a tensor', Promise.resolve(1), 'read the manual')).toThrow(
    'op: `x` must be a tensor, got Promise; did you forget `await`?',
  );
});

test('what is imported: a string gets the import, a function that was not called gets the call', () => {
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
      `fit: unknown option \`${given}\`; did you mean \`${meant}\`? Known: { learningRate, batchSize, useBias, name }`,
    );
  });

  test('an option like no other gets the list', () => {
    for (const name of ['momentum', 'constructor', '__proto__x', 'toString', ''])
      expect(() => run({ name: 'a', [name]: 1 })).toThrow(`fit: unknown option \`${name}\`; Known: {`);
  });

  test('refuses what is no object, and options that are missing', () => {
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
      expect(() => run(options)).toThrow('fit: `options` must be an object such as { learningRate, ');
    for (const options of [undefined, {}, { name: undefined }])
      expect(() => run(options)).toThrow('fit: `name` must be a string, got undefined');
  });
});
