import { describe, expect, test } from 'vitest';
import { modes } from '../../../testing/modes.ts';
import { runKernel } from '../../../testing/kernel.ts';
import { copyRun } from './copyRun.ts';
import { type ComputeKernel, kernelParams } from './kernel.ts';

const bytes = Uint8Array.from({ length: 400 }, (_, i) => (i * 37 + 11) % 251);

describe.each(modes)('copyRun in mode %s', (mode) => {
  // All short lengths, and both sides of the length from which `memory.copy` takes over.
  test.each([...Array.from({ length: 70 }, (_, i) => i), 255, 256, 257, 300])(
    'copies %d bytes, and no more',
    (length) => {
      const kernel: ComputeKernel = {
        ...{ key: 'copy', name: 'copy', buffers: 2, units: 1, flops: 0, bytes: 0, scratch: 0 },
        emit: (module, target) =>
          module.func(kernelParams(2), [], (f, from, to) => copyRun(f, target, to, from, length)),
      };
      // `runKernel` throws if the kernel writes beyond the output.
      expect(new Uint8Array(runKernel(kernel, [bytes], [length], mode)[0]!)).toEqual(bytes.slice(0, length));
    },
  );
});
