import { conv2d, globalAveragePool2d } from '@chainrule/layers-conv';
import { dense, flatten } from '@chainrule/layers-dense';
import { fromValues } from '@chainrule/layers-core';
import { add } from '@chainrule/layers-merge';
import { apply, functional, input, type Model, sequential } from '@chainrule/model';
import { ones, relu, Tensor, tensor, zeros } from '@chainrule/tensor';
import {
  type CellFigure,
  plotActivations,
  plotGradCam,
  plotMaximized,
  plotOcclusion,
  plotReconstructions,
  plotSaliency,
  plotWeights,
} from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';
import { resNet } from './blocks/resNet.ts';

/** Finds bright pixels (class 0) and dark ones (class 1). */
function brightness(): Model {
  const kernel = fromValues(tensor([1, -1], [1, 1, 1, 2]));
  const average = fromValues(tensor([[1, 0], [0, 1]])); // prettier-ignore
  return sequential(
    input([4, 4, 1]),
    conv2d({ filters: 2, kernelSize: 1, kernelInitializer: kernel, activation: relu }),
    globalAveragePool2d(),
    dense(2, { kernelInitializer: average }),
  ).build();
}

/** Bright in the upper left quarter, dark elsewhere. */
const corner = new Tensor(
  [1, 4, 4, 1],
  'uint8',
  Uint8Array.from({ length: 16 }, (_, i) => (i % 4 < 2 && i < 8 ? 200 : 0)),
);

describe('figures of a model', () => {
  test('plotActivations shows the channels of layers whose outputs are images', () => {
    const { panels } = plotActivations(brightness(), ones([4, 4, 1]));
    expect(panels.map(({ title, images }) => [title, images.length])).toEqual([['conv2d', 2]]);
    // The filter for bright pixels answers, the other one does not.
    expect(panels[0]!.images.map(({ data }) => data[0])).toEqual([255, 0]);
    expect(() => plotActivations(brightness(), ones([4, 4, 1]), { layers: ['dense'] })).toThrow(
      'plotActivations: `layers` must be layers whose outputs are images, got "dense"',
    );
    expect(() => plotActivations(brightness(), ones([2, 4, 4, 1]))).toThrow('`x` must be one image');
  });

  test('plotSaliency shows the pixels that the score depends on', () => {
    const { images } = plotSaliency(brightness(), corner);
    expect(images.map(({ caption }) => caption)).toEqual(['image', 'class 0']);
    const bright = [...corner.data].map((value) => (value > 0 ? 255 : 0));
    expect([...images[1]!.data]).toEqual(bright);
  });

  test('plotGradCam tints the places that speak for the class', () => {
    const { images } = plotGradCam(brightness(), corner);
    const [red, , blue] = [0, 1, 2].map((color) => images[1]!.data[color]!) as [number, number, number];
    expect(red).toBeGreaterThan(blue);
    expect([...images[1]!.data.slice(-3)]).toEqual([0, 0, 0]);
    // Nothing speaks for class 1 in an image without negative pixels.
    expect([...plotGradCam(brightness(), corner, { class: 1 }).images[1]!.data.slice(0, 3)]).toEqual([200, 200, 200]);
  });

  test('plotGradCam of a linear head over a shortcut is the class activation map', () => {
    // The block computes 3·a of its input a; the score of a class is the mean of Σ_k w_k·3·a_k (Zhou et al. 2016).
    const [up, twice] = [tensor([1, -1], [1, 1, 1, 2]), tensor([2, 0, 0, 2], [1, 1, 2, 2])];
    const head = [[1, -2], [3, 1]]; // prettier-ignore
    const x = input([2, 3, 1]);
    const convolve = (name: string, kernel: Tensor) =>
      conv2d({ filters: 2, kernelSize: 1, kernelInitializer: fromValues(kernel), name });
    const first = apply(x, convolve('first', up));
    const sum = apply([first, apply(first, convolve('second', twice))], add());
    const end = apply(sum, globalAveragePool2d(), dense(2, { kernelInitializer: fromValues(tensor(head)) }));
    const model = functional(x, end).build() as unknown as Model;
    const pixels = [0, 1, 2, 4, 10, 100];
    const images = new Tensor([1, 2, 3, 1], 'uint8', Uint8Array.from(pixels));
    for (const group of [0, 1]) {
      const map = pixels.map((v) => Math.max(0, 3 * v * (head[0]![group]! - head[1]![group]!)));
      const most = Math.max(...map);
      const expected = pixels.map((v, i) => Math.round(v + 0.75 * (most ? map[i]! / most : 0) * (0xd9 - v)));
      for (const layer of ['first', 'add', undefined]) {
        const { images: drawn } = plotGradCam(model, images, { class: group, ...(layer && { layer }) });
        expect(pixels.map((_, i) => drawn[1]!.data[3 * i])).toEqual(expected);
      }
    }
    expect(plotSaliency(model, images).images).toHaveLength(2);
    expect(plotActivations(model, zeros([2, 3, 1])).panels.map(({ title }) => title)).toEqual([
      'first',
      'second',
      'add',
    ]);
  });

  test('plotGradCam of ResNet finds the layer before the pooling', () => {
    const model = resNet([8, 8, 1], 2, { blocks: 1, filters: 4 }).build() as unknown as Model;
    expect(plotGradCam(model, ones([2, 8, 8, 1])).images).toHaveLength(4);
    expect(plotGradCam(model, ones([1, 8, 8, 1]), { layer: 'add_1' }).images).toHaveLength(2);
  });

  test('plotGradCam refuses several outputs, and layers that it cannot cut at', () => {
    const x = input([4, 4, 1]);
    const flat = apply(x, flatten());
    const branching = functional([x], [apply(flat, dense(2)), apply(flat, dense(2))]);
    expect(() => plotGradCam(branching as never, corner)).toThrow(
      'plotGradCam: `model` must be a model with one input and one output',
    );
    expect(() => plotGradCam(brightness(), corner, { layer: 'conv' })).toThrow('`layer` must be one of conv2d');
    expect(() => plotGradCam(brightness(), corner, { layer: 'dense' })).toThrow('a layer whose output is an image');
    expect(() => plotGradCam(brightness(), corner, { class: 2 })).toThrow('`class` must be below 2');
    expect(() => plotSaliency(brightness(), zeros([4, 4]))).toThrow('plotSaliency: `images` must be images');
  });

  test('plotMaximized of a linear unit is the picture of its weights', () => {
    const weights = [...Array(15).keys()].map((i) => Math.sin(i));
    const kernel = tensor(weights.flatMap((w) => [w, 2 - 4 * w]), [15, 2]); // prettier-ignore
    const model = sequential(input([3, 5, 1]), flatten(), dense(2, { kernelInitializer: fromValues(kernel) })).build();
    const { images } = plotMaximized(model, { blur: 0, scale: 3, l2: 0.5, steps: 20 });
    images.forEach(({ data, caption }, unit) => {
      const w = weights.map((weight) => [weight, 2 - 4 * weight][unit]!);
      const most = Math.max(...w.map(Math.abs));
      expect([...data].every((gray, i) => Math.abs(gray - 255 * (0.5 + w[i]! / (2 * most))) < 1)).toBe(true);
      // w·x for x = 3·w / rms(w)
      const value = 3 * Math.sqrt(15 * w.reduce((sum, one) => sum + one * one, 0));
      expect(Number(caption.split(': ')[1])).toBeCloseTo(Number(value.toPrecision(3)), 5);
    });
  });

  test('plotMaximized of a channel of a convolution maximizes its mean', () => {
    // The mean of a 1 × 1 filter is w · mean(x), which a constant image maximizes: w = 1 by white, w = −1 by black.
    const linear = sequential(
      input([4, 4, 1]),
      conv2d({ filters: 2, kernelSize: 1, kernelInitializer: fromValues(tensor([1, -1], [1, 1, 1, 2])) }),
      globalAveragePool2d(),
      dense(2),
    ).build({ seed: 1 });
    const options = { layer: 'conv2d', blur: 0, l2: 0.5, steps: 20, units: [1, 0] };
    const { images, title } = plotMaximized(linear, options);
    expect(title).toBe('images that maximize conv2d');
    expect(images.map(({ caption }) => caption)).toEqual(['unit 1: 1', 'unit 0: 1']);
    expect(images.map(({ data }) => [...new Set(data)])).toEqual([[0], [255]]);
    expect(plotMaximized(linear, { ...options, units: [] }).images).toEqual([]);
  });

  test('plotMaximized starts from noise of a seed, and stays there where no unit answers', () => {
    const off = fromValues(tensor([-1], [1]));
    const zero = fromValues(tensor([0, 0, 0, 0], [4, 1]));
    const silent = sequential(input([2, 2, 1]), flatten(), dense(1, { kernelInitializer: zero, biasInitializer: off, activation: relu })).build(); // prettier-ignore
    const pixels = (seed: number) => [...plotMaximized(silent, { seed, steps: 3 }).images[0]!.data];
    expect(pixels(1)).toEqual(pixels(1));
    expect(pixels(1)).not.toEqual(pixels(2));
    expect(new Set(pixels(1)).size).toBeGreaterThan(1);
  });

  test('plotMaximized refuses units and layers that do not exist, and models of other inputs', () => {
    expect(() => plotMaximized(brightness(), { units: [2] })).toThrow(
      'plotMaximized: `units` must be below 2, the number of units of dense, got 2',
    );
    expect(() => plotMaximized(brightness(), { layer: 'conv' })).toThrow('`layer` must be one of conv2d');
    expect(() => plotMaximized(sequential(input([4]), dense(2)).build())).toThrow('a model of images');
    expect(() => plotMaximized(sequential(input([null, 4, 1]), conv2d({ filters: 1, kernelSize: 1 })).build())).toThrow(
      'with fixed sizes',
    );
    expect(() => plotMaximized(brightness(), { l2: 0 })).toThrow('`l2` must be above 0 and at most 1, got 0');
  });

  test('plotOcclusion of a linear model is the sum of what the square covers', () => {
    const weights = [...Array(15).keys()].map((i) => Math.sin(i));
    const kernel = tensor(weights.flatMap((w) => [w, -w]), [15, 2]); // prettier-ignore
    const model = sequential(input([3, 5, 1]), flatten(), dense(2, { kernelInitializer: fromValues(kernel) })).build();
    const values = [...Array(15).keys()].map((i) => 1 + i / 4);
    const { panels } = plotOcclusion(model, tensor(values, [1, 3, 5, 1]), { size: 2, stride: 2, class: 1, fill: 0.5 });
    const map = panels[1] as CellFigure;
    expect([map.rows, map.columns, map.title]).toEqual([['0', '1'], ['0', '2', '3'], 'class 1']);
    const at = (top: number, left: number): number =>
      [0, 1].flatMap((y) => [0, 1].map((x) => (top + y) * 5 + left + x)).reduce((sum, i) => sum - weights[i]! * (values[i]! - 0.5), 0); // prettier-ignore
    map.values.forEach((row, r) =>
      row.forEach((fall, c) => expect(fall).toBeCloseTo(at([0, 1][r]!, [0, 2, 3][c]!), 4)),
    );
  });

  test('plotOcclusion takes more places than a batch, no images, and refuses large squares', () => {
    const images = ones([1, 4, 4, 1]);
    const map = plotOcclusion(brightness(), ones([1, 4, 4, 1]), { size: 4, stride: 1 }).panels[1] as CellFigure;
    // The whole image is covered: the score of class 0, which is the mean, falls from 1 to 0.
    expect(map.values).toEqual([[1]]);
    const wide = sequential(input([7, 7, 1]), flatten(), dense(1)).build({ seed: 1 });
    const many = plotOcclusion(wide, ones([1, 7, 7, 1]), { size: 1, stride: 1 }).panels[1] as CellFigure;
    const { value } = wide.variables()[0]!.value;
    many.values.flat().forEach((fall, i) => expect(fall).toBeCloseTo(value.data[i]!, 4));
    expect(plotOcclusion(brightness(), zeros([0, 4, 4, 1])).panels).toEqual([]);
    expect(() => plotOcclusion(brightness(), images, { size: 5 })).toThrow(
      'plotOcclusion: `size` must be at most 4, the shorter side of the images, got 5',
    );
  });

  test('plotReconstructions puts images over what a model makes of them, with the error', () => {
    const half = sequential(input([2, 2, 1]), conv2d({ filters: 1, kernelSize: 1, kernelInitializer: fromValues(tensor([0.5], [1, 1, 1, 1])) })).build(); // prettier-ignore
    const { images } = plotReconstructions(half, tensor([1, 1, 0, 0, 0, 0, 0, 0], [2, 2, 2, 1]), { count: 5 });
    // ((1 − ½)² + (1 − ½)²) / 4
    expect(images.map(({ caption }) => caption)).toEqual(['error 0.125', 'error 0']);
    const gray = [...images[0]!.data].filter((_, i) => i % 4 === 0);
    expect([images[0]!.width, images[0]!.height, gray]).toEqual([2, 5, [255, 255, 0, 0, 0, 0, 128, 128, 0, 0]]);
    expect(() => plotReconstructions(brightness(), corner)).toThrow(
      'plotReconstructions: `model` must be a model from images to images 1 × 4 × 4 × 1, got [1,2]',
    );
    expect(() => plotReconstructions(half, zeros([2]))).toThrow('`images` must be images');
  });

  test('plotWeights has a histogram for each trainable variable', () => {
    const model = brightness();
    expect(plotWeights(model).panels.map(({ title }) => title)).toEqual(model.variables().map(({ name }) => name));
  });
});
