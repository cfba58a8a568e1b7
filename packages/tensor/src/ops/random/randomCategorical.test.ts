import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { Generator } from './generator.ts';
import { randomCategorical } from './randomCategorical.ts';

/** As JavaScript callers see it. */
const loose = randomCategorical as unknown as (...args: readonly unknown[]) => unknown;

describe('randomCategorical', () => {
  it('draws classes with the probabilities of softmax', () => {
    const logits = tensor([Math.log(1), Math.log(2), Math.log(5)]);
    const counts = [0, 0, 0];
    for (const k of randomCategorical(new Generator(1), logits, 8000).data) counts[k]!++;
    [1 / 8, 2 / 8, 5 / 8].forEach((p, i) =>
      expect(Math.abs(counts[i]! / 8000 - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 8000)),
    );
  });

  it('draws for each row, as often as asked', () => {
    const logits = tensor(
      [
        [
          [0, 90, 0],
          [90, 0, 0],
        ],
      ],
      undefined,
      'float64',
    );
    const drawn = randomCategorical(new Generator(1), logits, 2);
    expect([drawn.toArray(), drawn.dtype]).toEqual([
      [
        [
          [1, 1],
          [0, 0],
        ],
      ],
      'int32',
    ]);
    expect(randomCategorical(new Generator(1), logits).shape).toEqual([1, 2, 1]);
    expect([
      randomCategorical(new Generator(1), zeros([0, 3]), 2).shape,
      randomCategorical(new Generator(1), zeros([3]), 0).shape,
    ]).toEqual([[0, 2], [0]]);
  });

  it('never draws a class whose logit is minus infinity', () => {
    expect(new Set(randomCategorical(new Generator(1), tensor([-Infinity, 0, -Infinity]), 1000).data)).toEqual(
      new Set([1]),
    );
  });

  it('refuses logits that it cannot draw from', () => {
    const rng = new Generator(1);
    expect(() => loose(rng, zeros([]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: randomCategorical: \`logits\` expects [...,classes] with at least one class, got []]`,
    );
    expect(() => loose(rng, zeros([2, 0]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: randomCategorical: \`logits\` expects [...,classes] with at least one class, got [2,0]]`,
    );
    expect(() => loose(rng, zeros([2]), -1)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: randomCategorical: \`count\` must be an integer of at least 0, got -1]`,
    );
    expect(() => loose(rng, zeros([2], 'int32'))).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: randomCategorical: expects float32 or float64, got int32; convert it with \`cast\`]`,
    );
  });
});
