import { describe, expect, it } from 'vitest';
import { Generator } from './generator.ts';
import { randomPermutation } from './randomPermutation.ts';

describe('randomPermutation', () => {
  it('holds each number once', () => {
    expect([...randomPermutation(new Generator(4), 100).data].sort((a, b) => a - b)).toEqual([...Array(100).keys()]);
    expect([randomPermutation(new Generator(4), 0).shape, randomPermutation(new Generator(4), 1).toArray()]).toEqual([
      [0],
      [0],
    ]);
  });

  it('gives every order its share', () => {
    const rng = new Generator(5);
    const counts = new Map<string, number>();
    for (let i = 0; i < 1200; i++) {
      const key = randomPermutation(rng, 3).data.join();
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(4 * Math.sqrt(1200 / 6));
  });

  it('refuses a size that is not a count', () => {
    expect(() => randomPermutation(new Generator(1), -1)).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: randomPermutation: \`shape\` must hold integers of at least 0, got [-1]]`,
    );
  });
});
