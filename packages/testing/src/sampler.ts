import { type Domain, type OpDescriptor, type Sampler, Tensor } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';

/** The least distance of samples from the values that a domain avoids. */
const distance = 0.05;

/**
 * Draws arguments for checks of an op. A seed always gives the same arguments.
 *
 * @param domain - bounds and values to avoid, for all uniform values
 * @example
 * seededSampler(1).uniform([2, 3]).shape; // => 2,3
 */
export function seededSampler(seed: number, { range = [-2, 2], avoid = [] }: Domain = {}): Sampler {
  const random = mulberry(seed);
  const integer = (low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
  const number = (low: number, high: number): number => {
    for (;;) {
      const value = low + random() * (high - low);
      if (avoid.every((kink) => Math.abs(value - kink) >= distance)) return value;
    }
  };
  const fill = <A extends Float64Array | Int32Array | Uint8Array>(data: A, draw: () => number): A => {
    for (let i = 0; i < data.length; i++) data[i] = draw();
    return data;
  };
  return {
    uniform: (shape = smallShape(integer), low = range[0], high = range[1]) =>
      new Tensor(
        [...shape],
        'float64',
        fill(new Float64Array(sizeOf(shape)), () => number(low, high)),
      ),
    integers: (shape, low, high) =>
      new Tensor(
        [...shape],
        'int32',
        fill(new Int32Array(sizeOf(shape)), () => integer(low, high - 1)),
      ),
    mask: (shape) =>
      new Tensor(
        [...shape],
        'bool',
        fill(new Uint8Array(sizeOf(shape)), () => integer(0, 1)),
      ),
    integer,
    pick: (options) => options[integer(0, options.length - 1)]!,
  };
}

/** One to three axes of one to four elements. */
function smallShape(integer: (low: number, high: number) => number): number[] {
  return Array.from({ length: integer(1, 3) }, () => integer(1, 4));
}

/**
 * Arguments for one call of an op, float tensors in float64: those that its domain draws, else tensors of one shape.
 *
 * @example
 * sampleArguments(relu.op, 1).length; // => 1
 */
export function sampleArguments({ lower, domain = {} }: OpDescriptor, seed: number): readonly unknown[] {
  const sampler = seededSampler(seed, domain);
  if (domain.sample) return domain.sample(sampler);
  const first = sampler.uniform();
  return [first, ...Array.from({ length: lower.length - 1 }, () => sampler.uniform(first.shape))];
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
