import { describe, expect, test } from 'vitest';
import { i32 } from '../../asm/index.ts';
import { modes } from '../../../testing/modes.ts';
import { runKernel } from '../../../testing/kernel.ts';
import { type ComputeKernel, kernelParams } from './kernel.ts';
import { storeFirst } from './storeFirst.ts';

describe.each(modes)('storeFirst in mode %s', (mode) => {
  test.each([1, 2, 3, 4, 5])('stores the first %d lanes, at an offset, and keeps the rest', (count) => {
    const kernel: ComputeKernel = {
      ...{ key: 'store', name: 'store', buffers: 2, units: 1, flops: 0, bytes: 0, scratch: 0 },
      emit: (module, { vector: l }) =>
        module.func(kernelParams(2), [], (f, from, to) => {
          for (const statement of storeFirst(l, i32.sub(to, i32.const(8)), l.load(from), count, 8)) f.add(statement);
        }),
    };
    const stored = Math.min(count, mode === 'scalar' ? 1 : 4);
    const [out] = runKernel(kernel, [Float32Array.of(1, NaN, -0, 4)], [4 * stored], mode);
    expect([...new Float32Array(out!)]).toEqual([1, NaN, -0, 4].slice(0, stored));
  });
});
