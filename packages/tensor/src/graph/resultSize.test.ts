import { ShapeError } from '@chainrule/errors';
import { expect, test } from 'vitest';
import {
  add,
  broadcastTo,
  concat,
  conv2d,
  conv2dTranspose,
  gather,
  Generator,
  matmul,
  ones,
  oneHot,
  outer,
  pad,
  randomNormal,
  repeat,
  reshape,
  scan,
  stack,
  tensor,
  type Tensor,
  tile,
  where,
} from '../index.ts';
import { Capture, withTrace } from './trace.ts';

const row = ones([1, 65_536]) as Tensor;
const column = reshape(row, [-1, 1]) as Tensor;
const line = reshape(row, [-1]) as Tensor;
const generator = new Generator(1);
const zero = tensor([[0]]) as Tensor;

const calls: readonly (readonly [string, readonly number[], () => unknown])[] = [
  ['add', [65_536, 65_536], () => add(row, column)],
  ['where', [65_536, 65_536], () => where(tensor(true, [], 'bool'), row, column)],
  ['broadcastTo', [2 ** 31], () => broadcastTo(tensor([1]), [2 ** 31])],
  ['matmul', [65_536, 65_536], () => matmul(column, row)],
  ['outer', [65_536, 65_536], () => outer(line, line)],
  ['tile', [65_536, 65_536], () => tile(line, [65_536])],
  ['repeat', [65_536, 65_536], () => repeat(line, 65_536, 0)],
  [
    'pad',
    [2 ** 31, 1],
    () =>
      pad(zero, [
        [0, 2 ** 31 - 1],
        [0, 0],
      ]),
  ],
  ['concat', [2 ** 32], () => concat(Array<Tensor>(65_536).fill(line), 0)],
  ['stack', [65_536, 65_536], () => stack(Array<Tensor>(65_536).fill(line))],
  ['gather', [65_536, 65_536], () => gather(row, tensor(new Int32Array(65_536), undefined, 'int32'), 0)],
  ['oneHot', [65_536, 65_536], () => oneHot(tensor(new Int32Array(65_536), undefined, 'int32'), 65_536)],
  ['conv2d', [1, 256, 256, 65_536], () => conv2d(ones([1, 256, 256, 1]), ones([1, 1, 1, 65_536]))],
  [
    'conv2dTranspose',
    [1, 131_070, 131_070, 1],
    () => conv2dTranspose(ones([1, 2, 2, 1]), ones([1, 1, 1, 1]), { strides: 65_535 }),
  ],
  ['randomNormal', [65_536, 65_536], () => randomNormal(generator, [65_536, 65_536])],
  ['scan', [65_536, 65_536], () => scan((carry: Tensor) => [carry, line], tensor(0), column, { length: 65_536 })],
];

test.each(calls)('%s refuses a result of shape %j, eagerly and in a graph', (op, shape, call) => {
  const message = new RegExp(`^${op}: .*(at most 2147483647 elements, got shape \\[${shape.join(',')}\\])`);
  for (const run of [call, () => withTrace(new Capture('program'), call)]) {
    expect(run).toThrow(ShapeError);
    expect(run).toThrow(message);
  }
});

test('a huge shape that has a size of 0 is allowed', () => {
  expect(add(ones([65_536, 1, 0]), ones([65_536, 0])).shape).toEqual([65_536, 65_536, 0]);
});
