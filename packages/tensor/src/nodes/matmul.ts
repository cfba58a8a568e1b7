import { ShapeError, showShape } from '@chainrule/errors';
import { checkFloat, checkSameDType } from '../array/checkDType.ts';
import { allocate, type TypedArray } from '../array/dtype.ts';
import type { NodeOf } from '../graph/node.ts';
import { opName } from '../graph/opName.ts';
import { broadcastShapes, broadcastStrides, sizeOf } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';
import { multiplyPacked, pack } from './kernels/gemm.ts';

/** Whether an operand is read with its last two axes swapped. */
export interface MatmulOptions {
  readonly transposeA?: boolean;
  readonly transposeB?: boolean;
}

/**
 * Node `matmul`: multiplies the matrices in the last two axes. The leading axes broadcast as in NumPy.
 *
 * @example
 * matmulNode(tensor([[1, 2]]), tensor([[3], [4]])).toArray(); // => 11
 */
export function matmulNode(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false }: MatmulOptions = {},
): Tensor {
  const op = opName();
  for (const x of [a, b]) {
    if (x.rank < 2)
      throw new ShapeError(
        `${op}: expects rank 2 or more, got ${showShape(x.shape)}${op === 'matmul' ? '; multiply vectors with `dot`' : ''}`,
      );
    checkFloat(op, x.dtype);
  }
  checkSameDType(op, a.dtype, b.dtype);
  const [m, k] = lastTwo(a.shape, transposeA);
  const [depth, n] = lastTwo(b.shape, transposeB);
  if (k !== depth)
    throw new ShapeError(
      `${op}: columns of ${showMatrix(a, transposeA)} must match rows of ${showMatrix(b, transposeB)}`,
    );
  const batch = broadcastShapes(op, a.shape.slice(0, -2), b.shape.slice(0, -2));
  return emit(
    'matmul',
    { transposeA, transposeB },
    [a, b],
    [{ shape: [...batch, m, n], dtype: a.dtype }],
    evaluateMatmul,
  )[0]!;
}

function lastTwo(shape: readonly number[], transposed: boolean): [number, number] {
  const [rows, columns] = [shape.at(-2)!, shape.at(-1)!];
  return transposed ? [columns, rows] : [rows, columns];
}

function showMatrix(x: Tensor, transposed: boolean): string {
  return `${showShape(x.shape)}${transposed ? ' (transposed)' : ''}`;
}

export function evaluateMatmul(node: NodeOf<'matmul'>, [a, b]: readonly TypedArray[]): TypedArray[] {
  const { transposeA, transposeB } = node.attrs;
  const { shape, dtype } = node.types[0]!;
  const out = allocate(dtype, shape, node.op);
  const [m, n] = [shape.at(-2)!, shape.at(-1)!];
  const [sa, sb] = [node.inputs[0]!.shape, node.inputs[1]!.shape];
  const k = transposeA ? sa.at(-2)! : sa.at(-1)!;
  if (out.length === 0 || k === 0) return [out];
  const packA = packer(a!, m, k, transposeA ? 1 : k, transposeA ? m : 1);
  const packB = packer(b!, n, k, transposeB ? k : 1, transposeB ? 1 : n);
  const batch = shape.slice(0, -2);
  const offsets = [sa, sb].map((s) => batchOffsets(s.slice(0, -2), batch));
  for (let i = 0; i < sizeOf(batch); i++) {
    multiplyPacked(packA(offsets[0]![i]! * m * k), packB(offsets[1]![i]! * k * n), m, n, k, out, i * m * n, n);
  }
  return [out];
}

/** Packs the matrix at an offset. A matrix that the whole batch shares is packed once. */
function packer(
  data: TypedArray,
  rows: number,
  depth: number,
  row: number,
  column: number,
): (offset: number) => Float64Array {
  let last = -1;
  let packed: Float64Array;
  return (offset) => {
    if (offset !== last) {
      packed = pack({ data, offset, row, column }, rows, depth);
      last = offset;
    }
    return packed;
  };
}

/** For each matrix of the batch, the index of the operand's matrix. */
function batchOffsets(own: readonly number[], batch: readonly number[]): number[] {
  const strides = broadcastStrides(own, batch);
  let offsets = [0];
  batch.forEach((n, axis) => {
    offsets = offsets.flatMap((o) => Array.from({ length: n }, (_, i) => o + i * strides[axis]!));
  });
  return offsets;
}
