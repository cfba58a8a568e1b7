import { describe, expect, it } from 'vitest';
import { tensor } from '../creation/creation.ts';
import type { Tensor } from '../../array/tensor.ts';
import { Variable } from '../../graph/variable.ts';
import { customNode } from '../../nodes/custom.ts';
import { add } from '../elementwise/add.ts';
import { randomNormal } from './randomNormal.ts';
import { randomUniform } from './randomUniform.ts';
import { scan } from '../control/scan.ts';
import { expectSame } from '../../oracle/agreement.ts';
import { oracle } from '../../oracle/index.ts';
import { Generator } from './generator.ts';

const bits = (rng: Generator, size = 8): number[] => [...rng.draw([size], 'int32').data];

/** Draws in every step of a scan of `length`. */
function drawsInScan(
  rng: Generator,
  length: number,
  options: { checkpointEvery?: number; reverse?: boolean } = {},
): number[][] {
  const [, ys] = scan(
    (c: Tensor) => [add(c, 1), [rng.draw([4], 'int32'), rng.draw([4], 'int32')]],
    tensor(0) as Tensor,
    undefined,
    { length, ...options },
  );
  const [first, second] = ys.map((t) => t.toArray() as number[][]) as [number[][], number[][]];
  return [...first, ...second];
}

describe('a generator', () => {
  it('gives the same bits for the same seed, others for another', () => {
    expect(bits(new Generator(1))).toEqual(bits(new Generator(1)));
    expect(bits(new Generator(1))).not.toEqual(bits(new Generator(2)));
    expect(bits(new Generator(1))).not.toEqual(bits(new Generator(1 + 2 ** 32)));
  });

  it('gives these bits for good', () => {
    expect(bits(new Generator(42), 4)).toMatchInlineSnapshot(`
      [
        -1662324653,
        2012563771,
        314527917,
        1463989207,
      ]
    `);
    expect(bits(new Generator(42).stream('dropout'), 4)).toMatchInlineSnapshot(`
      [
        -2000008960,
        -1909481716,
        601307115,
        1330114782,
      ]
    `);
  });

  it('advances by one with every draw, whatever its shape', () => {
    const rng = new Generator(3);
    const [a, b] = [bits(rng), bits(rng, 100)];
    expect(rng.counter.value.item()).toBe(2);
    expect(b.slice(0, 8)).not.toEqual(a);
    rng.counter.assign(tensor(1, [], 'int32'));
    expect(bits(rng, 100)).toEqual(b);
  });

  it('may be set back by its counter', () => {
    const rng = new Generator(3);
    const first = bits(rng);
    rng.counter.assign(tensor(0, [], 'int32'));
    expect(bits(rng)).toEqual(first);
  });

  it('has streams that differ and share its counter', () => {
    const rng = new Generator(4);
    const paths = [['a'], ['b'], ['a', 'b'], ['ab'], ['b', 'a']];
    const stream = (path: string[]): Generator => path.reduce((g, part) => g.stream(part), rng);
    const draws = paths.map((path) => {
      rng.counter.assign(tensor(0, [], 'int32'));
      return bits(stream(path)).join();
    });
    expect(new Set(draws).size).toBe(paths.length);
    expect(stream(['a']).counter).toBe(rng.counter);
    expect(rng.counter.value.item()).toBe(1);
  });

  it('refuses a seed that is not an integer', () => {
    expect(() => new Generator(0.5)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: Generator: \`seed\` must be an integer, got 0.5]`,
    );
    expect(() => new Generator('seed' as unknown as number)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: Generator: \`seed\` must be an integer, got "seed"]`,
    );
    expect(() => randomUniform(new Generator(1), [2], { low: 2, high: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: randomUniform: \`low\` must not exceed \`high\`, got 2 and 1]`,
    );
    expect(() => randomNormal(new Generator(1), [2], { std: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: randomNormal: \`std\` must be at least 0, got -1]`,
    );
    expect(() => randomUniform(new Generator(1), [-1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: randomUniform: \`shape\` must hold integers of at least 0, got [-1]]`,
    );
    expect(() =>
      randomUniform(new Generator(1), [1], { dtype: 'bool' as 'float32' }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: randomUniform: \`dtype\` must be float32 or float64, got "bool"]`,
    );
  });
});

describe('uniforms', () => {
  it('are equal in float32 and float64, in [0, 1), and even', () => {
    const single = randomUniform(new Generator(5), [40000]).data;
    const double = randomUniform(new Generator(5), [40000], { dtype: 'float64' }).data;
    expect([...single]).toEqual([...double]);
    expect(double.every((u) => u >= 0 && u < 1)).toBe(true);
    const buckets = new Array<number>(16).fill(0);
    for (const u of double) buckets[Math.floor(u * 16)]!++;
    const chi = buckets.reduce((sum, n) => sum + (n - 2500) ** 2 / 2500, 0);
    expect(chi).toBeLessThan(45); // 15 degrees of freedom: p ≈ 1e-4
  });

  it('lie between given bounds', () => {
    const u = randomUniform(new Generator(6), [1000], { low: -3, high: 5 }).data;
    expect([Math.min(...u) >= -3, Math.max(...u) <= 5, Math.min(...u) < -2.5, Math.max(...u) > 4.5]).toEqual([
      true,
      true,
      true,
      true,
    ]);
  });
});

describe('normals', () => {
  it('have the moments that were asked for', () => {
    const n = 40000;
    const x = [...randomNormal(new Generator(7), [n], { mean: 2, std: 3, dtype: 'float64' }).data].map(
      (v) => (v - 2) / 3,
    );
    const moment = (k: number): number => x.reduce((sum, v) => sum + v ** k, 0) / n;
    expect(Math.abs(moment(1))).toBeLessThan(4 / Math.sqrt(n));
    expect(Math.abs(moment(2) - 1)).toBeLessThan(4 * Math.sqrt(2 / n));
    expect(Math.abs(moment(3))).toBeLessThan(4 * Math.sqrt(15 / n));
    expect(Math.abs(moment(4) - 3)).toBeLessThan(4 * Math.sqrt(96 / n));
    expect(x.every(Number.isFinite)).toBe(true);
  });

  it('take one draw', () => {
    const rng = new Generator(8);
    expect(randomNormal(rng, [3, 2]).shape).toEqual([3, 2]);
    expect(rng.counter.value.item()).toBe(1);
  });

  it('are the oracle’s', () => {
    const rng = new Generator(9);
    const expected = oracle(() => [randomNormal(rng, [5]), randomNormal(rng, [5], { dtype: 'float64' })])();
    expect(rng.counter.value.item()).toBe(0);
    [randomNormal(rng, [5]), randomNormal(rng, [5], { dtype: 'float64' })].forEach((t, k) =>
      t.data.forEach((v, i) => expect(Math.abs(v - expected[k]!.data[i]!)).toBeLessThan(k === 0 ? 1e-5 : 1e-14)),
    );
  });
});

describe('draws inside a scan', () => {
  it('differ by step and by place, and count once', () => {
    const rng = new Generator(10);
    const draws = drawsInScan(rng, 5);
    expect(new Set(draws.map(String)).size).toBe(10);
    expect(rng.counter.value.item()).toBe(2);
    expect(drawsInScan(rng, 5)).not.toEqual(draws);
  });

  it.each([1, 2, 3, 5, 7])('are the same in segments of %s', (checkpointEvery) => {
    for (const reverse of [false, true]) {
      const [plain, segmented] = [new Generator(11), new Generator(11)];
      expect(drawsInScan(segmented, 5, { checkpointEvery, reverse })).toEqual(drawsInScan(plain, 5, { reverse }));
      expect(segmented.counter.value.item()).toBe(plain.counter.value.item());
    }
  });

  it('are the same from the last step to the first', () => {
    expect(drawsInScan(new Generator(12), 4, { reverse: true })).toEqual(drawsInScan(new Generator(12), 4));
  });

  it('differ from those of a scan inside', () => {
    const rng = new Generator(13);
    const [, ys] = scan(
      (c: Tensor) => {
        const [, inner] = scan((d: Tensor) => [d, rng.draw([2], 'int32')], c, undefined, { length: 3 });
        return [c, inner];
      },
      tensor(0) as Tensor,
      undefined,
      { length: 3 },
    );
    expect(new Set((ys.toArray() as number[][][]).flat().map(String)).size).toBe(9);
    expect(rng.counter.value.item()).toBe(1);
  });

  it('are the oracle’s', () => {
    const rng = new Generator(14);
    expectSame(
      (start) => {
        rng.counter.assign(tensor(5, [], 'int32'));
        return scan((c: Tensor) => [add(c, 1), rng.draw([3], 'float64')], start, undefined, { length: 4 });
      },
      [tensor(0, [], 'float64')],
    );
  });
});

describe('draws inside a body with a pullback of its own', () => {
  it('are those that would be made without it', () => {
    const draw = (rng: Generator) => (x: Tensor) =>
      customNode({
        name: 'noisy',
        inputs: [x],
        pullback: () => [null],
        body: ([v]) => [add(v!, randomUniform(rng, [2], { dtype: 'float64' }) as Tensor)],
      })[0]!;
    const x: Tensor = tensor([1, 2], undefined, 'float64');
    const [eager, captured] = [new Generator(14), new Generator(14)];
    expect([...oracle(draw(captured))(x).data]).toEqual([...draw(eager)(x).data]);
  });

  it('are variables of state that a checkpoint can hold', () => {
    const rng = new Generator(15);
    expect([rng.key, rng.counter].map((v) => [v instanceof Variable, v.name, v.trainable])).toEqual([
      [true, 'rng/key', false],
      [true, 'rng/counter', false],
    ]);
  });
});
