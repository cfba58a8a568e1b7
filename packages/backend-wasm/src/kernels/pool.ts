import type { NodeOf } from '@chainrule/tensor';
import { type FunctionBuilder, type FunctionRef, type I32, i32, type Local, memory, type ModuleBuilder } from '../asm/index.ts';
import type { Floats, Ints, Lanes, Mask } from '../lanes.ts';
import type { Doubles } from '../doubles.ts';
import { mostSums } from './cut.ts';
import { cutRows } from './cutRows.ts';
import { eachVector } from './eachVector.ts';
import { type Kernel, kernelParams, type Lowered, type Target } from './kernel.ts';
import { eachWindow, type PoolGeometry, poolGeometry, poolKey, type WindowAt } from './poolWindows.ts';

/**
 * Node `pool`, a vector of channels at a time: max with the winners' positions, average, and its adjoint. 2×2 windows
 * of (64, 28, 28, 32) take 0.24 ms on one thread (average: 0.13).
 */
export function lowerPool(node: NodeOf<'pool'>): Lowered | undefined {
  const { attrs, types, inputs } = node;
  if (types[0]!.dtype !== 'float32') return undefined;
  const { shape } = attrs.op === 'averageAdjoint' ? types[0]! : inputs[0]!;
  const g = poolGeometry(attrs, shape[0]!, shape.slice(1, -1), shape.at(-1)!);
  const kernel = attrs.op === 'max' ? poolKernel(g, 'max pool', 3, emitMax) : attrs.op === 'average' ? poolKernel(g, 'average pool', 2, emitAverage) : adjointKernel(g, 'average pool adjoint', 2, emitSpread);
  return { temporaries: [], steps: [attrs.op === 'max' ? { kernel, buffers: [0, 1, 2], writes: 2 } : { kernel, buffers: [0, 1] }] };
}

type EmitWindow = (f: FunctionBuilder, target: Target, g: PoolGeometry, window: WindowAt, buffers: readonly Local<'i32'>[]) => void;

/** Of buffers x, values and what else comes: units are rows of outputs. */
function poolKernel(g: PoolGeometry, name: string, buffers: number, emit: EmitWindow): Kernel {
  const rows = g.batch * g.output[0] * g.output[1];
  const { units, bounds } = cutRows(rows, g.output[2] * g.channels * cellsOf(g));
  return {
    ...describe(g, name, buffers),
    units,
    emit: (module, target) =>
      module.func(kernelParams(buffers), [], (f, ...params) => {
        const [begin, end] = bounds(params.at(-2)!, params.at(-1)!);
        eachWindow(f, g, params[0]!, params[1]!, begin, end, (window) => emit(f, target, g, window, params));
      }),
  };
}

/**
 * Of buffers that lie as the outputs do, and the image last. Windows that tile the image write each of its cells once,
 * row by row; others write to an image of zeros, which then is one unit's.
 *
 * @param emit - the first buffer is the one that the windows' `out` points to
 */
export function adjointKernel(g: PoolGeometry, name: string, buffers: number, emit: EmitWindow): Kernel {
  const rows = g.output[0] * g.output[1];
  const { units, bounds } = g.isTiling ? cutRows(g.batch * rows, g.output[2] * g.channels * cellsOf(g)) : { units: g.batch, bounds: undefined };
  return {
    ...describe(g, name, buffers),
    units,
    emit: (module: ModuleBuilder, target: Target): FunctionRef =>
      module.func(kernelParams(buffers), [], (f, ...params) => {
        const image = params[buffers - 1]!;
        const [first, last] = params.slice(-2) as [Local<'i32'>, Local<'i32'>];
        const [begin, end] = bounds?.(first, last) ?? [i32.mul(first, i32.const(rows)), i32.mul(last, i32.const(rows))];
        if (!g.isTiling) {
          const bytes = i32.const(4 * g.channels * g.input.reduce((a, b) => a * b));
          f.add(memory.fill(i32.add(image, i32.mul(first, bytes)), i32.const(0), i32.mul(i32.sub(last, first), bytes)));
        }
        eachWindow(f, g, image, params[0]!, begin, end, (window) => emit(f, target, g, window, params));
      }),
  };
}

function describe(g: PoolGeometry, name: string, buffers: number): Omit<Kernel, 'units' | 'emit'> {
  const outputs = g.batch * g.output.reduce((a, b) => a * b) * g.channels;
  const inputs = g.batch * g.input.reduce((a, b) => a * b) * g.channels;
  const key = `${name} ${poolKey(g)}`;
  return { key, name: key, buffers, flops: outputs * cellsOf(g), bytes: 4 * (inputs + (buffers - 1) * outputs), scratch: 0 };
}

function cellsOf({ size }: PoolGeometry): number {
  return size[0] * size[1] * size[2];
}

/**
 * A later cell wins if it is greater. A comparison does not see a NaN that comes later, but the sum of all cells does (or
 * sees infinities that cancel): then NaN is looked for, in a second pass.
 */
function emitMax(f: FunctionBuilder, target: Target, g: PoolGeometry, window: WindowAt, [, values, indices]: readonly Local<'i32'>[]): void {
  const toIndices = f.let(i32.sub(indices!, values!));
  eachVector(f, target, g.channels, (l, offset) => {
    const from = f.let(i32.add(window.cell, offset));
    const [best, total] = [f.let(l.load(from)), f.let(l.const(0))];
    const winner = f.let(l.ints.const(0));
    window.cells((bytes, steps, isFirst) => {
      const value = isFirst ? best : f.let(l.load(i32.add(from, bytes)));
      f.set(total, l.add(total, value));
      if (isFirst) return;
      f.set(winner, l.ints.max(winner, where(l, l.lt(best, value), steps)));
      f.set(best, l.pmax(best, value));
    });
    f.if(l.any(l.ne(total, total)), () => window.cells((bytes, steps) => {
      const value = f.let(l.load(i32.add(from, bytes)));
      const wins = f.let(l.and(l.ne(value, value), l.eq(best, best)));
      f.set(winner, l.selectInts(wins, l.ints.splat(steps), winner));
      f.set(best, l.select(wins, value, best));
    }));
    const to = f.let(i32.add(window.out, offset));
    f.add(l.store(to, best));
    f.add(l.ints.store(i32.add(to, toIndices), l.ints.add(winner, l.ints.splat(window.at))));
  });
}

/** The number where the mask is set, else 0. */
function where(l: Lanes, mask: Mask, value: I32): Ints {
  return l.width === 4 ? l.ints.and(mask, l.ints.splat(value)) : l.selectInts(mask, l.ints.splat(value), l.ints.const(0));
}

function emitAverage(f: FunctionBuilder, target: Target, g: PoolGeometry, window: WindowAt): void {
  const count = f.let(window.count);
  eachVector(f, target, g.channels, (l, offset) => {
    const from = f.let(i32.add(window.cell, offset));
    const total = sumOf(f, l, cellsOf(g) > mostSums, (add) => window.cells((bytes) => add(l.load(i32.add(from, bytes)))));
    f.add(l.store(i32.add(window.out, offset), l.div(total, countOf(l, count))));
  });
}

/** The sum of what `each` adds; that of many is carried in float64. */
function sumOf(f: FunctionBuilder, l: Lanes, isLong: boolean, each: (add: (value: Floats) => void) => void): Floats {
  const { doubles } = l;
  const total = (isLong ? doubles.const(0) : [l.const(0)]).map((start) => f.let(start));
  each((value) => {
    const next = isLong ? doubles.add(total as Doubles, doubles.widen(f, value)) : [l.add(total[0] as Floats, value)];
    next.forEach((sum, i) => f.set(total[i]!, sum));
  });
  return isLong ? doubles.narrow(total as Doubles) : (total[0] as Floats);
}

function emitSpread(f: FunctionBuilder, target: Target, g: PoolGeometry, window: WindowAt): void {
  const count = f.let(window.count);
  eachVector(f, target, g.channels, (l, offset) => {
    const to = f.let(i32.add(window.cell, offset));
    const share = f.let(l.div(l.load(i32.add(window.out, offset)), countOf(l, count)));
    window.cells((bytes) => {
      const cell = f.let(i32.add(to, bytes));
      f.add(l.store(cell, g.isDisjoint ? share : l.add(l.load(cell), share)));
    });
  });
}

function countOf(l: Lanes, count: I32): Floats {
  return l.toFloats(l.ints.splat(count));
}
