// Fully convolutional models on images of different sizes.
import { conv2d, globalAveragePool2d, maxPool2d } from '@chainrule/layers-conv';
import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { getWeights, input, sequential } from '@chainrule/model';
import { sgd } from '@chainrule/optim';
import { Generator, randomUniform, slice, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const images = (height: number, width: number, count = 1): Tensor =>
  randomUniform(new Generator(height), [count, height, width, 3]);

describe('a model with free height and width', () => {
  test('predicts images of any size, and learns from batches of several sizes', async () => {
    const model = sequential(
      input([null, null, 3]),
      conv2d({ filters: 4, kernelSize: 3, padding: 'same' }),
      maxPool2d(),
      conv2d({ filters: 2, kernelSize: 1 }),
      globalAveragePool2d(),
      dense(1),
    );
    const trainer = model.compile({ optimizer: sgd({ learningRate: 0.01 }), loss: meanSquaredError, seed: 1 });
    for (const [height, width] of [
      [8, 8],
      [12, 9],
      [5, 31],
    ] as const)
      expect((await trainer.predict(images(height, width, 2))).shape).toEqual([2, 1]);
    const before = getWeights(model);
    for (const x of [images(8, 8, 2), images(6, 9, 2)])
      await trainer.trainStep({ x: x, y: randomUniform(new Generator(1), [2, 1]) });
    expect(trainer.steps).toBe(2);
    expect(getWeights(model)).not.toEqual(before);
  });

  test('predicts a map whose size follows the image, position by position', async () => {
    const model = sequential(
      input([null, null, 3]),
      conv2d({ filters: 4, kernelSize: 3 }),
      conv2d({ filters: 2, kernelSize: 3 }),
    );
    const trainer = model.compile({ optimizer: sgd(), loss: meanSquaredError, seed: 1 });
    const large = images(12, 10);
    const map = await trainer.predict(large);
    expect(map.shape).toEqual([1, 8, 6, 2]);
    // The part of an image gives the part of its map.
    const part = await trainer.predict(slice(large, [0, 2, 1, 0], [1, 7, 8, 3]));
    const expected = slice(map, [0, 2, 1, 0], [1, 3, 4, 2]);
    part.data.forEach((v, i) => expect(v).toBeCloseTo(expected.data[i]!, 5));
    expect(part.shape).toEqual([1, 3, 4, 2]);
  });
});
