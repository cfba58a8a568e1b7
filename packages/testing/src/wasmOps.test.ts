import { wasm } from '@chainrule/backend-wasm';
import { CaptureError } from '@chainrule/errors';
import { compile, type Backend } from '@chainrule/compiler';
import { cast, isFloat, isTensor, type Tensor } from '@chainrule/tensor';
import { treeMap } from '@chainrule/tensor/graph';
import * as tensor from '@chainrule/tensor';
import { oracle } from '@chainrule/tensor/oracle';
import { describe, expect, it } from 'vitest';
import { type AnyOp, opsOf } from './ops.ts';
import { sampleArguments } from './sampler.ts';

const samples = 3;

/** As for the reference: values of about 1, sums of some dozens of terms. */
const tolerance = { float32: 64 * 2 ** -24, float64: 64 * 2 ** -53 };

const backends: Readonly<Record<string, Backend>> = {
  'four lanes': await wasm({ threads: 1, relaxed: false }),
  'relaxed SIMD': await wasm({ threads: 1 }),
  'one lane': await wasm({ threads: 1, simd: false }),
  'two threads': await wasm({ threads: 2, relaxed: false }),
};

/** What runs at once alone: they throw under capture. */
let eagerOnly = 0;

function given(op: AnyOp, seed: number, dtype: 'float32' | 'float64'): readonly unknown[] {
  return treeMap(sampleArguments(op.op, seed), (leaf) =>
    isTensor(leaf) && isFloat(leaf.dtype) ? cast(leaf, dtype) : leaf,
  ) as readonly unknown[];
}

/** NaN and infinities must be the same; others may differ by rounding. */
function expectClose(actual: Tensor, expected: Pick<Tensor, 'shape' | 'data'>): void {
  expect(actual.shape).toEqual(expected.shape);
  const unit = isFloat(actual.dtype) ? tolerance[actual.dtype] : 0;
  actual.data.forEach((value, i) => {
    const right = expected.data[i]!;
    if (Object.is(value, right)) return;
    expect(Math.abs(value - right), `element ${i}: ${value}, oracle ${right}`).toBeLessThanOrEqual(
      unit * Math.max(1, Math.abs(right)),
    );
  });
}

describe.each(Object.keys(backends))('on WebAssembly with %s', (name) => {
  const backend = backends[name]!;

  it.each([...opsOf(tensor).keys()])('%s agrees with the oracle, joined with others or not', (key) => {
    const op = opsOf(tensor).get(key)!;
    for (let seed = 0; seed < samples; seed++) {
      for (const dtype of ['float32', 'float64'] as const) {
        const args = given(op, seed, dtype);
        const call = (...x: readonly unknown[]): Tensor => op(...x);
        for (const fuse of [true, false]) {
          try {
            expectClose(compile(call, { backend, fuse })(...args), oracle(call)(...args));
          } catch (error) {
            if (!(error instanceof CaptureError)) throw error;
            eagerOnly++;
            return;
          }
        }
      }
    }
  });
});

describe('ops', () => {
  it('all run on WebAssembly, but for the eager ones', () => {
    console.log(
      `WebAssembly: ${opsOf(tensor).size} ops, ${eagerOnly / Object.keys(backends).length} of them eager only`,
    );
    expect(eagerOnly).toBeLessThanOrEqual(2 * Object.keys(backends).length);
  });
});
