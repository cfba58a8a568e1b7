import { compile } from '@chainrule/compiler';
import { Tensor } from '@chainrule/tensor';
import { castNode, convNode, mapNode, resolveWindow, windowPositions } from '@chainrule/tensor/graph';
import { specialCases, specialNumbers } from '@chainrule/tensor/oracle';
import { describe, expect, test } from 'vitest';
import { wasm } from './wasm.ts';

const backends = {
  'four lanes': await wasm({ threads: 1, relaxed: false }),
  'relaxed SIMD': await wasm({ threads: 1 }),
  'one lane': await wasm({ threads: 1, simd: false }),
};

/** Expects the same zeros, infinities and NaN. Other numbers may differ by a few roundings. */
function expectAlike(actual: Tensor, expected: Tensor): void {
  expect([actual.shape, actual.dtype]).toEqual([expected.shape, expected.dtype]);
  actual.data.forEach((value, i) => {
    const right = expected.data[i]!;
    if (Object.is(value, right)) return;
    const close =
      actual.dtype === 'float32' &&
      Number.isFinite(value) &&
      Math.abs(value - right) <= 2 ** -20 * Math.abs(right) + (right === 0 ? 0 : 2 ** -148);
    if (!close) expect.fail(`element ${i} is ${value}, not ${right}`);
  });
}

describe.each(Object.entries(backends))('special values with %s', (_, backend) => {
  test.each([...specialCases('float32'), ...specialCases('int32')])(
    '%s is the same as on the reference',
    (_key, expr, args) => {
      expectAlike(compile((...x: Tensor[]) => mapNode(expr, x), { backend })(...args), mapNode(expr, args));
    },
  );

  test.each(['float32', 'int32'] as const)('casts of %s are the same as on the reference', (from) => {
    const x = specialNumbers(from);
    for (const to of ['float32', 'float64', 'int32', 'uint8', 'bool'] as const)
      expectAlike(compile((t: Tensor) => castNode(t, to), { backend })(x), castNode(x, to));
  });
});

/** Pairs of channels and groups. They select windows that are read in place, patches, depthwise and grouped kernels. */
const convolutions = [
  [1, 1],
  [4, 1],
  [8, 1],
  [4, 4],
  [3, 3],
  [8, 2],
] as const;
const plain = await wasm({ threads: 1, reproducible: true });

describe.each([NaN, Infinity])('%d in one operand of a convolution', (special) => {
  test.each(convolutions)(
    'shows where it does on the reference, over padding too (%d channels, %d groups)',
    (channels, groups) => {
      const window = { ...resolveWindow('conv', [4, 5], [3, 3], { padding: 'same', strides: [1, 2] }), groups };
      const shapes = {
        x: [2, 4, 5, channels],
        k: [3, 3, channels / groups, channels],
        y: [2, ...windowPositions('conv', [4, 5], [3, 3], window), channels],
      };
      const passes = [
        ['forward', 'x', 'k', shapes.y],
        ['inputGradient', 'y', 'k', shapes.x],
        ['kernelGradient', 'x', 'y', shapes.k],
      ] as const;
      for (const [pass, left, right, own] of passes) {
        for (const where of [0, 1, 2]) {
          const [a, b] = [left, right].map((name, i) => {
            const shape = shapes[name];
            const data = Float32Array.from({ length: shape.reduce((m, n) => m * n, 1) }, (_, k) => (k % 7) - 3);
            if (i === where % 2) data[where === 2 ? data.length - 1 : 0] = special;
            return new Tensor(shape, 'float32', data);
          }) as [Tensor, Tensor];
          const fn = (p: Tensor, q: Tensor): Tensor => convNode(pass, p, q, window, own);
          expectAlike(compile(fn, { backend: plain })(a, b), fn(a, b));
        }
      }
    },
  );
});
