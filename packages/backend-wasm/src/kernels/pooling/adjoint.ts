import {
  type FunctionBuilder,
  type FunctionRef,
  type I32,
  i32,
  type Local,
  memory,
  type ModuleBuilder,
} from '../../asm/index.ts';
import type { Floats, Lanes } from '../../lanes/lanes.ts';
import { maxFloatAdditions, partitionRows } from '../common/partition.ts';
import { eachVector } from '../common/eachVector.ts';
import { type ComputeKernel, kernelArgs, kernelParams, type Target } from '../common/kernel.ts';
import { cellsOf, countOf, describePool, eachWindow, type PoolGeometry, type PoolingWindow } from './windows.ts';

/** Adds a value to the cell at an address. */
export type AddToCell = (l: Lanes, cell: Local<'i32'>, value: Floats) => void;
type EmitWindow = (
  f: FunctionBuilder,
  target: Target,
  g: PoolGeometry,
  window: PoolingWindow,
  buffers: readonly Local<'i32'>[],
  add: AddToCell,
) => void;

/**
 * A kernel that computes an image, its last buffer, from buffers with the layout of the outputs. Windows that tile the
 * image write each cell once, row by row. Other windows add to an image of zeros; a unit is then an image, and sums are
 * carried in float64 if a cell may be in more than {@link maxFloatAdditions} windows.
 *
 * @param emit - writes the code of a window, whose `out` points into the first buffer
 */
export function adjointKernel(g: PoolGeometry, name: string, buffers: number, emit: EmitWindow): ComputeKernel {
  const rows = g.output[0] * g.output[1];
  const { units, bounds } = g.isTiling
    ? partitionRows(g.batch * rows, g.output[2] * g.channels * cellsOf(g))
    : { units: g.batch, bounds: undefined };
  const size = g.channels * g.input.reduce((a, b) => a * b);
  const isLong = maxWindowsPerCell(g) > maxFloatAdditions;
  return {
    ...describePool(g, name, buffers),
    units,
    scratch: isLong ? 8 * size : 0,
    emit: (module: ModuleBuilder, target: Target): FunctionRef =>
      module.func(kernelParams(buffers), [], (f, ...params) => {
        const { buffers: addresses, scratch, begin: first, end: last } = kernelArgs(params);
        const image = addresses.at(-1)!;
        const windows = (begin: I32, end: I32, add: AddToCell): void =>
          eachWindow(f, g, image, addresses[0]!, begin, end, (window) => emit(f, target, g, window, addresses, add));
        if (bounds) return windows(...bounds(first, last), addFloats(f));
        const b = f.local('i32');
        f.for(b, first, last, 1, () => {
          const start = f.let(i32.add(image, i32.mul(b, i32.const(4 * size))));
          const row = f.let(i32.mul(b, i32.const(rows)));
          const [totals, bytes] = isLong ? [scratch, 8 * size] : [start, 4 * size];
          f.add(memory.fill(totals, i32.const(0), i32.const(bytes)));
          windows(row, f.let(i32.add(row, i32.const(rows))), isLong ? addDoubles(f, start, scratch) : addFloats(f));
          if (isLong)
            eachVector(f, target, size, (l, offset) =>
              f.add(
                l.store(
                  i32.add(start, offset),
                  l.doubles.narrow(l.doubles.load(i32.add(scratch, i32.shl(offset, i32.const(1))))),
                ),
              ),
            );
        });
      }),
  };
}

/** The most windows that share a cell. */
function maxWindowsPerCell({ isDisjoint, size, output, strides, dilations }: PoolGeometry): number {
  if (isDisjoint) return 1;
  return ([0, 1, 2] as const).reduce<number>(
    (most, i) => most * Math.min(size[i], output[i], Math.ceil(((size[i] - 1) * dilations[i] + 1) / strides[i])),
    1,
  );
}

function addFloats(f: FunctionBuilder): AddToCell {
  return (l, cell, value) => f.add(l.store(cell, l.add(l.load(cell), value)));
}

/** Adds to a float64 copy of the image that begins at `image`. */
function addDoubles(f: FunctionBuilder, image: I32, totals: I32): AddToCell {
  return (l, cell, value) => {
    const at = f.let(i32.add(totals, i32.shl(i32.sub(cell, image), i32.const(1))));
    for (const statement of l.doubles.store(at, l.doubles.add(l.doubles.load(at), l.doubles.widen(f, value))))
      f.add(statement);
  };
}

/** The adjoint of average pooling: distributes each element over its window. */
export function averageAdjointKernel(g: PoolGeometry): ComputeKernel {
  return adjointKernel(g, 'average pool adjoint', 2, (f, target, _g, window, _buffers, add) => {
    const count = f.let(window.count);
    eachVector(f, target, g.channels, (l, offset) => {
      const to = f.let(i32.add(window.cell, offset));
      const share = f.let(l.div(l.load(i32.add(window.out, offset)), countOf(l, count)));
      window.cells((bytes) => {
        const cell = f.let(i32.add(to, bytes));
        if (g.isDisjoint) f.add(l.store(cell, share));
        else add(l, cell, share);
      });
    });
  });
}
