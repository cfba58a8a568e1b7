import { conv2d, globalAveragePool2d } from '@chainrule/layers-conv';
import { dense, flatten } from '@chainrule/layers-dense';
import { fromValues } from '@chainrule/layers-core';
import { apply, functional, input, type Model, sequential } from '@chainrule/model';
import { ones, relu, Tensor, tensor, zeros } from '@chainrule/tensor';
import { plotActivations, plotGradCam, plotSaliency, plotWeights } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';

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

  test('plotGradCam refuses models that branch, and layers that it cannot split at', () => {
    const x = input([4, 4, 1]);
    const shared = dense(2);
    const flat = apply(x, flatten());
    const branching = functional([x], [apply(flat, shared), apply(flat, dense(2))]);
    expect(() => plotGradCam(branching as never, corner)).toThrow(
      'plotGradCam: `model` must be a model with one input and one output',
    );
    expect(() => plotGradCam(brightness(), corner, { layer: 'conv' })).toThrow('`layer` must be one of conv2d');
    expect(() => plotGradCam(brightness(), corner, { layer: 'dense' })).toThrow('a layer whose output is an image');
    expect(() => plotGradCam(brightness(), corner, { class: 2 })).toThrow('`class` must be below 2');
    expect(() => plotSaliency(brightness(), zeros([4, 4]))).toThrow('plotSaliency: `images` must be images');
  });

  test('plotWeights has a histogram for each trainable variable', () => {
    const model = brightness();
    expect(plotWeights(model).panels.map(({ title }) => title)).toEqual(model.variables().map(({ name }) => name));
  });
});
