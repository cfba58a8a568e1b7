import type { RegisterBlock } from './macrokernel.ts';

/** Byte strides of a matrix: between rows, and between columns. */
export interface MatrixStrides {
  readonly row: number;
  readonly column: number;
}

/** A product `[rows, depth] · [depth, columns]` as the microkernel computes it: rows one by one, columns in vectors. */
export interface GemmLayout {
  readonly rows: number;
  readonly depth: number;
  readonly columns: number;
  /** Whether the operands are swapped: Cᵀ = Bᵀ·Aᵀ. */
  readonly swapped: boolean;
  readonly a: MatrixStrides;
  readonly b: MatrixStrides;
  readonly c: MatrixStrides;
  readonly block: RegisterBlock;
  /** Whether B is packed into panels first. */
  readonly packsB: boolean;
  /** Whether each task packs its rows of A first, because they are not contiguous. */
  readonly packsA: boolean;
}

/** A product `[m, k] · [k, n]` with either side stored transposed. */
export interface GemmShape {
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
  /** Whether an operand is the same for many products, so that packing it costs nothing. */
  readonly fixedA?: boolean;
  readonly fixedB?: boolean;
}

/** Up to this number of rows of A, a B with contiguous rows is read in place: packing would cost more than it saves. */
const maxUnpackedRows = 128;
/**
 * From this number of columns on, a transposed A is packed, because its cache lines lie far apart and evict each other.
 */
const minColumnsToPackA = 32;
/** Up to this number of columns, dot products are faster than vectors across the columns. */
const maxDotColumns = 4;

/**
 * Chooses between C = A·B and Cᵀ = Bᵀ·Aᵀ. Vectors lie along the columns of the right operand, which should be adjacent
 * in memory; the left operand may be stored either way. If neither layout has such a right operand, the one with fewer
 * columns is packed; if both do, the one that fills more lanes wins. A fixed operand becomes the right one and is
 * packed.
 */
export function chooseLayout(
  { m, k, n, transposeA, transposeB, fixedA = false, fixedB = false }: GemmShape,
  width: number,
): GemmLayout {
  const a = transposeA ? { row: 4, column: m * 4 } : { row: k * 4, column: 4 };
  const b = transposeB ? { row: 4, column: k * 4 } : { row: n * 4, column: 4 };
  const c = { row: n * 4, column: 4 };
  const straight = { rows: m, depth: k, columns: n, swapped: false, a, b, c };
  const swapped = { rows: n, depth: k, columns: m, swapped: true, a: flip(b), b: flip(a), c: flip(c) };
  if (a.column === 4 && b.row === 4 && Math.min(m, n) <= maxDotColumns) {
    const layout = n <= m ? straight : swapped;
    return { ...layout, block: dotBlock(layout.columns), packsB: false, packsA: false };
  }
  const suits = [straight, swapped].filter((layout) => layout.b.column === 4);
  const [best] = (suits.length ? suits : [straight, swapped]).sort((x, y) =>
    suits.length ? unusedLanes(x.columns, width) - unusedLanes(y.columns, width) : x.columns - y.columns,
  );
  const isFixed = fixedA !== fixedB;
  const layout = isFixed ? (fixedB ? straight : swapped) : best!;
  const block = registerBlockFor(layout.rows, layout.columns, width);
  const packed =
    isFixed ||
    layout.b.column !== 4 ||
    (layout.rows > maxUnpackedRows && layout.columns > 4 * width) ||
    isSpreadOverPages(layout);
  return {
    ...layout,
    block,
    packsB: packed,
    packsA: layout.a.column !== 4 && block.rows % 4 === 0 && layout.columns >= minColumnsToPackA,
  };
}

/**
 * Whether B has many rows on different pages. A panel that is read in place then misses the TLB at every row, and the
 * prefetcher does not help (32×2048×1024: 6.3 ms in place, 4.0 ms packed).
 */
function isSpreadOverPages({ rows, depth, b }: Pick<GemmLayout, 'rows' | 'depth' | 'b'>): boolean {
  return b.row >= 4096 && depth >= 512 && rows >= 16;
}

function flip({ row, column }: MatrixStrides): MatrixStrides {
  return { row: column, column: row };
}

/** The share of lanes that hold no column. */
function unusedLanes(columns: number, width: number): number {
  return 1 - columns / (Math.ceil(columns / width) * width);
}

function dotBlock(columns: number): RegisterBlock {
  const wide = Math.min(columns, 4);
  return { rows: wide > 2 ? 2 : 4, columns: wide, dotProducts: true };
}

/** Eight accumulators, if the shape allows: fewer do not hide the latency of a multiply-add. */
export function registerBlockFor(rows: number, columns: number, width: number): RegisterBlock {
  const vectors = Math.ceil(columns / width);
  if (vectors === 1) return { rows: Math.min(rows, 8), columns: width, dotProducts: false };
  return {
    rows: Math.min(rows, 4),
    columns: Math.min(vectors, rows === 1 ? 8 : rows === 2 ? 4 : 2) * width,
    dotProducts: false,
  };
}
