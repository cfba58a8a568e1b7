import { Tensor } from '@chainrule/tensor';
import { matmulNode } from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import { captured, modes, optionsOf, runLowered } from '../../../testing/lowered.ts';
import { lowerMatmul } from './matmul.ts';

/** Small integers, whose products and sums are exact. */
const integers = (length: number, seed: number): Float32Array<ArrayBuffer> =>
  Float32Array.from({ length }, (_, i) => (((i + seed) * 2654435761) >>> 28) - 8);

/** Products around the width of a register block, dot kernels, packed and unpacked, and K-splits. */
const shapes = [
  [1, 1, 1],
  [1, 9, 1],
  [5, 3, 2],
  [3, 17, 9],
  [9, 4, 13],
  [4, 300, 5],
  [130, 8, 33],
  [7, 700, 6],
  [2, 5000, 3],
] as const;

describe.each(modes)('products with special values in mode %s', (mode) => {
  test.each(shapes)('%i × %i × %i: a special value spoils its row or column and nothing else', (m, k, n) => {
    for (const transposeA of [false, true]) {
      for (const transposeB of [false, true]) {
        const shapeA = transposeA ? [k, m] : [m, k];
        const shapeB = transposeB ? [n, k] : [k, n];
        const node = captured('matmul', (x, y) => matmulNode(x, y, { transposeA, transposeB }), [shapeA, shapeB]);
        const lowered = lowerMatmul(node, optionsOf(mode))!;
        for (const special of [NaN, -Infinity, 3e38]) {
          for (const [side, at] of [
            [0, 0],
            [0, m * k - 1],
            [1, 0],
            [1, k * n - 1],
          ] as const) {
            const inputs = [integers(m * k, 1), integers(k * n, 7)] as const;
            inputs[side][at] = special;
            const expected = matmulNode(
              new Tensor(shapeA, 'float32', inputs[0]),
              new Tensor(shapeB, 'float32', inputs[1]),
              { transposeA, transposeB },
            ).data;
            const [actual] = runLowered(lowered, inputs, [4 * m * n], mode);
            // Large numbers overflow or not, depending on the order of the sum, so only their place is compared.
            const kind = (x: number): unknown => (special === 3e38 && Math.abs(x) > 1e37 ? 'large' : x);
            const wrong = actual!.findIndex((x, i) => !Object.is(kind(x), kind(expected[i]!)));
            if (wrong >= 0)
              expect.fail(`element ${wrong} is ${actual![wrong]}, not ${expected[wrong]}: ${special} at ${side}:${at}`);
          }
        }
      }
    }
  });
});
