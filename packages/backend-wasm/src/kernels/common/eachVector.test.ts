import { describe, expect, test } from 'vitest';
import { i32 } from '../../asm/index.ts';
import { modes } from '../../../testing/modes.ts';
import { runKernel } from '../../../testing/kernel.ts';
import { eachVector } from './eachVector.ts';
import { type ComputeKernel, kernelParams } from './kernel.ts';

describe.each(modes)('eachVector in mode %s', (mode) => {
  test.each([0, 1, 2, 3, 4, 5, 7, 8, 9, 63, 64, 65])('visits each of %d elements once', (count) => {
    const kernel: ComputeKernel = {
      ...{ key: 'each', name: 'each', buffers: 1, units: 1, flops: 0, bytes: 0, scratch: 0 },
      emit: (module, target) =>
        module.func(kernelParams(1), [], (f, to) =>
          eachVector(f, target, count, (l, offset) => {
            const at = f.let(i32.add(to, offset));
            f.add(l.store(at, l.add(l.load(at), l.const(1))));
          }),
        ),
    };
    expect([...new Float32Array(runKernel(kernel, [], [4 * count], mode)[0]!)]).toEqual(Array(count).fill(1));
  });
});
