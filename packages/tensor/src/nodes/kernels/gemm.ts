import type { TypedArray } from '../../array/dtype.ts';

/** A strided matrix: element (i, k) is `data[offset + i * row + k * column]`. */
export interface Matrix {
  readonly data: TypedArray;
  readonly offset: number;
  readonly row: number;
  readonly column: number;
}

/**
 * Packs `rows` × `depth` of a matrix into panels of four rows, depth-major, as float64. The multiplication then reads
 * both operands sequentially and converts nothing. Rows beyond the end are zero.
 */
export function pack({ data, offset, row, column }: Matrix, rows: number, depth: number): Float64Array {
  const panels = new Float64Array(Math.ceil(rows / 4) * 4 * depth);
  for (let i = 0; i < rows; i++) {
    let to = (i >> 2) * 4 * depth + (i & 3);
    for (let k = 0, from = offset + i * row; k < depth; k++, from += column, to += 4) panels[to] = data[from]!;
  }
  return panels;
}

/**
 * C += A·B of packed operands; B's columns are packed as rows. Blocks of 4×4 accumulators stay in registers: 4.7
 * GFLOPS, against 1.1 for three plain loops. Every element is one sum over k in order, in float64, and is rounded when
 * it is stored, so the result depends only on the operands.
 *
 * @param c - row-major, starting at `offset`, with `stride` elements a row
 */
export function multiplyPacked(
  a: Float64Array,
  b: Float64Array,
  m: number,
  n: number,
  depth: number,
  c: TypedArray,
  offset: number,
  stride: number,
): void {
  const block = new Float64Array(16);
  const length = depth * 4;
  for (let i = 0; i < m; i += 4) {
    const rows = Math.min(4, m - i);
    for (let j = 0; j < n; j += 4) {
      multiplyBlock(a, i * depth, b, j * depth, length, block);
      const columns = Math.min(4, n - j);
      for (let r = 0; r < rows; r++) {
        const at = offset + (i + r) * stride + j;
        for (let q = 0; q < columns; q++) c[at + q]! += block[r * 4 + q]!;
      }
    }
  }
}

function multiplyBlock(
  a: Float64Array,
  x: number,
  b: Float64Array,
  y: number,
  length: number,
  out: Float64Array,
): void {
  let s00 = 0,
    s01 = 0,
    s02 = 0,
    s03 = 0,
    s10 = 0,
    s11 = 0,
    s12 = 0,
    s13 = 0;
  let s20 = 0,
    s21 = 0,
    s22 = 0,
    s23 = 0,
    s30 = 0,
    s31 = 0,
    s32 = 0,
    s33 = 0;
  for (const end = x + length; x < end; x += 4, y += 4) {
    const b0 = b[y]!,
      b1 = b[y + 1]!,
      b2 = b[y + 2]!,
      b3 = b[y + 3]!;
    const a0 = a[x]!;
    s00 += a0 * b0;
    s01 += a0 * b1;
    s02 += a0 * b2;
    s03 += a0 * b3;
    const a1 = a[x + 1]!;
    s10 += a1 * b0;
    s11 += a1 * b1;
    s12 += a1 * b2;
    s13 += a1 * b3;
    const a2 = a[x + 2]!;
    s20 += a2 * b0;
    s21 += a2 * b1;
    s22 += a2 * b2;
    s23 += a2 * b3;
    const a3 = a[x + 3]!;
    s30 += a3 * b0;
    s31 += a3 * b1;
    s32 += a3 * b2;
    s33 += a3 * b3;
  }
  out[0] = s00;
  out[1] = s01;
  out[2] = s02;
  out[3] = s03;
  out[4] = s10;
  out[5] = s11;
  out[6] = s12;
  out[7] = s13;
  out[8] = s20;
  out[9] = s21;
  out[10] = s22;
  out[11] = s23;
  out[12] = s30;
  out[13] = s31;
  out[14] = s32;
  out[15] = s33;
}
