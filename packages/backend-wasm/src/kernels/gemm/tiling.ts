import { partition, maxFloatAdditions } from '../common/partition.ts';
import type { GemmLayout } from './layout.ts';

/** How a product is cut into tasks; by its shape alone. */
export interface Tiling {
  /** Register blocks below each other, and panels side by side, in a task; how many parts that makes. */
  readonly taskBlocks: number;
  readonly rowTiles: number;
  readonly taskPanels: number;
  readonly columnTiles: number;
  /** The depth is done in blocks of so many, the last of which takes what is left; how many there are. */
  readonly blockDepth: number;
  readonly kBlocks: number;
  /** Blocks of the depth in a task, and how many parts that makes; more than one have a sum each. */
  readonly kBlocksPerSplit: number;
  readonly kSplits: number;
  /** Tasks in a unit. */
  readonly unitTasks: number;
}

/** Work of a unit: about 20 µs. */
const unitFlops = 1e6;
const maxUnits = 32;
/** Rows of a task: at a depth of 512 their part of A takes less than half of the second cache. */
const taskRows = 192;
/** Depth of a sum of its own: writing and adding up its elements costs less than a tenth of computing them. */
const minSplitDepth = 256;
/** Elements of C up to which there are such sums. */
const maxSplitElements = 65536;

/**
 * Depth of a block. Four rows of A and a panel of B share the first cache: packed, an element of the depth takes 32 bytes
 * of B; in place, a line of 64; of A transposed another line, which the next three blocks of rows want again.
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
