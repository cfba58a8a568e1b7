import { type NodeOf, sizeOf } from '@chainrule/tensor/graph';
import {
  type FunctionBuilder,
  type FunctionRef,
  i32,
  i32x4,
  i64x2,
  lanes32,
  type Local,
  memory,
  type ModuleBuilder,
  v128,
  type V128,
} from '../../asm/index.ts';
import type { Ints, Lanes } from '../../lanes/lanes.ts';
import { type ComputeKernel, kernelParams, type Lowered, type Target } from '../common/kernel.ts';

/** Multipliers, and the increments of the key in each round; see `packages/tensor/src/random/philox.ts`. */
const multipliers = [0xd2511f53, 0xcd9e8d57] as const;
const increments = [0x9e3779b9, 0xbb67ae85] as const;
const rounds = 10;

/** Elements of a unit: about 20 µs. */
const unitSize = 16384;

/**
 * Lowers `random` to Philox 4x32-10. It computes four counters at once: a vector holds one word of each. A 4×4
 * transpose then puts the sixteen words in the order of the elements. 10⁶ floats take 1.4 ms on one thread.
 */
export function lowerRandom(node: NodeOf<'random'>): Lowered | undefined {
  const { shape, dtype } = node.types[0]!;
  if (dtype !== 'int32' && dtype !== 'float32') return undefined;
  return {
    temporaries: [],
    steps: [{ kernel: randomKernel(sizeOf(shape), dtype, node.inputs[1]!.rank === 2), buffers: [0, 1, 2] }],
  };
}

/** @param each - whether the counter holds four words for each block */
function randomKernel(size: number, dtype: 'int32' | 'float32', each: boolean): ComputeKernel {
  const name = `random ${dtype} ${size}${each ? ' of blocks' : ''}`;
  return {
    key: name,
    name,
    buffers: 3,
    units: Math.ceil(size / unitSize),
    flops: size * rounds,
    bytes: (each ? 8 : 4) * size,
    // For the last blocks, if they are not full: the results and the counters.
    scratch: 128,
    emit: (module, target) => emitRandom(module, target, size, dtype === 'float32', each),
  };
}

function emitRandom(
  module: ModuleBuilder,
  { vector }: Target,
  size: number,
  isFloat: boolean,
  each: boolean,
): FunctionRef {
  const blocks = vector.width;
  const group = 4 * blocks;
  return module.func(kernelParams(3), [], (f, key, counter, out, scratch, begin, end) => {
    const keys = [0, 4].map((at) => f.let(vector.ints.splat(i32.load(key, at))));
    const counters = each ? [] : [0, 4, 8].map((at) => f.let(vector.ints.splat(i32.load(counter, at))));
    const block = f.local('i32');
    const draw = (to: Local<'i32'>, from: Local<'i32'>, offset = 0): void => {
      const first = vector.ints.splat(block);
      const c = each
        ? loadCounters(f, vector, from, offset)
        : [blocks === 4 ? i32x4.add(first as V128, steps) : first, ...counters].map((word) => f.let(word));
      philox(f, vector, keys, c);
      inOrder(f, c).forEach((word, k) => {
        if (isFloat)
          f.add(
            vector.store(
              to,
              vector.mul(vector.toFloats(vector.ints.shrU(word, 8)), vector.const(2 ** -24)),
              4 * blocks * k,
            ),
          );
        else f.add(vector.ints.store(to, word, 4 * blocks * k));
      });
    };
    const isLast = f.let(i32.eq(end, i32.const(Math.ceil(size / unitSize))));
    const limit = f.let(
      i32.select(isLast, i32.const(Math.floor(size / group) * blocks), i32.mul(end, i32.const(unitSize / 4))),
    );
    f.increase(out, i32.mul(begin, i32.const(4 * unitSize)));
    if (each) f.increase(counter, i32.mul(begin, i32.const(4 * unitSize)));
    f.for(block, i32.mul(begin, i32.const(unitSize / 4)), limit, blocks, () => {
      draw(out, counter);
      f.increase(out, 4 * group);
      if (each) f.increase(counter, 4 * group);
    });
    if (size % group === 0) return;
    f.if(isLast, () => {
      f.set(block, limit);
      if (each) f.add(memory.copy(i32.add(scratch, i32.const(64)), counter, i32.const(4 * (size % group))));
      draw(scratch, scratch, 64);
      f.add(memory.copy(out, scratch, i32.const(4 * (size % group))));
    });
  });
}

const steps = v128.const(new Uint8Array(Int32Array.of(0, 1, 2, 3).buffer));

/** Loads the counters of the next blocks, one word of each in a vector. */
function loadCounters(f: FunctionBuilder, l: Lanes, from: Local<'i32'>, offset: number): Local<'v128' | 'i32'>[] {
  const words = [0, 1, 2, 3].map((k) => f.let(l.ints.load(from, offset + 4 * l.width * k)));
  return inOrder(f, words).map((word) => f.let(word));
}

/** Ten rounds on the words `c`, in place. */
function philox(f: FunctionBuilder, l: Lanes, keys: readonly Ints[], c: readonly Local<'v128' | 'i32'>[]): void {
  const key = keys.map((word) => f.let(word));
  const [c0, c1, c2, c3] = c as [
    Local<'v128' | 'i32'>,
    Local<'v128' | 'i32'>,
    Local<'v128' | 'i32'>,
    Local<'v128' | 'i32'>,
  ];
  for (let round = 0; round < rounds; round++) {
    const [first, second] = [multiply(f, c0, multipliers[0]), multiply(f, c2, multipliers[1])];
    f.set(c0, l.ints.xor(l.ints.xor(second.high, c1), key[0]!));
    f.set(c2, l.ints.xor(l.ints.xor(first.high, c3), key[1]!));
    f.set(c1, second.low);
    f.set(c3, first.low);
    key.forEach((word, i) => f.set(word, l.ints.add(word, l.ints.const(increments[i]!))));
  }
}

/** Both halves of the 64-bit products of unsigned words. */
function multiply(
  f: FunctionBuilder,
  a: Local<'v128' | 'i32'>,
  by: number,
): { readonly high: Ints; readonly low: Ints } {
  if (a.type === 'i32') return multiplyOne(f, a as Local<'i32'>, by);
  const factor = i32x4.const(by);
  const [lower, upper] = [f.let(i64x2.mulLowU32x4(a as V128, factor)), f.let(i64x2.mulHighU32x4(a as V128, factor))];
  return {
    low: f.let(v128.shuffle(lower, upper, lanes32(0, 2, 4, 6))),
    high: f.let(v128.shuffle(lower, upper, lanes32(1, 3, 5, 7))),
  };
}

/** The same, from products of 16-bit halves. */
function multiplyOne(f: FunctionBuilder, a: Local<'i32'>, by: number): { readonly high: Ints; readonly low: Ints } {
  const [low, high] = [i32.const(by & 0xffff), i32.const(by >>> 16)];
  const lower = (x: Local<'i32'>): ReturnType<typeof i32.and> => i32.and(x, i32.const(0xffff));
  const upper = (x: ReturnType<typeof i32.and>): ReturnType<typeof i32.and> => i32.shrU(x, i32.const(16));
  const middle = f.let(i32.add(i32.mul(upper(a), low), upper(i32.mul(lower(a), low))));
  const carry = i32.add(lower(middle), i32.mul(lower(a), high));
  return {
    low: f.let(i32.mul(a, i32.const(by))),
    high: f.let(i32.add(i32.add(i32.mul(upper(a), high), upper(middle)), upper(carry))),
  };
}

/** Transposes the words of four blocks, so that each vector holds a block. */
function inOrder(f: FunctionBuilder, c: readonly Local<'v128' | 'i32'>[]): Ints[] {
  if (c[0]!.type === 'i32') return [...c];
  const [a, b, d, e] = c as readonly V128[] as readonly [V128, V128, V128, V128];
  const pairs = (x: V128, y: V128, upper: number): V128 =>
    f.let(v128.shuffle(x, y, lanes32(upper, 4 + upper, 1 + upper, 5 + upper)));
  const [low, high] = [0, 2].map((upper) => [pairs(a, b, upper), pairs(d, e, upper)] as const) as [
    readonly [V128, V128],
    readonly [V128, V128],
  ];
  const halves = ([x, y]: readonly [V128, V128]): V128[] => [
    v128.shuffle(x, y, lanes32(0, 1, 4, 5)),
    v128.shuffle(x, y, lanes32(2, 3, 6, 7)),
  ];
  return [...halves(low), ...halves(high)].map((word) => f.let(word));
}
