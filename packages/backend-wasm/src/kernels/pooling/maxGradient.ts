import { type FunctionBuilder, i32, type Local } from '../../asm/index.ts';
import { eachVector } from '../common/eachVector.ts';
import type { Lowered, Target } from '../common/kernel.ts';
import { type AddToCell, adjointKernel } from './adjoint.ts';
import { type PoolGeometry, poolGeometry, type PoolOptions, type PoolingWindow } from './windows.ts';

/**
 * The gradient of max pooling. Each element of `g` goes to the cell that was the maximum of its window. If windows do
 * not overlap, the kernel compares and selects, one vector of channels at a time, and writes each cell once.
 * Overlapping windows add to an image of zeros, one element at a time, in the order of the windows.
 *
 * Buffers: indices and `g`, both `[batch, …positions, channels]`, and the result `[batch, …spatial, channels]`. 2×2
 * windows of (64, 28, 28, 32) take 0.17 ms on one thread.
 */
export function lowerMaxPoolGradient(
  window: PoolOptions,
  batch: number,
  spatial: readonly number[],
  channels: number,
): Lowered {
  const g = poolGeometry(window, batch, spatial, channels);
  const kernel = adjointKernel(g, 'max pool gradient', 3, g.isDisjoint ? emitSelect : emitAdd);
  return { temporaries: [], steps: [{ kernel, buffers: [0, 1, 2] }] };
}

function emitSelect(
  f: FunctionBuilder,
  target: Target,
  g: PoolGeometry,
  window: PoolingWindow,
  [indices, gradient]: readonly Local<'i32'>[],
): void {
  const toGradient = f.let(i32.sub(gradient!, indices!));
  eachVector(f, target, g.channels, (l, offset) => {
    const from = f.let(i32.add(window.out, offset));
    const to = f.let(i32.add(window.cell, offset));
    const winner = f.let(l.ints.sub(l.ints.load(from), l.ints.splat(window.at)));
    const value = f.let(l.load(i32.add(from, toGradient)));
    window.cells((bytes, steps) =>
      f.add(l.store(i32.add(to, bytes), l.select(l.ints.eq(winner, l.ints.splat(steps)), value, l.const(0)))),
    );
  });
}

function emitAdd(
  f: FunctionBuilder,
  { scalar: l }: Target,
  g: PoolGeometry,
  window: PoolingWindow,
  [indices, gradient]: readonly Local<'i32'>[],
  add: AddToCell,
): void {
  const toGradient = f.let(i32.sub(gradient!, indices!));
  const offset = f.local('i32');
  const base = f.let(i32.sub(window.cell, i32.mul(window.at, i32.const(4 * g.channels))));
  f.for(offset, 0, 4 * g.channels, 4, () => {
    const from = f.let(i32.add(window.out, offset));
    const to = f.let(i32.add(i32.add(base, offset), i32.mul(i32.load(from), i32.const(4 * g.channels))));
    add(l, to, l.load(i32.add(from, toGradient)));
  });
}
