import * as augment from '@chainrule/augmentation';
import type { Augmentation } from '@chainrule/augmentation';
import { wasm } from '@chainrule/backend-wasm';
import { type Backend, compile, reference } from '@chainrule/compiler';
import { describeArguments, type Json, reviveArguments } from '@chainrule/layers-core';
import { concat, Generator, randomUniform, slice, Tensor } from '@chainrule/tensor';
import { beforeAll, describe, expect, test } from 'vitest';
import { type AugmentationCase, augmentationCases, otherExports } from './augmentationCases.ts';

type Factory = (...args: unknown[]) => Augmentation;
let backends: readonly Backend[];
beforeAll(async () => {
  backends = [reference(), await wasm({ threads: 1 }), await wasm({ threads: 2 })];
});

const shapes = { images: [6, 5, 3], sequences: [9, 2], texts: [8] } as const;

/** A batch of the kind: floats in [0, 1), whole multiples of 1/255, or ids of tokens before padding. */
function batchOf({ kind }: Augmentation, batch: number, row: readonly number[] = shapes[kind], seed = 1): Tensor {
  const x = randomUniform(new Generator(seed), [batch, ...row]) as Tensor;
  if (kind === 'images')
    return new Tensor(
      x.shape,
      'float32',
      Float32Array.from(x.data, (v) => Math.floor(v * 256) / 255),
    );
  if (kind === 'sequences') return x;
  const time = row[0]!;
  return new Tensor(
    x.shape,
    'int32',
    Int32Array.from(x.data, (v, i) => (i % time < 3 + (Math.floor(i / time) % 5) ? 10 + Math.floor(v * 90) : 0)),
  );
}

const bytesOf = (x: Tensor): Tensor =>
  new Tensor(
    x.shape,
    'uint8',
    Uint8Array.from(x.data, (v) => Math.round(v * 255)),
  );
const valuesOf = (x: Tensor): number[] => [...x.data];

/** The rows of a tensor in batches of these sizes, augmented one after the other. */
function inBatches(augmentation: Augmentation, x: Tensor, sizes: readonly number[]): Tensor {
  const rng = new Generator(7);
  let from = 0;
  const parts = sizes.map((size) => {
    const begin = [from, ...x.shape.slice(1).map(() => 0)];
    from += size;
    const part: Tensor = slice(x, begin, [size, ...x.shape.slice(1)]);
    return augmentation(part, rng);
  });
  return concat(parts, 0);
}

function expectClose(y: Tensor, expected: Tensor, tolerance: number): void {
  expect([y.shape, y.dtype]).toEqual([expected.shape, expected.dtype]);
  y.data.forEach((v, i) => expect(Math.abs(v - expected.data[i]!)).toBeLessThanOrEqual(tolerance));
}

test('quarter turns and flips are exact on every backend', () => {
  const x = randomUniform(new Generator(1), [6, 33, 33, 3]) as Tensor;
  const rng = new Generator(2);
  const turn = augment.compose(augment.randomRotation([0.25, 0.25]), augment.randomFlip('vertical'));
  const values = new Set(x.data);
  for (const backend of backends) {
    const turned = compile((images: Tensor) => turn(images, rng), { backend })(x);
    expect(new Set(turned.data)).toEqual(values);
  }
});

test('every exported augmentation has a case', () => {
  const named = new Set(Object.keys(augmentationCases).map((name) => name.split(':')[0]));
  const exported = Object.entries(augment)
    .filter(([, value]) => typeof value === 'function')
    .map(([name]) => name);
  expect(exported.filter((name) => !named.has(name) && !otherExports.includes(name))).toEqual([]);
});

describe.each(Object.entries(augmentationCases))('%s', (name, given: AugmentationCase) => {
  const augmentation = given.make();
  const { kind } = augmentation;

  test('repeats itself for a seed, and differs for another', () => {
    const x = batchOf(augmentation, 12);
    const run = (seed: number): number[] => valuesOf(augmentation(x, new Generator(seed)));
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test('gives an image the same whatever the size of its batch', () => {
    const x = batchOf(augmentation, 7);
    const whole = inBatches(augmentation, x, [7]);
    const rowSize = whole.size / 7;
    const rowsOf = (y: Tensor): string[] =>
      Array.from({ length: 7 }, (_, i) => y.data.slice(i * rowSize, (i + 1) * rowSize).join());
    // Images that mix do so in pairs, which batches of even size do not cut.
    const odd = [
      [3, 4],
      [1, 0, 5, 1],
    ];
    const even = [
      [2, 5],
      [4, 0, 2, 1],
    ];
    for (const sizes of given.mixes ? even : odd)
      expect(rowsOf(inBatches(augmentation, x, sizes))).toEqual(rowsOf(whole));
  });

  test('does the same compiled, on every backend', () => {
    const x = batchOf(augmentation, 5);
    const eager = augmentation(x, new Generator(3));
    for (const backend of backends) {
      const rng = new Generator(3);
      const compiled = compile((images: Tensor) => augmentation(images, rng), { backend, name });
      expectClose(compiled(x), eager, 1e-4);
      expect(rng.counter.value.item()).toBe(5);
    }
  });

  if (given.zero)
    test('changes nothing at zero strength, on every backend', () => {
      const none = given.zero!();
      const x = batchOf(none, 4);
      const rng = new Generator(2);
      const compiled = backends.map((backend) => compile((given: Tensor) => none(given, rng), { backend }));
      for (const given of kind === 'images' ? [x, bytesOf(x)] : [x])
        for (const y of [none(given, rng), ...compiled.map((run) => run(given))]) {
          expect([y.dtype, y.shape]).toEqual([given.dtype, given.shape]);
          expect(valuesOf(y)).toEqual(valuesOf(given));
        }
    });

  if (kind === 'images')
    test('does the same to bytes as to floats', () => {
      const x = batchOf(augmentation, 5);
      const floats = augmentation(x, new Generator(3));
      const bytes = augmentation(bytesOf(x), new Generator(3));
      expectClose(bytes, bytesOf(floats), 1);
      const doubles = augmentation(new Tensor(x.shape, 'float64', Float64Array.from(x.data)), new Generator(3));
      expectClose(new Tensor(doubles.shape, 'float32', Float32Array.from(doubles.data)), floats, 1e-4);
    });

  test('takes single rows, odd sizes and empty batches', () => {
    const { least = 1, colored } = given;
    const rows = {
      images: [
        [least, least, 3],
        [least, 7, 3],
        [9, least, 3],
        ...(colored
          ? []
          : [
              [5, 4, 1],
              [5, 4, 2],
            ]),
      ],
      sequences: [
        [1, 1],
        [2, 3],
        [7, 1],
      ],
      texts: [[1], [2], [7]],
    }[kind];
    for (const row of rows)
      for (const batch of [0, 1, 3]) {
        const x = batchOf(augmentation, batch, row);
        const y = augmentation(x, new Generator(4));
        expect([y.dtype, y.shape[0], y.rank]).toEqual([x.dtype, batch, x.rank]);
        expect(y.data.every(Number.isFinite)).toBe(true);
      }
  });

  test('is saved and made again', () => {
    const config = JSON.parse(JSON.stringify(describeArguments(name, augmentation.config()))) as Json;
    const layers = augment as unknown as Record<string, Factory>;
    const again = layers[augmentation.type]!(...reviveArguments(name, config, { layers }));
    const x = batchOf(augmentation, 3);
    expect(valuesOf(again(x, new Generator(5)))).toEqual(valuesOf(augmentation(x, new Generator(5))));
  });
});
