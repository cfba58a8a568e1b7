import { type FunctionBuilder, i32, type I32 } from '../../asm/index.ts';

/** The axes of a batch, and the stride of each operand along each axis: 0 if the operand is broadcast. */
export interface BatchAxes {
  readonly sizes: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/**
 * Merges the axes of `shape` as far as possible: two adjacent axes become one if every operand has one stride for both.
 *
 * @param operands - shapes that broadcast to `shape`, and the stride of the last axis
 */
export function batchAxes(
  shape: readonly number[],
  operands: readonly { readonly shape: readonly number[]; readonly unit: number }[],
): BatchAxes {
  const sizes: number[] = [];
  const strides: number[][] = operands.map(() => []);
  const next = operands.map(({ unit }) => unit);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]!;
    const own = operands.map((o) => o.shape[axis - shape.length + o.shape.length] ?? 1);
    const steps = own.map((n, i) => (n === 1 ? 0 : next[i]!));
    own.forEach((n, i) => (next[i]! *= n));
    if (size === 1) continue;
    const joins = sizes.length > 0 && steps.every((step, i) => step === strides[i]![0]! * sizes[0]!);
    if (joins) sizes[0]! *= size;
    else {
      sizes.unshift(size);
      steps.forEach((step, i) => strides[i]!.unshift(step));
    }
  }
  return { sizes, strides };
}

/** Returns the offsets of the operands for item `index` of the batch, in the unit of the strides. */
export function batchOffsets(f: FunctionBuilder, index: I32, { sizes, strides }: BatchAxes): I32[] {
  const offsets: I32[] = strides.map(() => i32.const(0));
  let rest = index;
  for (let axis = sizes.length - 1; axis >= 0; axis--) {
    const digit = axis === 0 ? rest : f.let(i32.remU(rest, i32.const(sizes[axis]!)));
    strides.forEach((own, i) => {
      if (own[axis] !== 0) offsets[i] = i32.add(offsets[i]!, i32.mul(digit, i32.const(own[axis]!)));
    });
    if (axis > 0) rest = f.let(i32.divU(rest, i32.const(sizes[axis]!)));
  }
  return offsets;
}
