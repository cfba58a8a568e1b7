import fc from 'fast-check';
import { allocate, type DType } from '../array/dtype.ts';
import { sizeOf } from '../array/shape.ts';
import { Tensor } from '../array/tensor.ts';

/** Shapes of small sizes, including 0 and 1. */
export function shapes(
  minRank = 0,
  maxRank = 4,
  { min = 0, max = 4 }: { min?: number; max?: number } = {},
): fc.Arbitrary<number[]> {
  return fc.array(fc.integer({ min, max }), { minLength: minRank, maxLength: maxRank });
}

/** A shape and one of its axes. */
export function shapesWithAxis(
  options: { min?: number; max?: number } = {},
): fc.Arbitrary<{ shape: number[]; axis: number }> {
  return shapes(1, 4, options).chain((shape) =>
    fc.record({ shape: fc.constant(shape), axis: fc.nat(shape.length - 1) }),
  );
}

/** Shapes that broadcast to a common one: some lack leading axes, some have sizes of 1. */
export function broadcastable(count: number, maxRank = 4): fc.Arbitrary<number[][]> {
  const one = (shape: number[]): fc.Arbitrary<number[]> =>
    fc
      .tuple(fc.nat(shape.length), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }))
      .map(([dropped, ones]) => shape.map((n, i) => (ones[i] ? 1 : n)).slice(dropped));
  return shapes(0, maxRank).chain((shape) => fc.tuple(...Array.from({ length: count }, () => one(shape))));
}

/**
 * A tensor of `shape`. Floats are in [−2, 2) and exact in float32; half of the time they are multiples of ¼, so that
 * ties occur. int32 values span the whole range or are near 0.
 */
export function tensors(shape: readonly number[], dtype: DType = 'float64'): fc.Arbitrary<Tensor> {
  return fc.integer().map((seed) => {
    const random = mulberry(seed);
    const data = allocate(dtype, sizeOf(shape));
    const isCoarse = random() < 0.5;
    for (let i = 0; i < data.length; i++) data[i] = draw(random, dtype, isCoarse);
    return new Tensor([...shape], dtype, data);
  });
}

/** Int32 indices of an axis of `count`, from either end. */
export function indices(shape: readonly number[], count: number): fc.Arbitrary<Tensor> {
  return fc.integer().map((seed) => {
    const random = mulberry(seed);
    return new Tensor(
      [...shape],
      'int32',
      Int32Array.from({ length: sizeOf(shape) }, () => Math.floor(random() * 2 * count) - count),
    );
  });
}

function draw(random: () => number, dtype: DType, isCoarse: boolean): number {
  switch (dtype) {
    case 'bool':
      return random() < 0.5 ? 0 : 1;
    case 'uint8':
      return Math.floor(random() * 256);
    case 'int32':
      return Math.floor((random() - 0.5) * (isCoarse ? 10 : 2 ** 32));
    default:
      return isCoarse ? Math.floor(random() * 16 - 8) / 4 : Math.fround(random() * 4 - 2);
  }
}

/** Mulberry32 (Tommy Ettinger, public domain): numbers in [0, 1). */
export function mulberry(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
