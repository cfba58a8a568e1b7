import { compile } from '@chainrule/compiler';
import { Generator, randomUniform, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { Augmentation } from './defineAugmentation.ts';
import {
  compose,
  randomAffine,
  randomApply,
  randomBrightness,
  randomChoice,
  randomCrop,
  randomElastic,
  randomFlip,
  randomPerspective,
  randomRotation,
  randomTranslation,
  randomZoom,
} from './index.ts';

const rng = (seed = 1): Generator => new Generator(seed);
const numbers = (height: number, width: number, batch = 1): Tensor =>
  tensor(
    Array.from({ length: batch * height * width }, (_, i) => i),
    [batch, height, width, 1],
  );
const rows = (x: Tensor): number[][] => {
  const [, height, width] = x.shape;
  return Array.from({ length: height }, (_, i) => [...x.data.slice(i * width, (i + 1) * width)]);
};

describe('exact changes', () => {
  test.each([
    [
      0.25,
      [
        [2, 5, 8],
        [1, 4, 7],
        [0, 3, 6],
      ],
    ],
    [
      0.5,
      [
        [8, 7, 6],
        [5, 4, 3],
        [2, 1, 0],
      ],
    ],
    [
      -0.25,
      [
        [6, 3, 0],
        [7, 4, 1],
        [8, 5, 2],
      ],
    ],
    [
      1.75,
      [
        [6, 3, 0],
        [7, 4, 1],
        [8, 5, 2],
      ],
    ],
    [
      3,
      [
        [0, 1, 2],
        [3, 4, 5],
        [6, 7, 8],
      ],
    ],
  ])('a rotation by %s turns', (turns, expected) => {
    expect(rows(randomRotation([turns, turns])(numbers(3, 3), rng()))).toEqual(expected);
  });

  test.each([
    [2, 3],
    [3, 2],
    [5, 8],
    [1, 4],
    [4, 1],
  ])('quarter turns of %i×%i pixels show whole pixels, turned', (height, width) => {
    const x = randomUniform(rng(), [1, height, width, 1]) as Tensor;
    const [row, column] = [(height - 1) / 2 - 0.5, (width - 1) / 2];
    for (const [turns, sign] of [
      [0.25, 1],
      [-0.25, -1],
    ] as const) {
      const y = rows(randomRotation([turns, turns], { fillMode: 'constant', fillValue: -1 })(x, rng()));
      const expected = rows(x).map((line, i) =>
        line.map((_, j) => rows(x)[row + sign * (j - column)]?.[column - sign * (i - row)] ?? -1),
      );
      expect(y).toEqual(expected);
    }
    const half = randomRotation([0.5, 0.5])(x, rng());
    expect([...half.data]).toEqual([...x.data].reverse());
  });

  test('large images turn exactly, too', () => {
    const x = randomUniform(rng(), [1, 301, 301, 1]) as Tensor;
    const quarter = randomRotation([0.25, 0.25]);
    const whole = [1, 2, 3, 4].reduce((y) => quarter(y, rng()), x);
    expect([...whole.data]).toEqual([...x.data]);
  });

  test('flips exchange whole sides, and each side with probability ½', () => {
    const seen = new Map<string, number>();
    const y = randomFlip()(numbers(2, 2, 1), rng());
    expect(y.shape).toEqual([1, 2, 2, 1]);
    const many = randomFlip()(tensor([...Array<number[]>(400).fill([0, 1, 2, 3])].flat(), [400, 2, 2, 1]), rng());
    for (let i = 0; i < 400; i++) {
      const key = many.data.slice(4 * i, 4 * i + 4).join('');
      seen.set(key, (seen.get(key) ?? 0) + 1);
    }
    expect([...seen.keys()].sort()).toEqual(['0123', '1032', '2301', '3210']);
    for (const count of seen.values()) expect(Math.abs(count - 100)).toBeLessThan(4 * Math.sqrt(75));
  });

  test('crops show every place, and padding', () => {
    const seen = new Set<string>();
    const crop = randomCrop(1, 2, { padding: 1, fillValue: -1 });
    for (let seed = 0; seed < 200; seed++) seen.add(crop(numbers(1, 2), rng(seed)).data.join());
    expect([...seen].sort()).toEqual(['-1,-1', '-1,0', '0,1', '1,-1']);
    expect(() => randomCrop(3, 2)(numbers(2, 2), rng())).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: randomCrop: the crop must fit the image, got 3x2 for 2x2; pass \`padding\`]`,
    );
  });
});

describe('one sampling', () => {
  const samplings = (augmentation: Augmentation): number => {
    const generator = rng();
    const run = compile((x: Tensor) => augmentation(x, generator), { fuse: false });
    run(numbers(4, 4));
    return run.programs()[0]!.program.graph.nodes.filter(({ kind }) => kind === 'gather').length / 4;
  };

  test('is all that geometric neighbors with the same options take', () => {
    const geometric = [randomRotation(0.1), randomTranslation(0.1), randomFlip(), randomZoom(0.2), randomPerspective()];
    expect(samplings(compose(...geometric))).toBe(1);
    expect(samplings(compose(...geometric, randomElastic(5, 2)))).toBe(1);
    expect(samplings(compose(compose(...geometric), randomAffine({ rotation: 0.1 })))).toBe(1);
    expect(samplings(compose(randomApply(randomRotation(0.1)), randomChoice([randomFlip(), randomZoom(0.2)])))).toBe(1);
    expect(samplings(compose(randomRotation(0.1), randomBrightness(0.1), randomFlip()))).toBe(2);
    expect(samplings(compose(randomRotation(0.1), randomZoom(0.1, { fillMode: 'wrap' })))).toBe(2);
  });

  test('equals single steps where these lose nothing', () => {
    const steps = [
      randomRotation([0.25, 0.25]),
      randomTranslation([0.5, 0.5], 0, { fillMode: 'wrap' }),
      randomFlip('horizontal'),
    ];
    const wrapped = [randomRotation([0.25, 0.25], { fillMode: 'wrap' }), ...steps.slice(1)];
    const x = numbers(4, 4);
    const flip = rows(compose(...wrapped)(x, rng(2)));
    const quarter = rows(steps[0]!(x, rng()));
    const shifted = [quarter[2], quarter[3], quarter[0], quarter[1]];
    expect([shifted, shifted.map((row) => [...row!].reverse())]).toContainEqual(flip);
  });

  test('reaches beyond what a step alone would have lost', () => {
    const there = randomTranslation([0.5, 0.5], 0, { fillMode: 'constant' });
    const back = randomTranslation([-0.5, -0.5], 0, { fillMode: 'constant' });
    expect(rows(compose(there, back)(numbers(4, 4), rng()))).toEqual(rows(numbers(4, 4)));
  });
});

describe('masks and boxes', () => {
  /** An image that is 1 in a box, its mask and the box. */
  const scene = (left: number, top: number, right: number, bottom: number) => {
    const inside = Array.from({ length: 100 }, (_, i) => {
      const [x, y] = [i % 10, Math.floor(i / 10)];
      return Number(x >= left && x < right && y >= top && y < bottom);
    });
    return {
      images: tensor(inside, [1, 10, 10, 1]) as Tensor,
      masks: tensor(inside, [1, 10, 10], 'uint8') as Tensor,
      boxes: tensor([left, top, right, bottom], [1, 1, 4]) as Tensor,
    };
  };

  test.each([
    ['a quarter turn', randomRotation([0.25, 0.25]), [1, 2, 3, 8]],
    ['a shift', randomTranslation([0.2, 0.2], [-0.1, -0.1], { fillMode: 'constant' }), [1, 3, 7, 5]],
    ['a shift beyond the border', randomTranslation([0, 0], [0.5, 0.5], { fillMode: 'constant' }), [7, 1, 10, 3]],
    ['a zoom', randomZoom([1, 1], { fillMode: 'constant' }), [3.5, 3, 6.5, 4]],
    ['a crop', randomCrop(10, 10), [2, 1, 8, 3]],
  ])('move with the image: %s', (_, augmentation, expected) => {
    const { images, masks, boxes } = augmentation(scene(2, 1, 8, 3), rng());
    expect([...boxes.data].map((v) => Math.round(v * 1e4) / 1e4)).toEqual(expected);
    expect(masks.dtype).toBe('uint8');
    masks.data.forEach((v, i) => expect(Math.abs(v - images.data[i]!)).toBeLessThanOrEqual(0.5));
  });

  test('hold what the image shows after any geometric change', () => {
    for (let seed = 0; seed < 20; seed++) {
      const change = compose(
        randomAffine({ rotation: 0.1, zoom: 0.1, xShear: 0.1, fillMode: 'constant' }),
        randomElastic(4, 3, { fillMode: 'constant' }),
      );
      const { masks, boxes } = change(scene(3, 3, 7, 8), rng(seed));
      const [left, top, right, bottom] = [...boxes.data] as [number, number, number, number];
      masks.data.forEach((isSet, i) => {
        const [x, y] = [(i % 10) + 0.5, Math.floor(i / 10) + 0.5];
        if (isSet) expect([left - 1 < x, x < right + 1, top - 1 < y, y < bottom + 1]).toEqual([true, true, true, true]);
      });
    }
  });

  test('are chosen with their images', () => {
    const one = scene(2, 1, 8, 3);
    const choose = randomChoice([randomRotation([0.25, 0.25]), randomBrightness([0, 0])]);
    const seen = new Set(Array.from({ length: 20 }, (_, seed) => choose(one, rng(seed)).boxes.data.join()));
    expect([...seen].sort()).toEqual(['1,2,3,8', '2,1,8,3']);
  });

  test('must fit the images', () => {
    const { images, masks, boxes } = scene(2, 1, 8, 3);
    const errors = [
      { images, masks: tensor([1]) as Tensor },
      { images, boxes: tensor([1, 2, 3], [1, 1, 3]) as Tensor },
      { images, masks, boxes, labels: tensor([1, 2]) as Tensor },
      { images: tensor([1]) as Tensor },
      { images: tensor([1], [1, 1, 1, 1], 'int32') as Tensor },
    ].map((batch) => {
      try {
        randomFlip()(batch, rng());
      } catch (error) {
        return String(error);
      }
      return 'nothing';
    });
    expect(errors).toMatchInlineSnapshot(`
      [
        "ShapeError: randomFlip: \`masks\` expects [1,10,10] for the images, got [1]",
        "ShapeError: randomFlip: \`boxes\` expects [1,boxes,4], got [1,1,3]",
        "ShapeError: randomFlip: \`labels\` expects 1 rows, got [2]",
        "ShapeError: randomFlip: \`images\` expects [batch,height,width,channels], got [1]",
        "DTypeError: randomFlip: \`images\` must be uint8, float32 or float64, got int32; convert it with \`cast\`",
      ]
    `);
  });
});
