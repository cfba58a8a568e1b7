import { Generator, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { maxPool2d, type MaxPool2dOptions } from './maxPool2d.ts';

function run(options: MaxPool2dOptions, x: Tensor): unknown {
  const layer = maxPool2d(options);
  const y = layer.call([{ data: x }], { training: false, rng: new Generator(1) })[0]!.data;
  expect(y.shape).toEqual(layer.outputShape([x.shape])[0]);
  return y.toArray();
}

describe('maxPool2d', () => {
  const x = tensor([
    [
      [[1], [5], [2]],
      [[4], [3], [9]],
      [[7], [8], [6]],
    ],
  ]);

  test('takes the largest of each window, which moves by its own size', () => {
    expect(run({}, x)).toEqual([[[[5]]]]);
    expect(run({ poolSize: [3, 1] }, x)).toEqual([[[[7], [8], [9]]]]);
  });

  test('may overlap', () => {
    expect(run({ strides: 1 }, x)).toEqual([
      [
        [[5], [9]],
        [[8], [9]],
      ],
    ]);
  });

  test('with padding same sees only what is there, also where all is negative', () => {
    expect(run({ padding: 'same' }, x)).toEqual([
      [
        [[5], [9]],
        [[8], [6]],
      ],
    ]);
    expect(run({ padding: 'same' }, tensor([[[[-3]]]]))).toEqual([[[[-3]]]]);
  });

  test('pools each channel by itself', () => {
    expect(
      run(
        {},
        tensor([
          [
            [
              [1, -1],
              [2, -2],
            ],
            [
              [3, -3],
              [4, -4],
            ],
          ],
        ]),
      ),
    ).toEqual([[[[4, -1]]]]);
  });

  test('rounds sizes down with padding valid and up with same', () => {
    expect(maxPool2d().outputShape([[32, 13, 26, 28]])).toEqual([[32, 6, 13, 28]]);
    expect(maxPool2d({ padding: 'same' }).outputShape([[32, 13, 26, 28]])).toEqual([[32, 7, 13, 28]]);
    expect(maxPool2d({ poolSize: 3, strides: 2 }).outputShape([[32, 13, 26, 28]])).toEqual([[32, 6, 12, 28]]);
  });

  test('has no variables and keeps its options', () => {
    const layer = maxPool2d({ poolSize: [2, 3] });
    layer.build([[1, 4, 6, 1]], { rng: new Generator(1), dtype: 'float32' });
    expect([layer.variables(), layer.config()]).toEqual([[], [{ poolSize: [2, 3] }]]);
  });

  test('refuses bad options and other inputs than images', () => {
    expect(() => maxPool2d({ poolSize: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: maxPool2d: \`poolSize\` must be a positive integer or 2 of them, got 0]`,
    );
    expect(() => maxPool2d({ strides: [1, -1] })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: maxPool2d: \`strides\` must be a positive integer or 2 of them, got [1,-1]]`,
    );
    expect(() => maxPool2d().outputShape([[1, 28, 28]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: expects rank 4 [batch,height,width,channels], got [1,28,28]]`,
    );
    expect(() => maxPool2d({ poolSize: 5 }).outputShape([[1, 4, 4, 1]])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: maxPool2d: window 5x5 is larger than the input [4,4]]`,
    );
  });
});
