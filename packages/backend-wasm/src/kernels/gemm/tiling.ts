import { partition, maxFloatAdditions } from '../common/partition.ts';
import type { Form } from './layout.ts';

/** How a product is cut into tasks; by its shape alone. */
export interface Cut {
  /** Register blocks below each other, and panels side by side, in a task; how many parts that makes. */
  readonly blocks: number;
  readonly rowParts: number;
  readonly panels: number;
  readonly columnParts: number;
  /** The depth is done in blocks of so many, the last of which takes what is left; how many there are. */
  readonly depth: number;
  readonly depthBlocks: number;
  /** Blocks of the depth in a task, and how many parts that makes; more than one have a sum each. */
  readonly blocksInPart: number;
  readonly depthParts: number;
  /** Tasks in a unit. */
  readonly tasks: number;
}

/** Work of a unit: about 20 µs. */
const unitFlops = 1e6;
const mostUnits = 32;
/** Rows of a task: at a depth of 512 their part of A takes less than half of the second cache. */
const taskRows = 192;
/** Depth of a sum of its own: writing and adding up its elements costs less than a tenth of computing them. */
const partDepth = 256;
/** Elements of C up to which there are such sums. */
const partElements = 65536;

/**
 * Depth of a block. Four rows of A and a panel of B share the first cache: packed, an element of the depth takes 32 bytes
 * of B; in place, a line of 64; of A transposed another line, which the next three blocks of rows want again.
 */
function blockDepth({ a, packed, gathersA }: Form): number {
  return a.column !== 4 && !gathersA ? 128 : packed ? 512 : 256;
}

export function cutOf(form: Form, batch: number): Cut {
  const { rows, columns, depth, block } = form;
  const [rowBlocks, panels] = [Math.ceil(rows / block.rows), Math.ceil(columns / block.columns)];
  const units = Math.max(1, Math.min(mostUnits, Math.round((2 * rows * columns * depth * batch) / unitFlops)));
  const want = Math.ceil(units / batch);
  const k = partition(depth, blockDepth(form));
  const inDepth = { depth: k.size, depthBlocks: k.parts };
  if (want > 1 && depth >= Math.max(4 * (rows + columns), 2 * partDepth) && batch * rows * columns <= partElements) {
    const p = partition(k.parts, Math.min(maxFloatAdditions, Math.max(k.parts / want, partDepth / k.size)));
    return {
      blocks: rowBlocks,
      rowParts: 1,
      panels,
      columnParts: 1,
      ...inDepth,
      blocksInPart: p.size,
      depthParts: p.parts,
      tasks: 1,
    };
  }
  const r = partition(rowBlocks, rowBlocks / Math.max(rows / taskRows, Math.min(want, Math.floor(rows / 64)), 1));
  const c = partition(panels, (panels * r.parts) / want);
  const p = partition(k.parts, maxFloatAdditions);
  const tasks = Math.max(1, Math.floor((batch * r.parts * c.parts * p.parts) / units));
  return {
    blocks: r.size,
    rowParts: r.parts,
    panels: c.size,
    columnParts: c.parts,
    ...inDepth,
    blocksInPart: p.size,
    depthParts: p.parts,
    tasks,
  };
}
