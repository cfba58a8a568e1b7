import { describe, expect, test } from 'vitest';
import { modes } from '../../../testing/modes.ts';
import { runKernel } from '../../../testing/kernel.ts';
import { sumPartialsKernel } from './sumPartials.ts';

const sizes = [1, 2, 3, 4, 5, 7, 9, 8191, 8192, 8193, 16_387];

/** Partial results that depend on both indices. */
const partialsOf = (parts: number, size: number): Float32Array =>
  Float32Array.from({ length: parts * size }, (_, i) => Math.fround(((i * 2654435761) % 1000003) / 1000003));

describe.each(modes)('sums of partial results in mode %s', (mode) => {
  test.each(sizes)('of %d elements are those of float64, rounded once', (size) => {
    for (const parts of [1, 2, 3, 5]) {
      const partials = partialsOf(parts, size);
      const kernel = sumPartialsKernel(parts, size);
      const cuts = Array.from({ length: kernel.units + 1 }, (_, i) => i);
      const [out] = runKernel(kernel, [partials], [4 * size], mode, cuts);
      new Float32Array(out!).forEach((value, i) => {
        let total = 0;
        for (let part = 0; part < parts; part++) total += partials[part * size + i]!;
        if (!Object.is(value, Math.fround(total)))
          expect.fail(`${parts} parts: element ${i} is ${value}, not ${total}`);
      });
    }
  });

  test('of equal numbers do not lose accuracy with the number of parts', () => {
    const parts = 20_011;
    const partials = new Float32Array(3 * parts).fill(0.1);
    const [out] = runKernel(sumPartialsKernel(parts, 3), [partials], [12], mode);
    const exact = Math.fround(parts * Math.fround(0.1));
    expect([...new Float32Array(out!)]).toEqual([exact, exact, exact]);
  });

  test('keep infinities and NaN', () => {
    const partials = Float32Array.of(Infinity, -Infinity, NaN, 3e38, Infinity, Infinity, 1, 3e38);
    const [out] = runKernel(sumPartialsKernel(2, 4), [partials], [16], mode);
    expect([...new Float32Array(out!)]).toEqual([Infinity, NaN, NaN, Infinity]);
  });
});
