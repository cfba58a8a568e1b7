import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import type { Tensor } from '../../array/tensor.ts';
import { expectSame } from '../../oracle/agreement.ts';
import { ones, tensor, zeros } from '../creation/creation.ts';
import { sampleImage, type SampleImageOptions } from './sampleImage.ts';

interface Golden {
  readonly images: number[];
  readonly points: number[];
  readonly cases: readonly { of: string; options: SampleImageOptions; values: number[][][] }[];
}

const golden = JSON.parse(
  readFileSync(new URL('../../../testdata/sampleImage.json', import.meta.url), 'utf8'),
) as Golden;
const modes = ['constant', 'nearest', 'reflect', 'wrap'] as const;
const image: Tensor = tensor([0, 1, 2, 3, 4, 5], [1, 2, 3, 1]);
const at = (...points: (readonly [number, number])[]): Tensor => tensor(points.flat(), [1, points.length, 2]);
const read = (x: Tensor, points: Tensor, options?: SampleImageOptions): number[] => [
  ...sampleImage(x, points, options).data,
];

describe('sampleImage', () => {
  test.each(golden.cases)('reads what $of reads: $options', ({ options, values }) => {
    for (const dtype of ['float32', 'float64'] as const) {
      const y = sampleImage(tensor(golden.images, undefined, dtype), tensor(golden.points, undefined, dtype), options);
      expect(y.shape).toEqual([2, 18, 2]);
      y.data.forEach((v, i) => expect(v).toBeCloseTo(values.flat(2)[i]!, 4));
    }
  });

  it.each(modes)('gives the pixels themselves at whole coordinates, with %s', (fillMode) => {
    const grid = at([0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]);
    for (const interpolation of ['nearest', 'bilinear'] as const)
      expect(read(image, grid, { fillMode, interpolation })).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('keeps infinities and NaN where they are, at whole coordinates', () => {
    const x: Tensor = tensor([1, Infinity, 2, NaN, 3, -Infinity], [1, 2, 3, 1]);
    const grid = at([0, 0], [0, 1], [0, 2], [1, 0], [1, 1], [1, 2]);
    for (const fillMode of modes) expect(read(x, grid, { fillMode })).toEqual([1, Infinity, 2, NaN, 3, -Infinity]);
    expect(read(x, at([0, 0.5], [0.5, 0], [0, 1.5]))).toEqual([Infinity, NaN, NaN]);
  });

  it('reads every dtype at the nearest pixel, and fills beyond', () => {
    for (const dtype of ['uint8', 'int32', 'bool'] as const) {
      const x = tensor([1, 0, 0, 1], [1, 2, 2, 1], dtype);
      const y = sampleImage(x, at([0, 0], [1, 0], [9, 0]), { interpolation: 'nearest', fillValue: 1 });
      expect([y.dtype, [...y.data]]).toEqual([dtype, [1, 0, 1]]);
    }
  });

  it('keeps infinite coordinates far away, and gives NaN for a NaN', () => {
    const far = at([Infinity, 0], [-Infinity, 0], [0, 1e30], [NaN, 0]);
    expect(read(image, far)).toEqual([0, 0, 0, NaN]);
    expect(read(image, far, { fillMode: 'nearest' })).toEqual([3, 0, 2, NaN]);
    for (const fillMode of ['reflect', 'wrap'] as const)
      expect(read(image, far, { fillMode }).map(Number.isNaN)).toEqual([true, true, false, true]);
    for (const fillMode of modes) expect(read(image, far, { fillMode, interpolation: 'nearest' })).toHaveLength(4);
  });

  it.each(modes)('is the oracle’s, with %s', (fillMode) => {
    const points: Tensor = tensor([0.2, 1.7, -3.4, 0.6, 5.1, 2.8], [1, 3, 2], 'float64');
    const x: Tensor = tensor([0, 1, 2, 3, 4, 5], [1, 2, 3, 1], 'float64');
    for (const interpolation of ['nearest', 'bilinear'] as const)
      expectSame((a, b) => sampleImage(a, b, { fillMode, interpolation, fillValue: 2 }), [x, points]);
  });

  it('takes images of one pixel, no images and no points', () => {
    for (const fillMode of modes)
      expect(read(ones([1, 1, 1, 1]), at([0, 0], [0.25, 0]), { fillMode })).toEqual([
        1,
        fillMode === 'constant' ? 0.75 : 1,
      ]);
    expect(sampleImage(zeros([0, 2, 2, 3]), zeros([0, 5, 4, 2])).shape).toEqual([0, 5, 4, 3]);
    expect(sampleImage(zeros([2, 2, 2, 3]), zeros([2, 0, 2])).shape).toEqual([2, 0, 3]);
    expect(sampleImage(zeros([2, 2, 2, 0]), zeros([2, 1, 2])).shape).toEqual([2, 1, 0]);
  });

  it('refuses other shapes and dtypes', () => {
    const [x, points]: Tensor[] = [zeros([2, 3, 3, 1]), zeros([2, 4, 2])] as Tensor[];
    const errors = [
      () => sampleImage(zeros([2, 3, 3]) as Tensor, points!),
      () => sampleImage(zeros([2, 0, 3, 1]) as Tensor, points!),
      () => sampleImage(x!, zeros([1, 4, 2]) as Tensor),
      () => sampleImage(x!, zeros([2, 4, 3]) as Tensor),
      () => sampleImage(x!, zeros([2, 4, 2], 'int32') as Tensor<[2, 4, 2], never>),
      () => sampleImage(zeros([2, 3, 3, 1], 'uint8') as Tensor, points!),
      () => sampleImage(x!, points!, { fillMode: 'mirror' as 'wrap' }),
      () => sampleImage(x!, points!, { fillValue: NaN }),
    ].map((call) => {
      try {
        call();
      } catch (error) {
        return String(error);
      }
      return 'nothing';
    });
    expect(errors).toMatchInlineSnapshot(`
      [
        "ShapeError: sampleImage: \`images\` expects [batch,height,width,channels] with pixels, got [2,3,3]",
        "ShapeError: sampleImage: \`images\` expects [batch,height,width,channels] with pixels, got [2,0,3,1]",
        "ShapeError: sampleImage: \`coordinates\` expects [2,...points,2] for 2 images, got [1,4,2]",
        "ShapeError: sampleImage: \`coordinates\` expects [2,...points,2] for 2 images, got [2,4,3]",
        "DTypeError: sampleImage: expects float32 or float64, got int32; convert it with \`cast\`",
        "DTypeError: sampleImage: \`images\` must be float32 or float64 to be interpolated, got uint8; convert them with \`cast\`, or pass \`interpolation: 'nearest'\`",
        "OptionError: sampleImage: \`fillMode\` must be "constant", "nearest", "reflect" or "wrap", got "mirror"",
        "OptionError: sampleImage: \`fillValue\` must be a finite number, got NaN",
      ]
    `);
  });
});
