import { Generator, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import {
  compose,
  jitter,
  magnitudeWarp,
  randomFlip,
  randomTokenDeletion,
  randomTokenMasking,
  randomTokenSwap,
  scaling,
  timeWarp,
  windowSlice,
} from './index.ts';
import { atSteps } from './timeline.ts';

const rng = (seed = 1): Generator => new Generator(seed);
const ramp = (time: number): Tensor =>
  tensor(
    Array.from({ length: time }, (_, i) => i),
    [1, time, 1],
  );

describe('sequences', () => {
  test('warp time without turning back, and keep their ends', () => {
    for (let seed = 0; seed < 20; seed++) {
      const y = [...timeWarp(0.3)(ramp(40), rng(seed)).data];
      expect(y[0]).toBe(0);
      expect(y[39]).toBeCloseTo(39, 3);
      expect(y.every((v, i) => i === 0 || v > y[i - 1]!)).toBe(true);
      expect(y.some((v, i) => Math.abs(v - i) > 0.2)).toBe(true);
    }
  });

  test('show a window at the whole length', () => {
    const starts = Array.from({ length: 50 }, (_, seed) => {
      const y = windowSlice(0.5)(ramp(21), rng(seed)).data;
      expect(y[20]! - y[0]!).toBeCloseTo(10, 4);
      return y[0]!;
    });
    expect([Math.min(...starts) < 1, Math.max(...starts) > 9]).toEqual([true, true]);
  });

  test('scale features by one factor, and by a smooth curve', () => {
    const x = tensor(
      Array.from({ length: 60 }, () => 1),
      [1, 30, 2],
    ) as Tensor;
    const scaled = scaling(0.3)(x, rng()).data;
    expect([scaled[0] === scaled[2], scaled[0] === scaled[1]]).toEqual([true, false]);
    const warped = magnitudeWarp(0.3)(x, rng()).data;
    const steps = Array.from({ length: 29 }, (_, t) => Math.abs(warped[2 * t + 2]! - warped[2 * t]!));
    expect([Math.max(...steps) < 0.25, Math.max(...steps) > 0.005]).toEqual([true, true]);
  });

  test('get noise of the given deviation', () => {
    const y = jitter(0.5)(zeros([1, 5000, 1]), rng()).data;
    expect(Math.abs(Math.sqrt([...y].reduce((s, v) => s + v * v, 0) / 5000) - 0.5)).toBeLessThan(0.03);
  });

  test('are read between their steps', () => {
    expect([...atSteps(ramp(3), tensor([0.5, -4, 9], [1, 3])).data]).toEqual([0.5, 0, 2]);
  });

  test('are composed, but not with images', () => {
    expect(compose(jitter(), scaling())(ramp(4), rng()).shape).toEqual([1, 4, 1]);
    expect(() => compose(jitter(), randomFlip())).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: compose: \`augmentations\` must be all for the same kind of data, got "sequences and images"]`,
    );
  });

  test('are not images', () => {
    expect(() => jitter()(zeros([1, 2, 2, 1]), rng())).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: jitter: \`images\` expects [batch,time,features], got [1,2,2,1]]`,
    );
  });
});

describe('texts', () => {
  const ids: Tensor = tensor(
    [
      [3, 4, 5, 6, 0, 0],
      [7, 0, 0, 0, 0, 0],
      [0, 0, 0, 0, 0, 0],
    ],
    undefined,
    'int32',
  );
  const rowsOf = (x: Tensor): number[][] => x.toArray() as number[][];

  test('lose tokens in order, never all', () => {
    for (let seed = 0; seed < 30; seed++) {
      const [first, second, third] = rowsOf(randomTokenDeletion(0.7)(ids, rng(seed)));
      const kept = first!.filter((id) => id > 0);
      expect(kept.length).toBeGreaterThan(0);
      expect([...kept].sort()).toEqual(kept);
      expect(first!.slice(kept.length).every((id) => id === 0)).toBe(true);
      expect([second, third]).toEqual([
        [7, 0, 0, 0, 0, 0],
        [0, 0, 0, 0, 0, 0],
      ]);
    }
    expect(rowsOf(randomTokenDeletion(1)(ids, rng()))[0]!.filter((id) => id > 0)).toHaveLength(1);
  });

  test('exchange tokens, not padding', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 60; seed++) {
      const [first, ...others] = rowsOf(randomTokenSwap(1)(ids, rng(seed)));
      expect([...first!].sort()).toEqual([0, 0, 3, 4, 5, 6]);
      expect(first!.slice(4)).toEqual([0, 0]);
      expect(others).toEqual(rowsOf(ids).slice(1));
      seen.add(first!.join());
    }
    expect(seen.size).toBe(7);
  });

  test('are masked as often as asked, and not where padding is', () => {
    const long = tensor(Array<number>(5000).fill(8), [1, 5000], 'int32') as Tensor;
    const masked = [...randomTokenMasking(1, 0.2)(long, rng()).data].filter((id) => id === 1).length;
    expect(Math.abs(masked - 1000)).toBeLessThan(4 * Math.sqrt(800));
    expect(rowsOf(randomTokenMasking(1, 1)(ids, rng()))[1]).toEqual([1, 0, 0, 0, 0, 0]);
    expect(rowsOf(randomTokenMasking(1, 1, { padId: 7 })(ids, rng()))[1]).toEqual([7, 1, 1, 1, 1, 1]);
  });

  test('get the same changes with any padding', () => {
    const short = rowsOf(randomTokenDeletion(0.5)(tensor([[3, 4, 5, 6]], undefined, 'int32'), rng(4)))[0];
    const long = rowsOf(randomTokenDeletion(0.5)(tensor([[3, 4, 5, 6, 0, 0, 0]], undefined, 'int32'), rng(4)))[0];
    expect(long!.slice(0, 4)).toEqual(short);
  });
});
