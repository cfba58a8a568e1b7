import { type FunctionBuilder, i32, type I32, type Local, v128, type V128 } from '../../asm/index.ts';
import type { Floats, Lanes } from '../../lanes/lanes.ts';
import { type ComputeKernel, kernelParams } from '../common/kernel.ts';
import { unitStart } from '../common/partition.ts';

/** Matrices B `[depth, columns]` in memory, with strides in bytes. */
export interface Packing {
  readonly count: number;
  readonly depth: number;
  readonly columns: number;
  /** Columns of a panel. */
  readonly panelColumns: number;
  /** Strides between matrices, rows and columns. */
  readonly matrix: number;
  readonly row: number;
  readonly column: number;
}

/** Bytes of the packed panels of one matrix. */
export function packedBytes({ depth, columns, panelColumns: panel }: Packing): number {
  return Math.ceil(columns / panel) * depth * panel * 4;
}

/**
 * Copies matrices to panels `[panel][row][column]`, with zeros beyond the last column. A product then reads them
 * sequentially. Buffers: B, panels.
 */
export function packKernel(p: Packing): ComputeKernel {
  const perMatrix = Math.ceil(p.columns / p.panelColumns);
  const panels = p.count * perMatrix;
  const per = Math.max(1, Math.floor(16384 / (p.depth * p.panelColumns)), Math.ceil(panels / 64));
  return {
    key: `pack ${JSON.stringify(p)}`,
    name: `pack ${p.depth}x${p.columns}${p.column === 4 ? '' : ' transposed'}`,
    buffers: 2,
    units: Math.ceil(panels / per),
    flops: 0,
    bytes: 4 * p.count * p.depth * p.columns + p.count * packedBytes(p),
    scratch: 0,
    emit: (module, { vector, scalar }) =>
      module.func(kernelParams(2), [], (f, from, to, _scratch, begin, end) => {
        const l = p.panelColumns % vector.width === 0 ? vector : scalar;
        const [panel, at] = f.locals('i32', 2);
        const last = unitStart(f, end, per, panels);
        f.for(panel, i32.mul(begin, i32.const(per)), last, 1, () => {
          const which = f.let(i32.remU(panel, i32.const(perMatrix)));
          f.set(
            at,
            i32.add(
              from,
              i32.add(
                i32.mul(i32.divU(panel, i32.const(perMatrix)), i32.const(p.matrix)),
                i32.mul(which, i32.const(p.panelColumns * p.column)),
              ),
            ),
          );
          const out = f.let(i32.add(to, i32.mul(panel, i32.const(p.depth * p.panelColumns * 4))));
          const tail = p.columns % p.panelColumns;
          if (tail === 0) return copyPanel(f, l, p, at, out, p.panelColumns);
          f.if(
            i32.eq(which, i32.const(perMatrix - 1)),
            () => copyPanel(f, l, p, at, out, tail),
            () => copyPanel(f, l, p, at, out, p.panelColumns),
          );
        });
      }),
  };
}

function copyPanel(
  f: FunctionBuilder,
  l: Lanes,
  p: Packing,
  from: Local<'i32'>,
  to: Local<'i32'>,
  columns: number,
): void {
  f.for(f.local('i32'), 0, p.depth, 1, () => {
    for (let j = 0; j < p.panelColumns; j += l.width)
      f.add(l.store(to, loadLanes(l, from, p.column, j, Math.min(l.width, columns - j)), j * 4));
    f.increase(from, p.row);
    f.increase(to, p.panelColumns * 4);
  });
}

/** Loads the first `count` lanes; the others are zero. */
function loadLanes(l: Lanes, from: I32, column: number, first: number, count: number): Floats {
  if (count <= 0) return l.const(0);
  if (l.width === 1) return l.load(from, first * column);
  if (column === 4 && count === 4) return v128.load(from, first * 4);
  let lanes: V128 = v128.load32(from, first * column);
  for (let j = 1; j < count; j++) lanes = v128.load32Lane(from, lanes, j, (first + j) * column);
  return lanes;
}
