import * as tensor from '@chainrule/tensor';
import { cast, isFloat, isTensor, type Tensor } from '@chainrule/tensor';
import { treeMap } from '@chainrule/tensor/graph';
import { oracle } from '@chainrule/tensor/oracle';
import { describe, expect, it } from 'vitest';
import { type AnyOp, opsOf } from './ops.ts';
import { sampleArguments } from './sampler.ts';

// opFiles.test.ts checks that these are all ops.
const ops = opsOf(tensor);
const samples = 20;

/** Samples have values of about 1 and sums of at most some dozens of terms: c·k is 64. */
const tolerance = { float32: 64 * 2 ** -24, float64: 64 * 2 ** -53 };

function expectOracle(op: AnyOp, args: readonly unknown[], dtype: 'float32' | 'float64'): void {
  const given = treeMap(args, (leaf) =>
    isTensor(leaf) && isFloat(leaf.dtype) ? cast(leaf, dtype) : leaf,
  ) as readonly unknown[];
  const actual = op(...given);
  const { shape, data } = oracle((...x: readonly unknown[]): Tensor => op(...x))(...given);
  expect(actual.shape).toEqual(shape);
  const unit = isFloat(actual.dtype) ? tolerance[actual.dtype] : 0;
  actual.data.forEach((value, i) => {
    const right = data[i]!;
    // An `expect` of every element would take longer than the ops.
    if (!(Math.abs(value - right) <= unit * Math.max(1, Math.abs(right))))
      throw new Error(`element ${i} is ${value}, oracle ${right}`);
  });
}

describe('the ops', () => {
  it('have the names under which they are exported', () => {
    expect(ops.size).toBeGreaterThanOrEqual(50);
    expect([...ops.values()].map((op) => op.op.name)).toEqual([...ops.keys()]);
  });

  it.each([...ops.keys()])('%s agrees with the oracle in float64 and float32', (name) => {
    const op = ops.get(name)!;
    for (let seed = 0; seed < samples; seed++) {
      for (const dtype of ['float64', 'float32'] as const) expectOracle(op, sampleArguments(op.op, seed), dtype);
    }
  });

  it.each([...ops.keys()])('%s has samples that depend on the seed, and on nothing else', (name) => {
    const { op } = ops.get(name)!;
    const show = (seed: number): string =>
      JSON.stringify(treeMap(sampleArguments(op, seed), (leaf) => (isTensor(leaf) ? leaf.toArray() : (leaf ?? null))));
    expect(show(1)).toBe(show(1));
    expect(new Set(Array.from({ length: samples }, (_, seed) => show(seed))).size).toBeGreaterThan(1);
  });
});
