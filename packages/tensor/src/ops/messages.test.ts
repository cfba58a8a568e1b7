import { describe, expect, it } from 'vitest';
import { tensor, zeros } from './creation/creation.ts';
import type { Tensor } from '../array/tensor.ts';
import * as typed from './index.ts';

/** The ops as JavaScript callers see them. */
const ops = typed as unknown as Record<
  Exclude<keyof typeof typed, 'scan' | 'randomNormal' | 'randomUniform'>,
  (...args: readonly unknown[]) => unknown
>;

const [x23, x54, x4, scalar, empty] = [zeros([2, 3]), zeros([5, 4]), zeros([4]), zeros([]), zeros([2, 0])];
const [d23, i23, u, b] = [
  zeros([2, 3], 'float64'),
  zeros([2, 3], 'int32'),
  zeros([2, 3], 'uint8'),
  zeros([2, 3], 'bool'),
];
const [image, kernel] = [zeros([1, 8, 8, 3]), zeros([3, 3, 3, 2])];
const int = (i: number): Tensor => tensor([i], [1], 'int32');

describe('elementwise ops name the wrong argument', () => {
  it('abs, square and neg', () => {
    expect(() => ops.abs(u)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: abs: uint8 is for storage; convert it with \`cast\` first]`,
    );
    expect(() => ops.square(b)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: square: expects a numeric dtype, got bool; convert it with \`cast\`]`,
    );
    expect(() => ops.neg([1] as unknown)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: neg: \`x\` must be a tensor, got [1]; make one with \`tensor(…)\`]`,
    );
  });

  it('add, sub, mul and div', () => {
    expect(() => ops.add(x23, x4)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: add: cannot broadcast [2,3] with [4]]`,
    );
    expect(() => ops.add(x23, i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: add: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
    expect(() => ops.sub(1, 2)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: sub: expects at least one tensor, got 1 and 2]`,
    );
    expect(() => ops.mul(b, b)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: mul: expects a numeric dtype, got bool; convert it with \`cast\`]`,
    );
    expect(() => ops.mul(i23, 0.5)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: mul: expects numbers that int32 can hold, got 0.5; convert the tensor with \`cast\`]`,
    );
    expect(() => ops.div(i23, i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: div: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => ops.div(x23, 'two')).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: div: \`b\` must be a tensor or a number, got "two"]`,
    );
  });

  it('pow, maximum and minimum', () => {
    expect(() => ops.pow(i23, 2)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: pow: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => ops.maximum(x23, d23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: maximum: expects one dtype, got float32 and float64; convert one with \`cast\`]`,
    );
    expect(() => ops.minimum(u, u)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: minimum: uint8 is for storage; convert it with \`cast\` first]`,
    );
  });

  it('exp, log, sqrt, tanh, sigmoid and softplus', () => {
    expect(() => ops.exp(i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: exp: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => ops.log(b)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: log: expects a numeric dtype, got bool; convert it with \`cast\`]`,
    );
    expect(() => ops.sqrt(u)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: sqrt: uint8 is for storage; convert it with \`cast\` first]`,
    );
    expect(() => ops.tanh(i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: tanh: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => ops.sigmoid(3)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: sigmoid: \`x\` must be a tensor, got 3; make one with \`tensor(…)\`]`,
    );
    expect(() => ops.softplus(i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: softplus: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
  });

  it('relu and leakyRelu', () => {
    expect(() => ops.relu(b)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: relu: expects a numeric dtype, got bool; convert it with \`cast\`]`,
    );
    expect(() => ops.leakyRelu(i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: leakyRelu: expects numbers that int32 can hold, got 0.3; convert the tensor with \`cast\`]`,
    );
  });

  it('comparisons', () => {
    expect(() => ops.less(x23, i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: less: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
    expect(() => ops.lessEqual(b, b)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: lessEqual: expects a numeric dtype, got bool; convert it with \`cast\`]`,
    );
    expect(() => ops.greater(x23, x4)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: greater: cannot broadcast [2,3] with [4]]`,
    );
    expect(() => ops.greaterEqual(u, u)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: greaterEqual: uint8 is for storage; convert it with \`cast\` first]`,
    );
    expect(() => ops.equal(x23, d23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: equal: expects one dtype, got float32 and float64; convert one with \`cast\`]`,
    );
  });

  it('where', () => {
    expect(() => ops.where(x23, x23, x23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: where: \`condition\` must be bool, got float32; compare it or convert it with \`cast\`]`,
    );
    expect(() => ops.where(b, x23, i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: where: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
    expect(() => ops.where(b, x4, x23)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: where: cannot broadcast [2,3] with [4]]`,
    );
    expect(() => ops.where(i23, 1, 2)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: where: \`condition\` must be bool, got int32; compare it or convert it with \`cast\`]`,
    );
  });

  it('cast', () => {
    expect(() => ops.cast(x23, 'half')).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: cast: \`dtype\` must be float32, float64, int32, uint8 or bool, got "half"; write 'float32']`,
    );
    expect(() => ops.cast(x23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: cast: \`dtype\` must be float32, float64, int32, uint8 or bool, got undefined]`,
    );
  });
});

describe('reductions name the wrong argument', () => {
  it('sum, mean and prod', () => {
    expect(() => ops.sum(x23, { axis: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sum: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
    expect(() => ops.sum(x23, { axis: [0, -2] })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sum: \`axis\` must name each axis once, got [0,-2]]`,
    );
    expect(() => ops.sum(x23, { axis: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sum: \`axis\` must be an integer in [-2, 2), got 0.5]`,
    );
    expect(() => ops.sum(b)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: sum: does not take bool; convert it with \`cast\` first]`,
    );
    expect(() => ops.mean(i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: mean: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => ops.prod(u)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: prod: does not take uint8; convert it with \`cast\` first]`,
    );
  });

  it('max and min', () => {
    expect(() => ops.max(empty, { axis: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: max: has no value over an axis of size 0, got shape [2,0]]`,
    );
    expect(() => ops.min(empty)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: min: has no value over an axis of size 0, got shape [2,0]]`,
    );
    expect(() => ops.max(x23, { axis: -3 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: max: \`axis\` must be an integer in [-2, 2), got -3]`,
    );
  });

  it('argmax and argmin', () => {
    expect(() => ops.argmax(x23, { axis: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: argmax: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
    expect(() => ops.argmin(empty)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: argmin: has no value over an axis of size 0, got shape [0]]`,
    );
    expect(() => ops.argmax(u)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: argmax: does not take uint8; convert it with \`cast\` first]`,
    );
  });

  it('cumsum and cumprod', () => {
    expect(() => ops.cumsum(x23, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: cumsum: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
    expect(() => ops.cumprod(b)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: cumprod: does not take bool; convert it with \`cast\` first]`,
    );
    expect(() => ops.cumsum(scalar)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: cumsum: \`axis\` must be an integer in [0, 0), got -1]`,
    );
  });

  it('argsort', () => {
    expect(() => ops.argsort(x23, { axis: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: argsort: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
    expect(() => ops.argsort(scalar)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: argsort: \`axis\` must be an integer in [0, 0), got -1]`,
    );
  });

  it('softmax and logSoftmax', () => {
    expect(() => ops.softmax(i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: softmax: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => ops.softmax(x23, { axis: 5 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: softmax: \`axis\` must be an integer in [-2, 2), got 5]`,
    );
    expect(() => ops.logSoftmax(b)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: logSoftmax: expects a numeric dtype, got bool; convert it with \`cast\`]`,
    );
    expect(() => ops.logSoftmax(empty)).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: logSoftmax: has no value over an axis of size 0, got shape [2,0]]`,
    );
  });
});

describe('ops of shape name the wrong argument', () => {
  it('reshape', () => {
    expect(() => ops.reshape(x23, [4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: [2,3] has 6 elements, [4] has 4]`,
    );
    expect(() => ops.reshape(x23, [-1, 4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: [2,3] does not divide into [-1,4]]`,
    );
    expect(() => ops.reshape(x23, [-1, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: \`shape\` may leave one size open with -1, got [-1,-1]]`,
    );
    expect(() => ops.reshape(x23, [-2, -3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: \`shape\` must hold integers of at least 0, got [-2,-3]]`,
    );
    expect(() => ops.reshape(empty, [-1, 0])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: reshape: [2,0] does not divide into [-1,0]]`,
    );
  });

  it('transpose', () => {
    expect(() => ops.transpose(x23, [0])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: transpose: \`axes\` must be a permutation of the axes of [2,3], got [0]]`,
    );
    expect(() => ops.transpose(x23, [1, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: transpose: \`axes\` must be a permutation of the axes of [2,3], got [1,1]]`,
    );
    expect(() => ops.transpose(x23, [0, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: transpose: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
  });

  it('expandDims, squeeze and flip', () => {
    expect(() => ops.expandDims(x23, 3)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: expandDims: \`axis\` must be an integer in [-3, 3), got 3]`,
    );
    expect(() => ops.squeeze(x23, 0)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: squeeze: axis 0 of [2,3] must have size 1]`,
    );
    expect(() => ops.squeeze(x23, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: squeeze: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
    expect(() => ops.flip(x23, 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: flip: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
    expect(() => ops.flip(x23, [0, 0])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: flip: \`axis\` must name each axis once, got [0,0]]`,
    );
  });

  it('broadcastTo', () => {
    expect(() => ops.broadcastTo(x23, [2, 4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: broadcastTo: cannot broadcast [2,3] to [2,4]]`,
    );
    expect(() => ops.broadcastTo(x23, [3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: broadcastTo: cannot broadcast [2,3] to [3]]`,
    );
    expect(() => ops.broadcastTo(x23, [-1, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: broadcastTo: \`shape\` must hold integers of at least 0, got [-1,3]]`,
    );
  });

  it('slice', () => {
    expect(() => ops.slice(x23, [0], [1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: slice: needs 2 entries in \`size\` for [2,3], got [1]]`,
    );
    expect(() => ops.slice(x23, [0, 2], [1, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: slice: axis 1 of [2,3] does not contain begin 2, size 2]`,
    );
    expect(() => ops.slice(x23, [-3, 0], [1, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: slice: axis 0 of [2,3] does not contain begin -3, size 1]`,
    );
    expect(() => ops.slice(x23, [0, 4], [-1, -1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: slice: axis 1 of [2,3] does not contain begin 4, size 0]`,
    );
    expect(() => ops.slice(x23, [0, 0], [1, 1], [1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: slice: needs 2 entries in \`strides\` for [2,3], got [1]]`,
    );
    expect(() => ops.slice(x23, [0, 0], [-2, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: slice: \`shape\` must hold integers of at least 0, got [-2,1]]`,
    );
    expect(() => ops.slice(x23, [0, 0], [1, 1], [-1, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: slice: axis 0 of [2,3] does not contain begin 0, size 1, stride -1]`,
    );
  });

  it('pad', () => {
    expect(() => ops.pad(x23, [[1, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: pad: needs 2 pairs for [2,3], got 1]`,
    );
    expect(() =>
      ops.pad(x23, [
        [-1, 0],
        [0, 0],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: pad: [2,3] with [-1,0] before does not fit into [1,3]]`);
    expect(() =>
      ops.pad(x23, [
        [0, -1],
        [0, 0],
      ]),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: pad: [2,3] with [0,0] before does not fit into [1,3]]`);
    expect(() =>
      ops.pad(
        i23,
        [
          [1, 1],
          [0, 0],
        ],
        0.5,
      ),
    ).toThrowErrorMatchingInlineSnapshot(`[ValueError: pad: int32 cannot hold \`value\` 0.5]`);
  });

  it('concat', () => {
    expect(() => ops.concat([])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: concat: expects at least one tensor, got none]`,
    );
    expect(() => ops.concat([x23, x4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: concat: [2,3] and [4] must agree outside axis 0]`,
    );
    expect(() => ops.concat([x23, x23], 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: concat: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
    expect(() => ops.concat([x23, i23])).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: concat: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
  });
});

describe('indexing name the wrong argument', () => {
  it('gather', () => {
    expect(() => ops.gather(x23, x4)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: gather: \`indices\` must be int32, got float32; convert them with \`cast\`]`,
    );
    expect(() => ops.gather(x23, int(2))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: gather: \`indices\` must be in [-2, 2), got 2]`,
    );
    expect(() => ops.gather(x23, int(0), 2)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: gather: \`axis\` must be an integer in [-2, 2), got 2]`,
    );
  });

  it('takeAlongAxis', () => {
    expect(() => ops.takeAlongAxis(x23, int(0))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: takeAlongAxis: \`indices\` must have the shape of \`x\` [2,3] outside axis 1, got [1]]`,
    );
    expect(() => ops.takeAlongAxis(x4, int(4))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: takeAlongAxis: \`indices\` must be in [-4, 4), got 4]`,
    );
    expect(() => ops.takeAlongAxis(x4, x4)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: takeAlongAxis: \`indices\` must be int32, got float32; convert them with \`cast\`]`,
    );
  });

  it('scatterAdd', () => {
    expect(() => ops.scatterAdd(x23, int(0), x4)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: scatterAdd: \`updates\` must have shape [1,3], got [4]]`,
    );
    expect(() => ops.scatterAdd(x4, int(4), zeros([1]))).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: scatterAdd: \`indices\` must be in [-4, 4), got 4]`,
    );
    expect(() => ops.scatterAdd(x4, int(0), int(1))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: scatterAdd: expects one dtype, got float32 and int32; convert one with \`cast\`]`,
    );
    expect(() => ops.scatterAdd(b, int(0), zeros([1, 3], 'bool'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: scatterAdd: does not take bool; convert it with \`cast\` first]`,
    );
  });

  it('oneHot', () => {
    expect(() => ops.oneHot(x4, 3)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: oneHot: \`indices\` must be int32, got float32; convert them with \`cast\`]`,
    );
    expect(() => ops.oneHot(int(1), -1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: oneHot: \`depth\` must be an integer of at least 0, got -1]`,
    );
    expect(() => ops.oneHot(int(1), 1.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: oneHot: \`depth\` must be an integer of at least 0, got 1.5]`,
    );
    expect(() => ops.oneHot(int(1), 2, 'half')).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: oneHot: \`dtype\` must be float32, float64, int32, uint8 or bool, got "half"]`,
    );
  });
});

describe('contractions name the wrong argument', () => {
  it('matmul', () => {
    expect(() => ops.matmul(x23, x54)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: columns of [2,3] must match rows of [5,4]]`,
    );
    expect(() => ops.matmul(x4, x54)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: expects rank 2 or more, got [4]; multiply vectors with \`dot\`]`,
    );
    expect(() => ops.matmul(x23, zeros([3, 2], 'float64'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: matmul: expects one dtype, got float32 and float64; convert one with \`cast\`]`,
    );
    expect(() => ops.matmul(i23, i23)).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: matmul: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => ops.matmul(zeros([2, 5, 3]), x54)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: columns of [2,5,3] must match rows of [5,4]]`,
    );
    expect(() => ops.matmul(x23, x54, { transposeA: true })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: matmul: columns of [2,3] (transposed) must match rows of [5,4]]`,
    );
  });

  it('conv2d', () => {
    expect(() => ops.conv2d(x23, kernel)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: \`x\` expects rank 4 [batch,height,width,channels], got [2,3]]`,
    );
    expect(() => ops.conv2d(image, x23)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: \`kernel\` expects rank 4 [height,width,in,out], got [2,3]]`,
    );
    expect(() => ops.conv2d(image, zeros([5, 5, 1, 10]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: \`kernel\` must have 3 input channels to match \`x\` [1,8,8,3], got [5,5,1,10]]`,
    );
    expect(() => ops.conv2d(image, zeros([9, 9, 3, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: window 9x9 is larger than the input [8,8]]`,
    );
    expect(() => ops.conv2d(image, kernel, { groups: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: conv2d: \`groups\` 2 must divide the 3 channels of \`x\` and the 2 filters of \`kernel\`]`,
    );
    expect(() => ops.conv2d(image, kernel, { groups: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`groups\` must be a positive integer, got 0]`,
    );
    expect(() => ops.conv2d(image, kernel, { strides: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`strides\` must be a positive integer or 2 of them, got 0]`,
    );
    expect(() => ops.conv2d(image, kernel, { strides: [1, 1, 1] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`strides\` must be a positive integer or 2 of them, got [1,1,1]]`,
    );
    expect(() => ops.conv2d(image, kernel, { padding: 'circular' })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`padding\` must be "valid", "same", "full" or 2 pairs of integers of at least 0, got "circular"]`,
    );
    expect(() => ops.conv2d(image, kernel, { dilations: 1.5 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: conv2d: \`dilations\` must be a positive integer or 2 of them, got 1.5]`,
    );
    expect(() =>
      ops.conv2d(zeros([1, 8, 8, 3], 'int32'), zeros([3, 3, 3, 2], 'int32')),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: conv2d: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
    expect(() => ops.conv2d(image, zeros([3, 3, 3, 2], 'float64'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: conv2d: expects one dtype, got float32 and float64; convert one with \`cast\`]`,
    );
  });

  it('pooling', () => {
    expect(() => ops.maxPool2d(x23, { poolSize: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: \`x\` expects rank 4 [batch,height,width,channels], got [2,3]]`,
    );
    expect(() => ops.maxPool2d(image, { poolSize: 9 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: window 9x9 is larger than the input [8,8]]`,
    );
    expect(() => ops.maxPool2d(image, { poolSize: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: maxPool2d: \`poolSize\` must be a positive integer or 2 of them, got 0]`,
    );
    expect(() => ops.maxPool2d(image, {})).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: maxPool2d: \`poolSize\` must be a positive integer or 2 of them, got undefined]`,
    );
    expect(() => ops.averagePool2d(x4, { poolSize: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: averagePool2d: \`x\` expects rank 4 [batch,height,width,channels], got [4]]`,
    );
    expect(() =>
      ops.averagePool2d(image, {
        poolSize: 2,
        padding: [
          [2, 0],
          [0, 0],
        ],
      }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: averagePool2d: \`padding\` must be smaller than the window, got 2 for a window of 2]`,
    );
    expect(() => ops.averagePool2d(image, { poolSize: [2, 2, 2] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: averagePool2d: \`poolSize\` must be a positive integer or 2 of them, got [2,2,2]]`,
    );
    expect(() => ops.averagePool2d(zeros([1, 8, 8, 3], 'int32'), { poolSize: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: averagePool2d: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
  });
});

describe('lists with holes are rejected', () => {
  const hole = Object.assign(new Array<number>(2), { 1: 1 });
  it.each([
    ['zeros', () => zeros(hole)],
    ['reshape', () => ops.reshape(zeros([1]), hole)],
    ['broadcastTo', () => ops.broadcastTo(zeros([1]), hole)],
    ['transpose', () => ops.transpose(x23, hole)],
    ['sum', () => ops.sum(x23, { axis: hole })],
    ['flip', () => ops.flip(x23, hole)],
    ['slice', () => ops.slice(x23, hole, [1, 1])],
    ['pad', () => ops.pad(x4, new Array(1))],
    ['pad', () => ops.pad(x4, [hole])],
    ['maxPool2d', () => ops.maxPool2d(image, 2, { padding: Object.assign(new Array(2), { 1: [0, 0] }) })],
    ['concat', () => ops.concat(Object.assign(new Array(2), { 1: x23 }))],
  ])('%s', (name, run) => {
    expect(run).toThrow(new RegExp(`^${name}: .* must `));
  });
});
