import { arange, tensor, type Tensor, zeros } from '@chainrule/tensor';
import fc from 'fast-check';
import { expect, expectTypeOf, test } from 'vitest';
import { trainTestSplit } from './trainTestSplit.ts';

test('trainTestSplit keeps rows together and puts each into one part', () => {
  const { train, test: held } = trainTestSplit({ x: arange(10), y: [arange(10)] }, { testSize: 0.3, seed: 1 });
  expectTypeOf(train).toEqualTypeOf<{
    readonly x: Tensor<[number], 'float32'>;
    readonly y: readonly [Tensor<[number], 'float32'>];
  }>();
  expect([train.x.size, held.x.size, train.x.toArray(), held.x.toArray()]).toEqual([
    7,
    3,
    train.y[0].toArray(),
    held.y[0].toArray(),
  ]);
  expect([...train.x.data, ...held.x.data].sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
});

test('equal seeds give equal splits, and different seeds different ones', () => {
  const split = (seed: number): number[] => [...trainTestSplit(arange(50), { testSize: 0.5, seed }).test.data];
  expect(split(1)).toEqual(split(1));
  expect(split(1)).not.toEqual(split(2));
});

test('a stratified split gives both parts the same proportion of each label', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat(3), { minLength: 4, maxLength: 60 }),
      fc.double({ min: 0.2, max: 0.8, noNaN: true }),
      fc.integer(),
      (labels, testSize, seed) => {
        const y = tensor(labels, [labels.length], 'int32');
        const { train, test: held } = trainTestSplit(y, { testSize, seed, stratify: y });
        expect([held.size, train.size + held.size]).toEqual([Math.round(labels.length * testSize), labels.length]);
        for (const label of new Set(labels)) {
          const [all, chosen] = [labels, [...held.data]].map(
            (list) => list.filter((value) => value === label).length,
          ) as [number, number];
          expect(Math.abs(chosen - (all * held.size) / labels.length)).toBeLessThan(1 + 1e-9);
        }
      },
    ),
  );
});

test('errors name the mistake', () => {
  expect(() => trainTestSplit(zeros([3]), { testSize: 0.1, seed: 1 })).toThrowErrorMatchingInlineSnapshot(
    `[OptionError: trainTestSplit: \`testSize\` must leave at least one of 3 rows for each part, got 0.1]`,
  );
  expect(() => trainTestSplit(zeros([3]), { testSize: 2, seed: 1 })).toThrow('`testSize` must leave');
  expect(() => trainTestSplit(zeros([3]), { testSize: 0.5, seed: 1, stratify: zeros([2]) })).toThrow(
    '`stratify` must have shape [3], got [2]',
  );
  expect(() => trainTestSplit([zeros([3]), zeros([2])], { testSize: 0.5, seed: 1 })).toThrow('must have 3 rows');
  expect(() => trainTestSplit(zeros([3]), { testSize: 0.5, seed: 0.1 })).toThrow('`seed` must be an integer');
});
