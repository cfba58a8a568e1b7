import { OptionError, ShapeError } from '@chainrule/errors';
import { describe, expect, test } from 'vitest';
import { treeTensors } from '../array/tree.ts';
import * as tensor from '../index.ts';

type Call = (...args: unknown[]) => unknown;
const ops = tensor as unknown as Record<string, Call>;
const x = tensor.tensor([
  [
    [3, 1, 2],
    [5, 4, 9],
  ],
  [
    [7, 8, 6],
    [0, 2, 1],
  ],
]);

/** The arguments before the axis of each op that takes one. */
const cases: Readonly<Record<string, readonly unknown[]>> = {
  all: [tensor.greater(x, 1)],
  any: [tensor.greater(x, 1)],
  argmax: [x],
  argmin: [x],
  argsort: [x],
  concat: [[x, x]],
  cumprod: [x],
  cumsum: [x],
  expandDims: [x],
  flip: [x],
  gather: [x, tensor.tensor([1, 0], undefined, 'int32')],
  logSoftmax: [x],
  logSumExp: [x],
  max: [x],
  mean: [x],
  min: [x],
  norm: [x],
  prod: [x],
  repeat: [x, 2],
  roll: [x, 1],
  scatterAdd: [tensor.zeros([2, 2, 3]), tensor.tensor([1], undefined, 'int32'), tensor.ones([2, 1, 3])],
  softmax: [x],
  sort: [x],
  split: [x, 2],
  squeeze: [tensor.ones([2, 1, 3])],
  stack: [[x, x]],
  std: [x],
  sum: [x],
  takeAlongAxis: [x, tensor.zeros([2, 1, 3], 'int32')],
  unstack: [x],
  variance: [x],
};

const values = (result: unknown): unknown => treeTensors(result).map((t) => [t.shape, t.toArray()]);

describe.each(Object.entries(cases))('%s', (name, args) => {
  test('takes the axis as a number and as an option', () => {
    const expected = values(ops[name]!(...args, { axis: 1 }));
    expect(values(ops[name]!(...args, 1))).toEqual(expected);
    expect(values(ops[name]!(...args, -2 - Number(name === 'expandDims' || name === 'stack')))).toEqual(expected);
    expect(values(ops[name]!(...args, undefined, { axis: 1 }))).toEqual(expected);
  });

  test('refuses values that are not an axis', () => {
    for (const axis of [5, -9, 0.5, NaN]) expect(() => ops[name]!(...args, axis)).toThrow(ShapeError);
    for (const axis of ['1', null, true]) expect(() => ops[name]!(...args, { axis })).toThrow(OptionError);
    for (const axis of ['1', null, true]) expect(() => ops[name]!(...args, axis)).toThrow(OptionError);
    expect(() => ops[name]!(...args, { dim: 1 })).toThrow(`${name}: unknown option \`dim\`; did you mean \`axis\`?`);
  });
});

test('several axes, and an axis before the other options', () => {
  for (const name of ['sum', 'mean', 'prod', 'max', 'min', 'norm', 'std', 'variance', 'logSumExp']) {
    expect(values(ops[name]!(x, [0, -1]))).toEqual(values(ops[name]!(x, { axis: [0, -1] })));
    expect(values(ops[name]!(x, 1, { keepDims: true }))).toEqual(values(ops[name]!(x, { axis: 1, keepDims: true })));
  }
  expect(values(ops.flip!(x, [0, 1]))).toEqual(values(ops.flip!(x, { axis: [0, 1] })));
  expect(values(ops.cumsum!(x, 0, { reverse: true }))).toEqual(values(ops.cumsum!(x, { axis: 0, reverse: true })));
});

test('an unknown option names the one that was meant', () => {
  expect(() => ops.sum!(x, { keepdims: true })).toThrow('sum: unknown option `keepdims`; did you mean `keepDims`?');
  expect(() => ops.sum!(x, 0, { keep_dim: true })).toThrow('sum: unknown option `keep_dim`; did you mean `keepDims`?');
  expect(() => ops.leakyRelu!(x, { slope: 1 })).toThrow('leakyRelu: unknown option `slope`; Known: { negativeSlope }');
  expect(() => ops.leakyRelu!(x, 0.1)).toThrow(
    'leakyRelu: `options` must be an object such as { negativeSlope }, got 0.1',
  );
});
