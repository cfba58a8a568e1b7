import { partition, maxFloatAdditions } from '../common/partition.ts';
import type { GemmLayout } from './layout.ts';

/** How a product is split into tasks, which depends on its shape alone. */
export interface Tiling {
  /**
   * A task has this many register blocks of rows and panels of columns. The tiles are the tasks along each of the two.
   */
  readonly taskBlocks: number;
  readonly rowTiles: number;
  readonly taskPanels: number;
  readonly columnTiles: number;
  /** The depth of a K-block (the last may be smaller), and the number of K-blocks. */
  readonly blockDepth: number;
  readonly kBlocks: number;
  /** K-blocks in a task, and the number of K-splits. If there are several, each has a result of its own. */
  readonly kBlocksPerSplit: number;
  readonly kSplits: number;
  /** Tasks in a unit. */
  readonly unitTasks: number;
}

/** Operations of a unit: about 20 µs. */
const unitFlops = 1e6;
const maxUnits = 32;
/** Rows of a task: at a depth of 512, their part of A takes less than half of the second-level cache. */
const taskRows = 192;
/** The least depth of a K-split, so that writing and adding its results takes less than a tenth of the time. */
const minSplitDepth = 256;
/** The most elements of C for which the depth is split to occupy threads. */
const maxSplitElements = 65536;

/**
 * The most depth of a K-block for which four rows of A and a panel of B fit the first-level cache. One step of the
 * depth takes 32 bytes of a packed B, or a cache line of 64 bytes of a B that is read in place. A transposed A takes
 * another line, which the next three register blocks use again.
 */
function maxBlockDepth({ a, packsB: packed, packsA: gathersA }: GemmLayout): number {
  return a.column !== 4 && !gathersA ? 128 : packed ? 512 : 256;
}

export function chooseTiling(form: GemmLayout, batch: number): Tiling {
  const { rows, columns, depth, block } = form;
  const [rowBlocks, panels] = [Math.ceil(rows / block.rows), Math.ceil(columns / block.columns)];
  const units = Math.max(1, Math.min(maxUnits, Math.round((2 * rows * columns * depth * batch) / unitFlops)));
  const want = Math.ceil(units / batch);
  const k = partition(depth, maxBlockDepth(form));
  const inDepth = { blockDepth: k.size, kBlocks: k.parts };
  if (
    want > 1 &&
    depth >= Math.max(4 * (rows + columns), 2 * minSplitDepth) &&
    batch * rows * columns <= maxSplitElements
  ) {
    const p = partition(k.parts, Math.min(maxFloatAdditions, Math.max(k.parts / want, minSplitDepth / k.size)));
    return {
      taskBlocks: rowBlocks,
      rowTiles: 1,
      taskPanels: panels,
      columnTiles: 1,
      ...inDepth,
      kBlocksPerSplit: p.size,
      kSplits: p.parts,
      unitTasks: 1,
    };
  }
  const r = partition(rowBlocks, rowBlocks / Math.max(rows / taskRows, Math.min(want, Math.floor(rows / 64)), 1));
  const c = partition(panels, (panels * r.parts) / want);
  const p = partition(k.parts, maxFloatAdditions);
  const tasks = Math.max(1, Math.floor((batch * r.parts * c.parts * p.parts) / units));
  return {
    taskBlocks: r.size,
    rowTiles: r.parts,
    taskPanels: c.size,
    columnTiles: c.parts,
    ...inDepth,
    kBlocksPerSplit: p.size,
    kSplits: p.parts,
    unitTasks: tasks,
  };
}
