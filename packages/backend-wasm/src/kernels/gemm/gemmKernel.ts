import {
  type FunctionBuilder,
  type FunctionRef,
  i32,
  type I32,
  type Local,
  type ModuleBuilder,
} from '../../asm/index.ts';
import { type BatchAxes, batchOffsets } from './batch.ts';
import type { Tiling } from './tiling.ts';
import type { GemmLayout } from './layout.ts';
import { type ComputeKernel, kernelParams, type Target } from '../common/kernel.ts';
import { type Macrokernel, emitMacrokernel, macrokernelArgs } from './macrokernel.ts';
import { unitStart } from '../common/partition.ts';

/** Everything that the code of a product depends on. */
export interface GemmPlan {
  readonly layout: GemmLayout;
  readonly tiling: Tiling;
  /** Axes of the batch, with the byte strides between matrices of the left and the right operand. */
  readonly batch: BatchAxes;
}

/**
 * The kernel of a product or of a batch of products. Buffers: left operand, right operand, result (one for each
 * K-split).
 */
export function gemmKernel(name: string, plan: GemmPlan): ComputeKernel {
  const { layout, tiling, batch } = plan;
  const count = countOf(batch);
  const tasks = count * tiling.rowTiles * tiling.columnTiles * tiling.kSplits;
  const { rows, depth, columns } = layout;
  return {
    key: `product ${JSON.stringify(plan)}`,
    name,
    buffers: 3,
    units: Math.ceil(tasks / tiling.unitTasks),
    flops: 2 * count * rows * depth * columns,
    bytes: 4 * count * (rows * depth + depth * columns + rows * columns),
    scratch: layout.packsA ? tiling.taskBlocks * layout.block.rows * tiling.blockDepth * 4 : 0,
    emit: (module, target) =>
      module.func(kernelParams(3), [], (f, a, b, c, scratch, begin, end) => {
        const last = unitStart(f, end, tiling.unitTasks, tasks);
        const task = f.local('i32');
        const done = emitTask(f, module, target, plan, { a, b, c, scratch });
        f.for(task, i32.mul(begin, i32.const(tiling.unitTasks)), last, 1, () => done(task));
      }),
  };
}

function countOf({ sizes }: BatchAxes): number {
  return sizes.reduce((a, b) => a * b, 1);
}

interface GemmAddresses {
  readonly a: I32;
  readonly b: I32;
  readonly c: I32;
  readonly scratch: I32;
}

/** The macrokernel for K-blocks of this depth. */
function macrokernelOf({ layout }: GemmPlan, depth: number): Macrokernel {
  const { a, b, c, block, packsB: packed, packsA: gathersA } = layout;
  const left = gathersA
    ? { row: 4, step: block.rows * 4, block: block.rows * depth * 4 }
    : { row: a.row, step: a.column, block: block.rows * a.row };
  const row = packed ? block.columns * 4 : b.row;
  const panel = packed ? layout.depth * block.columns * 4 : block.columns * b.column;
  return {
    depth,
    a: left,
    b: { row, panel },
    c,
    block,
    rowTail: layout.rows % block.rows,
    columnTail: layout.columns % block.columns,
  };
}

/** The tiles and the K-split of a task, and the addresses of its part of each operand. */
interface TaskPlace {
  readonly rowPart: I32;
  readonly columnPart: I32;
  readonly depthPart: I32;
  readonly left: Local<'i32'>;
  readonly right: Local<'i32'>;
  readonly out: Local<'i32'>;
}

/** @param from - addresses of the operands; byte strides of A and B between K-blocks, and of B between panels */
function locateTask(
  f: FunctionBuilder,
  { layout, tiling, batch }: GemmPlan,
  from: {
    readonly a: I32;
    readonly b: I32;
    readonly c: I32;
    readonly aBlock: number;
    readonly bBlock: number;
    readonly panel: number;
  },
  task: I32,
): TaskPlace {
  const digits = new Digits(f, task);
  const depthPart = digits.next(tiling.kSplits);
  const columnPart = digits.next(tiling.columnTiles);
  const rowPart = digits.next(tiling.rowTiles);
  const offsets = batchOffsets(f, digits.rest, batch);
  const at = (base: I32, batched: I32, row: number, column: number, depth: number): Local<'i32'> =>
    f.let(
      sum(
        base,
        batched,
        times(rowPart, tiling.taskBlocks * layout.block.rows * row),
        times(columnPart, tiling.taskPanels * column),
        times(depthPart, depth),
      ),
    );
  const left = at(from.a, offsets[0]!, layout.a.row, 0, tiling.kBlocksPerSplit * from.aBlock);
  const right = at(from.b, offsets[1]!, 0, from.panel, tiling.kBlocksPerSplit * from.bBlock);
  const out = at(
    from.c,
    times(digits.rest, layout.rows * layout.columns * 4),
    layout.c.row,
    layout.block.columns * layout.c.column,
    countOf(batch) * layout.rows * layout.columns * 4,
  );
  return { rowPart, columnPart, depthPart, left, right, out };
}

function emitTask(
  f: FunctionBuilder,
  module: ModuleBuilder,
  target: Target,
  plan: GemmPlan,
  { a, b, c, scratch }: GemmAddresses,
): (task: I32) => void {
  const { layout, tiling } = plan;
  const whole = macrokernelOf(plan, tiling.blockDepth);
  const [full, rest] = [tiling.blockDepth, layout.depth - tiling.blockDepth * (tiling.kBlocks - 1)].map((depth) =>
    emitMacrokernel(module, target, macrokernelOf(plan, depth)),
  ) as [FunctionRef, FunctionRef];
  const [aBlock, bBlock] = [tiling.blockDepth * layout.a.column, tiling.blockDepth * whole.b.row];
  return (task) => {
    const { rowPart, columnPart, depthPart, left, right, out } = locateTask(
      f,
      plan,
      { a, b, c, aBlock, bBlock, panel: whole.b.panel },
      task,
    );
    const blocks = f.let(
      sizeOfPart(rowPart, tiling.taskBlocks, Math.floor(layout.rows / layout.block.rows), tiling.rowTiles),
    );
    const lastRows = f.let(i32.eq(rowPart, i32.const(tiling.rowTiles - 1)));
    const panels = sizeOfPart(
      columnPart,
      tiling.taskPanels,
      Math.floor(layout.columns / layout.block.columns),
      tiling.columnTiles,
    );
    const lastColumns = i32.eq(columnPart, i32.const(tiling.columnTiles - 1));
    const call = (ref: FunctionRef, depth: number, add: I32): void => {
      if (layout.packsA) {
        const count = layout.rows % layout.block.rows ? i32.add(blocks, lastRows) : blocks;
        f.call(packRows(module, target, layout, depth), [left, scratch, count]);
      }
      const from = layout.packsA ? scratch : left;
      f.call(ref, macrokernelArgs({ a: from, b: right, c: out, add, blocks, lastRows, panels, lastColumns }));
    };
    const block = f.local('i32');
    f.for(block, 0, sizeOfPart(depthPart, tiling.kBlocksPerSplit, tiling.kBlocks - 1, tiling.kSplits), 1, () => {
      call(full, tiling.blockDepth, block);
      f.increase(left, aBlock);
      f.increase(right, bBlock);
    });
    f.if(i32.eq(depthPart, i32.const(tiling.kSplits - 1)), () =>
      call(rest, layout.depth - tiling.blockDepth * (tiling.kBlocks - 1), block),
    );
  };
}

/** A function `(a, to, blocks)` that packs rows of a transposed A: `[block][k][row]`. */
function packRows(
  module: ModuleBuilder,
  { vector: l }: Target,
  { a, block: { rows } }: GemmLayout,
  depth: number,
): FunctionRef {
  return module.once(`gather rows ${a.column} ${rows} ${depth}`, () =>
    module.func(['i32', 'i32', 'i32'], [], (f, from, to, blocks) => {
      const [block, k, at] = f.locals('i32', 3);
      f.for(block, 0, blocks, 1, () => {
        f.set(at, from);
        f.for(k, 0, depth, 1, () => {
          for (let r = 0; r < rows; r += l.width) f.add(l.store(to, l.load(at, r * 4), r * 4));
          f.increase(at, a.column);
          f.increase(to, rows * 4);
        });
        f.increase(from, rows * 4);
      });
    }),
  );
}

/** The number of blocks in a part: `size`, or the rest for the last part. */
function sizeOfPart(part: I32, size: number, total: number, parts: number): I32 {
  if (parts === 1) return i32.const(total);
  return i32.select(i32.eq(part, i32.const(parts - 1)), i32.const(total - size * (parts - 1)), i32.const(size));
}

function times(x: I32, factor: number): I32 {
  return factor === 0 ? i32.const(0) : i32.mul(x, i32.const(factor));
}

function sum(...terms: readonly I32[]): I32 {
  return terms.reduce((x, y) => i32.add(x, y));
}

/** Splits a number into the digits of a mixed radix, last digit first. */
class Digits {
  readonly #f: FunctionBuilder;
  rest: I32;

  constructor(f: FunctionBuilder, value: I32) {
    this.#f = f;
    this.rest = value;
  }

  next(radix: number): I32 {
    if (radix === 1) return i32.const(0);
    const digit = this.#f.let(i32.remU(this.rest, i32.const(radix)));
    this.rest = this.#f.let(i32.divU(this.rest, i32.const(radix)));
    return digit;
  }
}
