import { type Window, windowPositions } from '@chainrule/tensor/graph';
import { type FunctionBuilder, type I32, i32, type Local } from '../../asm/index.ts';
import type { Floats, Lanes } from '../../lanes/lanes.ts';
import type { ComputeKernel } from '../common/kernel.ts';

type Three = readonly [number, number, number];

/** The windows of a pooling over `[batch, …spatial, channels]`. There are always three spatial axes. */
export interface PoolGeometry {
  readonly batch: number;
  readonly input: Three;
  readonly size: Three;
  readonly output: Three;
  readonly strides: Three;
  readonly dilations: Three;
  readonly before: Three;
  readonly channels: number;
  /** Whether all windows lie in the image. */
  readonly isInside: boolean;
  /** Whether windows do not overlap, and whether each cell is in exactly one window. */
  readonly isDisjoint: boolean;
  readonly isTiling: boolean;
}

export type PoolOptions = Window & { readonly size: readonly number[] };

export function poolGeometry(
  window: PoolOptions,
  batch: number,
  spatial: readonly number[],
  channels: number,
): PoolGeometry {
  const three = (list: readonly number[], fill = 1): Three =>
    [...new Array<number>(3 - list.length).fill(fill), ...list] as unknown as Three;
  const g = {
    batch,
    channels,
    input: three(spatial),
    size: three(window.size),
    output: three(windowPositions('pool', spatial, window.size, window)),
    strides: three(window.strides),
    dilations: three(window.dilations),
    before: three(
      window.padding.map(([before]) => before),
      0,
    ),
  };
  const axes = [0, 1, 2] as const;
  const reach = (i: 0 | 1 | 2): number => (g.size[i] - 1) * g.dilations[i] + 1;
  const isInside = axes.every((i) => g.before[i] === 0 && (g.output[i] - 1) * g.strides[i] + reach(i) <= g.input[i]);
  const isDisjoint = axes.every((i) => g.strides[i] >= reach(i) || g.output[i] === 1);
  const isTiling =
    isInside &&
    axes.every((i) => g.dilations[i] === 1 && g.strides[i] === g.size[i] && g.output[i] * g.size[i] === g.input[i]);
  return { ...g, isInside, isDisjoint, isTiling };
}

/** Everything that the code of a pooling depends on. */
export function poolKey({ batch, input, size, output, strides, dilations, before, channels }: PoolGeometry): string {
  return [[batch], input, size, output, strides, dilations, before, [channels]].map((list) => list.join('x')).join(' ');
}

/** The description of a pooling kernel. */
export function describePool(g: PoolGeometry, name: string, buffers: number): Omit<ComputeKernel, 'units' | 'emit'> {
  const outputs = g.batch * g.output.reduce((a, b) => a * b) * g.channels;
  const inputs = g.batch * g.input.reduce((a, b) => a * b) * g.channels;
  const key = `${name} ${poolKey(g)}`;
  return {
    key,
    name: key,
    buffers,
    flops: outputs * cellsOf(g),
    bytes: 4 * (inputs + (buffers - 1) * outputs),
    scratch: 0,
  };
}

/** Cells of a window. */
export function cellsOf({ size }: PoolGeometry): number {
  return size[0] * size[1] * size[2];
}

/** A number of cells in all lanes. */
export function countOf(l: Lanes, count: I32): Floats {
  return l.toFloats(l.ints.splat(count));
}

/** A window in the loop over all windows. */
export interface PoolingWindow {
  /** Addresses of the first cell of the window and of its output, at the first channel. */
  readonly cell: Local<'i32'>;
  readonly out: Local<'i32'>;
  /** The first cell's position in the image's grid. */
  readonly at: Local<'i32'>;
  /** The number of cells in the image. */
  readonly count: I32;
  /** Visits the cells in the image, with their distance from the first in bytes and in the grid. */
  cells(visit: (bytes: I32, steps: I32, isFirst: boolean) => void): void;
}

/** Windows with up to this number of cells are unrolled if all cells lie in the image, which is three times as fast. */
const maxUnrolledCells = 16;

/**
 * Visits the windows of rows `begin` to `end` of the outputs, counted over batch and both leading spatial axes.
 *
 * @param image - address of the images
 * @param out - address of the outputs
 */
export function eachWindow(
  f: FunctionBuilder,
  g: PoolGeometry,
  image: I32,
  out: I32,
  begin: I32,
  end: I32,
  visit: (window: PoolingWindow) => void,
): void {
  const [row, column] = f.locals('i32', 2);
  const [id, ih, iw] = g.input;
  const to = f.let(i32.add(out, i32.mul(begin, i32.const(g.output[2] * g.channels * 4))));
  f.for(row, begin, end, 1, () => {
    const plane = f.let(i32.divU(row, i32.const(g.output[1])));
    const b = i32.divU(plane, i32.const(g.output[0]));
    const depth = axis(f, g, 0, i32.remU(plane, i32.const(g.output[0])));
    const height = axis(f, g, 1, i32.remU(row, i32.const(g.output[1])));
    const base = f.let(i32.add(image, i32.mul(b, i32.const(id * ih * iw * g.channels * 4))));
    const line = f.let(i32.mul(i32.add(i32.mul(depth.first, i32.const(ih)), height.first), i32.const(iw)));
    f.for(column, 0, g.output[2], 1, () => {
      const width = axis(f, g, 2, column);
      const at = f.let(i32.add(line, width.first));
      const cell = f.let(i32.add(base, i32.mul(at, i32.const(g.channels * 4))));
      const axes = [depth, height, width];
      const cells = g.size[0] * g.size[1] * g.size[2];
      const count = f.let(axes.map((a) => a.count).reduce(i32.mul));
      const whole = (): void =>
        visit({ cell, out: to, at, count: i32.const(cells), cells: (each) => unrollCells(g, each) });
      const part = (): void => visit({ cell, out: to, at, count, cells: (each) => visitCells(f, g, axes, each) });
      if (cells > maxUnrolledCells) part();
      else if (g.isInside) whole();
      else f.if(i32.eq(count, i32.const(cells)), whole, part);
      f.increase(to, g.channels * 4);
    });
  });
}

/** The cells of a window along one axis that lie in the image. */
interface Cells {
  readonly first: Local<'i32'>;
  readonly count: I32;
}

function axis(f: FunctionBuilder, g: PoolGeometry, i: 0 | 1 | 2, position: I32): Cells {
  const step = i32.const(g.dilations[i]);
  const first = f.let(i32.sub(i32.mul(position, i32.const(g.strides[i])), i32.const(g.before[i])));
  if (g.isInside) return { first, count: i32.const(g.size[i]) };
  // Skips cells before the image, then cells behind it.
  const outside = f.let(
    i32.select(
      i32.ltS(first, i32.const(0)),
      i32.divU(i32.add(i32.sub(i32.const(0), first), i32.const(g.dilations[i] - 1)), step),
      i32.const(0),
    ),
  );
  f.set(first, i32.add(first, i32.mul(outside, step)));
  const left = f.let(i32.sub(i32.const(g.size[i]), outside));
  const room = f.let(i32.divU(i32.add(i32.sub(i32.const(g.input[i]), first), i32.const(g.dilations[i] - 1)), step));
  return { first, count: f.let(i32.select(i32.ltS(left, room), left, room)) };
}

/** Steps in the grid from a cell of a window to the next along each axis. */
function cellStrides({ input, dilations }: PoolGeometry): Three {
  return [input[1] * input[2] * dilations[0], input[2] * dilations[1], dilations[2]];
}

/** Visits all cells, with constant distances. */
function unrollCells(g: PoolGeometry, visit: (bytes: I32, steps: I32, isFirst: boolean) => void): void {
  const strides = cellStrides(g);
  const [depth, height, width] = g.size;
  for (let k = 0; k < depth * height * width; k++) {
    const steps =
      Math.floor(k / (height * width)) * strides[0] +
      (Math.floor(k / width) % height) * strides[1] +
      (k % width) * strides[2];
    visit(i32.const(steps * 4 * g.channels), i32.const(steps), k === 0);
  }
}

function visitCells(
  f: FunctionBuilder,
  g: PoolGeometry,
  axes: readonly Cells[],
  visit: (bytes: I32, steps: I32, isFirst: boolean) => void,
): void {
  const strides = cellStrides(g);
  const nest = (i: number, from: I32): void => {
    if (i === 3) return visit(i32.mul(from, i32.const(4 * g.channels)), from, false);
    if (g.size[i] === 1) return nest(i + 1, from);
    const [k, at] = f.locals('i32', 2);
    f.set(at, from);
    f.for(k, 0, axes[i]!.count, 1, () => {
      nest(i + 1, at);
      f.increase(at, strides[i]!);
    });
  };
  nest(0, i32.const(0));
}
