import { Generator, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { learnedPositions } from './learnedPositions.ts';
import { sinusoidalPositions } from './sinusoidalPositions.ts';
import { built, outputs, random, rows, weight } from '../testing/attention.ts';

describe('sinusoidalPositions', () => {
  test('adds sines and cosines of falling frequency', () => {
    const x = random([2, 7, 5]);
    for (const maxPeriod of [10_000, 50]) {
      rows(outputs(sinusoidalPositions({ maxPeriod }), [x])[0]!).forEach((sample, b) =>
        sample.forEach((row, t) =>
          row.forEach((v, i) => {
            const angle = t / maxPeriod ** ((2 * Math.floor(i / 2)) / 5);
            expect(v).toBeCloseTo(rows(x)[b]![t]![i]! + (i % 2 === 0 ? Math.sin(angle) : Math.cos(angle)), 12);
          }),
        ),
      );
    }
  });

  test('rejects invalid arguments', () => {
    expect(() => sinusoidalPositions({ maxPeriod: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: sinusoidalPositions: \`maxPeriod\` must be above 0, got 0]`,
    );
    expect(() => sinusoidalPositions().outputShape([[2, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: sinusoidalPositions: expects rank 3 [batch,time,features], got [2,3]; set \`returnSequences: true\` on a recurrent layer before it, or put \`embedding\` before it for token indices]`,
    );
  });
});

describe('learnedPositions', () => {
  test('adds the vector of each step, also for shorter sequences', () => {
    const layer = built(learnedPositions(8), [2, 6, 3]);
    const vectors = weight(layer, 'embeddings').toArray() as number[][];
    expect(vectors.length).toBe(8);
    for (const time of [6, 2, 8]) {
      rows(outputs(layer, [zeros([2, time, 3], 'float64')])[0]!).forEach((sample) =>
        expect(sample).toEqual(vectors.slice(0, time)),
      );
    }
  });

  test('rejects invalid arguments', () => {
    expect(() => learnedPositions(0)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: learnedPositions: \`maxLength\` must be a positive integer, got 0]`,
    );
    expect(() => learnedPositions(4).outputShape([[2, 5, 3]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: learnedPositions: takes at most \`maxLength\` = 4 steps, got [2,5,3]]`,
    );
    const layer = learnedPositions(4);
    layer.build([[1, 4, 3]], { rng: new Generator(1), dtype: 'float32' });
    expect(() => outputs(layer, [zeros([1, 5, 3])])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: learnedPositions: takes at most \`maxLength\` = 4 steps, got [1,5,3]]`,
    );
  });
});
