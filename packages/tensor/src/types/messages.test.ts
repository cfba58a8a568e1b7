// The same mistake has the same message at compile time and at run time.
import { expect, test } from 'vitest';
import { zeros } from '../ops/creation/creation.ts';
import * as typed from '../ops/index.ts';
import type { BroadcastToShape, Broadcast } from './broadcast.ts';
import type { MatmulShape } from './contraction.ts';
import type { ScatterAddShape, TakeAlongAxisShape, GatherShape } from './gather.ts';
import type { SplitShape } from './join.ts';
import type { ExpandDimsShape, FlattenShape, ReshapeShape, SqueezeShape, TransposeShape } from './layout.ts';
import type { DotShape, OuterShape, TensordotShape } from './products.ts';
import type { PartsRule, TopKShape } from './rearrange.ts';
import type { PadShape, SliceShape } from './slice.ts';
import type { ShapeMistake } from './tensor.ts';

/** The ops as JavaScript callers see them. */
const ops = typed as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
const [x2, x23, x24, x234] = [zeros([2]), zeros([2, 3]), zeros([2, 4]), zeros([2, 3, 4])];
const indices = (...shape: number[]): unknown => zeros(shape, 'int32');

/** Accepts only the message of the shape rule `R`. */
function mistake<R>(
  message: R extends ShapeMistake<infer Message> ? Message : never,
  run: () => unknown,
): readonly [string, () => unknown] {
  return [message, run];
}

test.each([
  mistake<SliceShape<[2, 3], [0], [1]>>('slice: needs 2 entries in `size` for [2,3], got [1]', () =>
    ops['slice']!(x23, [0], [1]),
  ),
  mistake<SliceShape<[2, 3], [0], [1, 1]>>('slice: needs 2 entries in `begin` for [2,3], got [0]', () =>
    ops['slice']!(x23, [0], [1, 1]),
  ),
  mistake<SliceShape<[2, 3], [0, 0], [1, 1], [1]>>('slice: needs 2 entries in `strides` for [2,3], got [1]', () =>
    ops['slice']!(x23, [0, 0], [1, 1], [1]),
  ),
  mistake<SliceShape<[2, 3], [0, 2], [1, 2]>>('slice: axis 1 of [2,3] does not contain begin 2, size 2', () =>
    ops['slice']!(x23, [0, 2], [1, 2]),
  ),
  mistake<PadShape<[2, 3], [[0, 1]]>>('pad: needs 2 pairs for [2,3], got 1', () => ops['pad']!(x23, [[0, 1]])),
  mistake<TransposeShape<[2, 3], [0]>>('transpose: `axes` must be a permutation of the axes of [2,3], got [0]', () =>
    ops['transpose']!(x23, [0]),
  ),
  mistake<TransposeShape<[2, 3], [1, 1]>>(
    'transpose: `axes` must be a permutation of the axes of [2,3], got [1,1]',
    () => ops['transpose']!(x23, [1, 1]),
  ),
  mistake<ReshapeShape<[2, 3], [4]>>('reshape: [2,3] has 6 elements, [4] has 4', () => ops['reshape']!(x23, [4])),
  mistake<ReshapeShape<[2, 3], [-1, 4]>>('reshape: [2,3] does not divide into [-1,4]', () =>
    ops['reshape']!(x23, [-1, 4]),
  ),
  mistake<FlattenShape<[]>>('flatten: expects rank 1 or more, got []', () => ops['flatten']!(zeros([]))),
  mistake<ExpandDimsShape<[2, 3], 3>>('expandDims: `axis` must be an integer in [-3, 3), got 3', () =>
    ops['expandDims']!(x23, 3),
  ),
  mistake<SqueezeShape<[2, 3], 0>>('squeeze: axis 0 of [2,3] must have size 1', () =>
    ops['squeeze']!(x23, { axis: 0 }),
  ),
  mistake<Broadcast<[2, 3], [2, 4], 'add'>>('add: cannot broadcast [2,3] with [2,4]', () => ops['add']!(x23, x24)),
  mistake<BroadcastToShape<[2, 3], [2, 4]>>('broadcastTo: cannot broadcast [2,3] to [2,4]', () =>
    ops['broadcastTo']!(x23, [2, 4]),
  ),
  mistake<MatmulShape<[2], [2, 3], false, false>>('matmul: expects rank 2 or more, got [2]', () =>
    ops['matmul']!(x2, x23),
  ),
  mistake<OuterShape<[2, 3], [2]>>('outer: expects rank 1, got [2,3] and [2]', () => ops['outer']!(x23, x2)),
  mistake<DotShape<[2, 3, 4], [2]>>('dot: expects rank 1 or 2, got [2,3,4] and [2]', () => ops['dot']!(x234, x2)),
  mistake<DotShape<[2, 3], [2]>>('dot: the last axis of `a` must match the first of `b`, got [2,3] and [2]', () =>
    ops['dot']!(x23, x2),
  ),
  mistake<TensordotShape<[2, 3], [2], 2>>(
    'tensordot: `axes` must be two lists or an integer of at most the ranks of [2,3] and [2], got 2',
    () => ops['tensordot']!(x23, x2, 2),
  ),
  mistake<TensordotShape<[2], [2, 3], 2>>(
    'tensordot: `axes` must be two lists or an integer of at most the ranks of [2] and [2,3], got 2',
    () => ops['tensordot']!(x2, x23, 2),
  ),
  mistake<TensordotShape<[2, 3], [2, 4], 1>>(
    'tensordot: contracted axes must have the same sizes, got [3] and [2]',
    () => ops['tensordot']!(x23, x24, 1),
  ),
  mistake<TakeAlongAxisShape<[2, 3], [3, 1], 1>>(
    'takeAlongAxis: `indices` must have the shape of `x` [2,3] outside axis 1, got [3,1]',
    () => ops['takeAlongAxis']!(x23, indices(3, 1), 1),
  ),
  mistake<GatherShape<[2, 3], [1], 2, 'gather'>>('gather: `axis` must be an integer in [-2, 2)', () =>
    ops['gather']!(x23, indices(1), 2),
  ),
  mistake<ScatterAddShape<[2, 3], [1], [2, 3], 0>>('scatterAdd: `updates` must have shape [1,3], got [2,3]', () =>
    ops['scatterAdd']!(x23, indices(1), x23),
  ),
  mistake<SplitShape<[2, 3], 2, 1>>('split: axis 1 of [2,3] does not divide into 2 parts', () =>
    ops['split']!(x23, 2, 1),
  ),
  mistake<PartsRule<[2, 3], [1, 1], 1>>('split: sizes [1,1] must add up to axis 1 of [2,3]', () =>
    ops['split']!(x23, [1, 1], 1),
  ),
  mistake<TopKShape<[2, 3], 4, -1>>('topK: `k` must be an integer of at most the size of axis 1 of [2,3], got 4', () =>
    ops['topK']!(x23, { k: 4 }),
  ),
])('%s', (message, run) => {
  expect(run).toThrow(message);
});
