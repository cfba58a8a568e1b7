import { describe, expect, test } from 'vitest';
import { i32 } from '../../asm/index.ts';
import { modes } from '../../../testing/modes.ts';
import { runKernel } from '../../../testing/kernel.ts';
import { type ComputeKernel, kernelParams } from './kernel.ts';
import { indexOutOfRange, resolveIndex } from './status.ts';

/** Resolves one index; returns the result and the status block. */
function resolve(index: number, count: number, labels: boolean): number[] {
  const kernel: ComputeKernel = {
    ...{ key: 'index', name: 'index', buffers: 3, units: 1, flops: 0, bytes: 0, scratch: 0 },
    emit: (module) =>
      module.func(kernelParams(3), [], (f, from, to, status) =>
        f.add(i32.store(to, resolveIndex(f, status, i32.load(from), count, labels))),
      ),
  };
  const [result, status] = runKernel(kernel, [Int32Array.of(index)], [4, 8], modes[0]);
  return [...new Int32Array(result!), ...new Int32Array(status!)];
}

describe('resolveIndex', () => {
  test.each([
    [0, 5, 0],
    [4, 5, 4],
    [-1, 5, 4],
    [-5, 5, 0],
    [0, 1, 0],
    [-1, 1, 0],
    [2 ** 31 - 2, 2 ** 31 - 1, 2 ** 31 - 2],
    [-(2 ** 31) + 1, 2 ** 31 - 1, 0],
  ])('resolves %d of %d to %d', (index, count, expected) => {
    expect(resolve(index, count, false)).toEqual([expected, 0, 0]);
  });

  test.each([
    [5, 5],
    [-6, 5],
    [1, 1],
    [0, 0],
    [-1, 0],
    [2 ** 31 - 1, 5],
    [-(2 ** 31), 5],
    [-(2 ** 31), 2 ** 31 - 1],
  ])('reports %d of %d, and resolves it to 0', (index, count) => {
    expect(resolve(index, count, false)).toEqual([0, indexOutOfRange, index]);
  });

  test.each([-1, 5, -(2 ** 31)])('reports the label %d of 5: labels do not count from the end', (label) => {
    expect(resolve(label, 5, true)).toEqual([0, indexOutOfRange, label]);
    expect(resolve(4, 5, true)).toEqual([4, 0, 0]);
  });
});
