import { describe, expect, it } from 'vitest';
import { sampleArguments, seededSampler } from './sampler.ts';

describe('a sampler', () => {
  it('draws the same for the same seed', () => {
    expect(seededSampler(1).uniform().toArray()).toEqual(seededSampler(1).uniform().toArray());
    expect(seededSampler(1).uniform([4]).toArray()).not.toEqual(seededSampler(2).uniform([4]).toArray());
  });

  it('keeps to its bounds and its distance', () => {
    const values = [...seededSampler(3, { range: [-1, 1], avoid: [0, 0.5] }).uniform([2000]).data];
    expect(values.every((v) => v >= -1 && v < 1 && Math.abs(v) >= 0.05 && Math.abs(v - 0.5) >= 0.05)).toBe(true);
    const integers = new Set(seededSampler(3).integers([2000], -2, 2).data);
    expect([...integers].sort((a, b) => a - b)).toEqual([-2, -1, 0, 1]);
    expect(new Set(seededSampler(3).mask([100]).data).size).toBe(2);
  });

  it('draws tensors of one shape for as many arguments as an op takes', () => {
    const args = sampleArguments({ name: 'pair', lower: (a: never, _b: never) => a }, 5) as { shape: number[] }[];
    expect(args).toHaveLength(2);
    expect(args[0]!.shape).toEqual(args[1]!.shape);
  });
});
