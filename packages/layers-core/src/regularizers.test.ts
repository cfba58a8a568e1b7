import { tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { l1, l1l2, l2 } from './regularizers.ts';

const w = tensor(
  [
    [1, -2],
    [0, 3],
  ],
  undefined,
  'float64',
);

describe('regularizers', () => {
  test('sum absolute values, squares, or both', () => {
    expect([l1(0.5), l2(0.5), l1l2({ l1: 1, l2: 10 })].map(({ penalty }) => penalty(w).item())).toEqual([3, 7, 146]);
  });

  test('have a default factor of 0.01, as in Keras, and 0 for l1l2', () => {
    expect([l1(), l2(), l1l2()].map(({ penalty }) => penalty(w).item())).toEqual([0.06, 0.14, 0]);
  });

  test('reject invalid factors', () => {
    expect(() => l1(-1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: l1: \`factor\` must be finite and at least 0, got -1]`,
    );
    expect(() => l2(NaN)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: l2: \`factor\` must be finite and at least 0, got NaN]`,
    );
    expect(() => l1l2({ l2: Infinity })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: l1l2: \`l2\` must be finite and at least 0, got Infinity]`,
    );
  });
});
