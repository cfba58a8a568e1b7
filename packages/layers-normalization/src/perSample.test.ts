import type { Layer } from '@chainrule/layers-core';
import { Generator, randomNormal, type Shape, tensor, type Tensor, type Variable } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import { groupNormalization, instanceNormalization, layerNormalization, rmsNormalization } from './index.ts';

const at = { rng: new Generator(1), dtype: 'float64' as const };
const context = { training: false, rng: new Generator(1) };
const random = (seed: number, shape: Shape): Tensor =>
  randomNormal(new Generator(seed), shape, { mean: 3, std: 2, dtype: 'float64' });

/** Builds the layer for an input, gives its weights irregular values and runs it. */
function run(layer: Layer, x: Tensor): { y: Tensor; weights: Record<string, Tensor> } {
  layer.build([x.shape], at);
  const weights: Record<string, Tensor> = {};
  layer.variables().forEach(({ name, value }: { name: string; value: Variable }, i) => {
    weights[name] = random(50 + i, value.value.shape);
    value.assign(weights[name]);
  });
  return { y: layer.call([{ data: x }], context)[0]!.data, weights };
}

/** The position on each axis of element `i`. */
function indexOf(i: number, shape: Shape): number[] {
  const index: number[] = [];
  for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
    index.unshift(rest % shape[axis]!);
    rest = Math.floor(rest / shape[axis]!);
  }
  return index;
}

/** Normalizes in loops: `cell` says which elements belong together, `weight` which element of gamma and beta is theirs. */
function loops(
  x: Tensor,
  cell: (index: number[]) => string,
  weight: (index: number[]) => number,
  w: Record<string, Tensor>,
  epsilon: number,
  centered: boolean,
): number[] {
  const cells = new Map<string, number[]>();
  const values = [...x.data];
  const keys = values.map((_, i) => cell(indexOf(i, x.shape)));
  keys.forEach((key, i) => cells.set(key, [...(cells.get(key) ?? []), values[i]!]));
  return values.map((v, i) => {
    const all = cells.get(keys[i]!)!;
    const mean = centered ? all.reduce((a, b) => a + b, 0) / all.length : 0;
    const variance = all.reduce((a, b) => a + (b - mean) ** 2, 0) / all.length;
    const at = weight(indexOf(i, x.shape));
    return ((v - mean) / Math.sqrt(variance + epsilon)) * (w['gamma']?.data[at] ?? 1) + (w['beta']?.data[at] ?? 0);
  });
}

function expectClose(y: Tensor, expected: readonly number[]): void {
  expect(y.data.length).toBe(expected.length);
  expected.forEach((v, i) => expect(y.data[i]).toBeCloseTo(v, 10));
}

describe('layerNormalization', () => {
  test('normalizes the features of each step', () => {
    const x = random(1, [2, 3, 4]);
    const { y, weights } = run(layerNormalization(), x);
    expectClose(
      y,
      loops(
        x,
        ([b, t]) => `${b},${t}`,
        (i) => i[2]!,
        weights,
        1e-3,
        true,
      ),
    );
  });

  test.each([[[1, 2]], [[-1, 1]]])('normalizes axes %j together, with weights for each position', (axis) => {
    const x = random(2, [2, 3, 4]);
    const { y, weights } = run(layerNormalization({ axis, epsilon: 0.1 }), x);
    expect(weights['gamma']!.shape).toEqual([3, 4]);
    expectClose(
      y,
      loops(
        x,
        ([b]) => `${b}`,
        (i) => i[1]! * 4 + i[2]!,
        weights,
        0.1,
        true,
      ),
    );
  });

  test('normalizes an axis in the middle', () => {
    const x = random(3, [2, 3, 4]);
    const { y, weights } = run(layerNormalization({ axis: 1 }), x);
    expectClose(
      y,
      loops(
        x,
        ([b, , c]) => `${b},${c}`,
        (i) => i[1]!,
        weights,
        1e-3,
        true,
      ),
    );
  });

  test('supports layers without weights', () => {
    const { y, weights } = run(
      layerNormalization({ center: false, scale: false, epsilon: 0 }),
      tensor([[1, 3]], undefined, 'float64'),
    );
    expect([weights, y.toArray()]).toEqual([{}, [[-1, 1]]]);
  });

  test('rejects invalid options and axes', () => {
    expect(() => layerNormalization({ epsilon: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: layerNormalization: \`epsilon\` must be at least 0, got -1]`,
    );
    expect(() => layerNormalization({ axis: 0 }).outputShape([[2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: layerNormalization: \`axis\` must be different axes of [2,3] after the batch axis, got [0]]`,
    );
    expect(() => layerNormalization({ axis: [1, -1] }).outputShape([[2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: layerNormalization: \`axis\` must be different axes of [2,3] after the batch axis, got [1,-1]]`,
    );
    expect(() => layerNormalization({ axis: [] }).outputShape([[2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: layerNormalization: \`axis\` must be different axes of [2,3] after the batch axis, got []]`,
    );
  });
});

describe('rmsNormalization', () => {
  test('divides by the root mean square', () => {
    const x = random(4, [2, 3, 4]);
    const { y, weights } = run(rmsNormalization({ epsilon: 0.1 }), x);
    expect(Object.keys(weights)).toEqual(['gamma']);
    expectClose(
      y,
      loops(
        x,
        ([b, t]) => `${b},${t}`,
        (i) => i[2]!,
        weights,
        0.1,
        false,
      ),
    );
  });

  test('rejects invalid options', () => {
    expect(() => rmsNormalization({ epsilon: NaN })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: rmsNormalization: \`epsilon\` must be at least 0, got NaN]`,
    );
    expect(() => rmsNormalization({ axis: 3 }).outputShape([[2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: rmsNormalization: \`axis\` must be different axes of [2,3] after the batch axis, got [3]]`,
    );
  });
});

describe('groupNormalization', () => {
  test.each([[[3, 6]], [[2, 4, 6]], [[2, 2, 3, 6]]])(
    'normalizes over positions and channels of a group of %j',
    (shape) => {
      const x = random(5, shape);
      const { y, weights } = run(groupNormalization({ groups: 3 }), x);
      expectClose(
        y,
        loops(
          x,
          (i) => `${i[0]},${Math.floor(i.at(-1)! / 2)}`,
          (i) => i.at(-1)!,
          weights,
          1e-3,
          true,
        ),
      );
    },
  );

  test('has two weights per channel', () => {
    const layer = groupNormalization();
    layer.build([[1, 4, 4, 64]], at);
    expect(layer.variables().map(({ name, value }) => [name, sizeOf(value.value.shape)])).toEqual([
      ['gamma', 64],
      ['beta', 64],
    ]);
  });

  test('rejects groups that do not divide the channels', () => {
    expect(() => groupNormalization({ groups: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: groupNormalization: \`groups\` must be a positive integer or -1, got 0]`,
    );
    expect(() => groupNormalization().outputShape([[2, 8, 8, 16]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: groupNormalization: \`groups\` 32 must divide the 16 channels of [2,8,8,16]]`,
    );
    expect(() => groupNormalization({ groups: 1 }).outputShape([[2]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: groupNormalization: expects rank 2 or more [batch,…,channels], got [2]]`,
    );
  });
});

describe('instanceNormalization', () => {
  test('normalizes each channel of each sample', () => {
    const x = random(6, [2, 3, 2, 4]);
    const { y, weights } = run(instanceNormalization(), x);
    expectClose(
      y,
      loops(
        x,
        (i) => `${i[0]},${i[3]}`,
        (i) => i[3]!,
        weights,
        1e-3,
        true,
      ),
    );
    const same = groupNormalization({ groups: -1 });
    expectClose(run(same, x).y, [...y.data]);
  });

  test('has its own type and name', () => {
    expect(instanceNormalization().type).toBe('instanceNormalization');
  });
});
