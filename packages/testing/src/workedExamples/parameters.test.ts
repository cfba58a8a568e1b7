// Parameters of whole models, as `model.summary()` of Keras counts them.
import { multiHeadAttention } from '@chainrule/layers-attention';
import {
  conv1d,
  conv2d,
  depthwiseConv2d,
  globalMaxPool1d,
  maxPool1d,
  maxPool2d,
  separableConv2d,
} from '@chainrule/layers-conv';
import { type Layer, zerosInitializer } from '@chainrule/layers-core';
import { dense, embedding, flatten } from '@chainrule/layers-dense';
import { batchNormalization, layerNormalization } from '@chainrule/layers-normalization';
import { bidirectional, gru, lstm, simpleRnn } from '@chainrule/layers-recurrent';
import { input, sequentialOf } from '@chainrule/model';
import { Generator, relu, tanh } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { resNet } from '../blocks/resNet.ts';

type Shape = Parameters<typeof input>[0];
const counts = (shape: Shape, ...layers: Layer[]): { readonly total: number; readonly trainable: number } =>
  sequentialOf(input(shape), layers).build().countParameters();
const total = (shape: Shape, ...layers: Layer[]): number => counts(shape, ...layers).total;
const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b);

describe('dense networks', () => {
  test('of 784-300-100-10 have 266,610', () => {
    const layers = [flatten(), dense(300, { activation: relu }), dense(100, { activation: relu }), dense(10)];
    expect(counts([28, 28], ...layers)).toEqual({ total: 266_610, trainable: 266_610 });
  });

  test('of 784-300-100-10 with batch normalization have 271,346, of which 2,368 are not trainable', () => {
    const layers = [
      flatten(),
      batchNormalization(),
      dense(300, { activation: relu }),
      batchNormalization(),
      dense(100, { activation: relu }),
      batchNormalization(),
      dense(10),
    ];
    expect(counts([28, 28], ...layers)).toEqual({ total: 271_346, trainable: 271_346 - 2368 });
  });

  test('of 784-30-10 have 23,860 (Nielsen 2015, chapter 1), of 784-128-10 101,770 (quickstart of TensorFlow)', () => {
    expect(total([784], dense(30), dense(10))).toBe(23_860);
    expect(total([28, 28], flatten(), dense(128), dense(10))).toBe(101_770);
  });
});

describe('normalization', () => {
  test('of a batch has 4 parameters for each channel, of which 2 are trainable; of layers 2', () => {
    expect(counts([8, 8, 64], batchNormalization())).toEqual({ total: 256, trainable: 128 });
    expect(counts([8, 8, 64], layerNormalization())).toEqual({ total: 128, trainable: 128 });
  });
});

describe('convolutional networks', () => {
  test('with 32 filters of 3×3 on 32×32×3 have 896, also with pooling', () => {
    const convolution = (): Layer => conv2d({ filters: 32, kernelSize: 3 });
    expect(counts([32, 32, 3], convolution())).toEqual({ total: 896, trainable: 896 });
    expect(total([32, 32, 3], convolution(), maxPool2d())).toBe(896);
  });

  // CS231n, "Convolutional Networks": 10 filters of 5×5×3, and the first layer of AlexNet.
  test('with 10 filters of 5×5 on 32×32×3 have 760, with 96 of 11×11 on 227×227×3 34,848 and 96 biases', () => {
    expect(
      total(
        [32, 32, 3],
        conv2d({
          filters: 10,
          kernelSize: 5,
          padding: [
            [2, 2],
            [2, 2],
          ],
        }),
      ),
    ).toBe(760);
    expect(total([227, 227, 3], conv2d({ filters: 96, kernelSize: 11, strides: 4 }))).toBe(34_848 + 96);
  });

  test('with strides on 28×28×1 have 286,940', () => {
    const convolution = { kernelSize: 5, padding: 'same', activation: relu } as const;
    const layers = [
      conv2d({ filters: 10, strides: 2, ...convolution }),
      conv2d({ filters: 40, strides: 2, ...convolution }),
      conv2d({ filters: 80, ...convolution }),
      flatten(),
      dense(50, { activation: relu }),
      dense(10),
    ];
    expect(counts([28, 28, 1], ...layers)).toEqual({ total: 286_940, trainable: 286_940 });
  });

  // LeCun et al. 1998, with trained weights instead of the table of connections, as usual in Keras.
  test('like LeNet-5 have 156 + 2,416 + 48,120 + 10,164 + 850 = 61,706', () => {
    const layers = [
      conv2d({ filters: 6, kernelSize: 5, activation: tanh }),
      maxPool2d(),
      conv2d({ filters: 16, kernelSize: 5, activation: tanh }),
      maxPool2d(),
      flatten(),
      dense(120, { activation: tanh }),
      dense(84, { activation: tanh }),
      dense(10),
    ];
    expect(total([32, 32, 1], ...layers)).toBe(61_706);
    expect(layers.map((layer) => sum([0, ...layer.variables().map(({ value }) => value.value.size)]))).toEqual([
      156, 0, 2416, 0, 0, 48_120, 10_164, 850,
    ]);
  });

  const filters = (...sizes: number[]): Layer[] =>
    sizes.flatMap((size, i) => [...(i > 0 ? [maxPool2d()] : []), conv2d({ filters: size, kernelSize: 3 })]);

  test('of 32, 64 and 64 filters have 122,570 on CIFAR-10 (tutorial of TensorFlow), 93,322 on MNIST (Chollet 2017, 5.1)', () => {
    const layers = (): Layer[] => [...filters(32, 64, 64), flatten(), dense(64), dense(10)];
    expect(total([32, 32, 3], ...layers())).toBe(122_570);
    expect(total([28, 28, 1], ...layers())).toBe(93_322);
  });

  test('of 32 and 64 filters on MNIST have 34,826 (example of Keras, “Simple MNIST convnet”)', () => {
    expect(total([28, 28, 1], ...filters(32, 64), maxPool2d(), flatten(), dense(10))).toBe(34_826);
  });

  test('of 32, 64, 128 and 128 filters on cats and dogs have 3,453,121 (Chollet 2017, 5.2)', () => {
    const layers = [
      ...filters(32, 64, 128, 128),
      maxPool2d(),
      flatten(),
      dense(512, { kernelInitializer: zerosInitializer }),
      dense(1),
    ];
    expect(total([150, 150, 3], ...layers)).toBe(3_453_121);
  });

  // Simonyan and Zisserman 2015, configuration D. The dense layers of the complete network, 123,642,856 parameters, would
  // take half a gigabyte.
  test('like VGG-16 have 14,714,688 without the dense layers', () => {
    const block = (size: number, depth: number): Layer[] => [
      ...Array.from({ length: depth }, () =>
        conv2d({ filters: size, kernelSize: 3, padding: 'same', kernelInitializer: zerosInitializer }),
      ),
      maxPool2d(),
    ];
    const blocks = [block(64, 2), block(128, 2), block(256, 3), block(512, 3), block(512, 3)];
    expect(total([224, 224, 3], ...blocks.flat())).toBe(14_714_688);
  });

  // He et al. 2016, section 4.2: "0.27M". The list of layers without biases: 3×3 kernels, scale and offset of each
  // normalization, the dense layer, and for option B the 1×1 kernels of the two shortcuts that change size.
  test('like ResNet-20 have 269,722 without projections and 272,474 with them, and moving statistics', () => {
    const kernels = 9 * (3 * 16 + 6 * 16 * 16 + 16 * 32 + 5 * 32 * 32 + 32 * 64 + 5 * 64 * 64);
    const channels = 7 * 16 + 6 * 32 + 6 * 64;
    const plain = kernels + 2 * channels + 64 * 10 + 10;
    expect(plain).toBe(269_722);
    const count = (shortcuts: boolean): object => resNet([32, 32, 3], 10, { shortcuts }).build().countParameters();
    expect(count(false)).toEqual({ total: plain + 2 * channels, trainable: 269_722 });
    const projections = 16 * 32 + 32 * 64 + 2 * (32 + 64);
    expect(count(true)).toEqual({ total: plain + projections + 2 * (channels + 96), trainable: 272_474 });
  });

  // Howard et al. 2017: the depthwise and the pointwise part instead of the product, a share of 1/512 + 1/9.
  test('with a separable convolution from 512 to 512 channels have 4,608 + 262,144 instead of 2,359,296', () => {
    const options = { filters: 512, kernelSize: 3, useBias: false } as const;
    const zeros = { kernelInitializer: zerosInitializer };
    const [plain, depthwise, separable] = [
      total([14, 14, 512], conv2d({ ...options, ...zeros })),
      total([14, 14, 512], depthwiseConv2d({ kernelSize: 3, useBias: false })),
      total([14, 14, 512], separableConv2d(options)),
    ];
    expect([plain, depthwise, separable]).toEqual([2_359_296, 4608, 4608 + 262_144]);
    expect(separable / plain).toBeCloseTo(1 / 512 + 1 / 9, 14);
  });
});

describe('recurrent networks', () => {
  test('of LSTMs of 32 units on 9 features, and of another on its outputs, have 5,376 and 8,320', () => {
    expect(total([10, 9], lstm(32))).toBe(5376);
    expect(total([10, 9], lstm(32, { returnSequences: true }), lstm(32)) - 5376).toBe(8320);
  });

  test('of a simple RNN of 64 units on 56 features have 7,744, of 256 on 65 characters 82,432', () => {
    expect(total([10, 56], simpleRnn(64))).toBe(7744);
    expect(total([10, 65], simpleRnn(256))).toBe(82_432);
  });

  test('of a GRU of 64 units on 141 classes have 39,552 with the reset before the product, 39,744 after it', () => {
    expect(total([10, 141], gru(64, { resetAfter: false }))).toBe(39_552);
    expect(total([10, 141], gru(64))).toBe(39_744);
  });

  test('of three LSTMs on frozen vectors have 679,105, of which 179,105 are trained', () => {
    const layers = [
      embedding(5000, 100, { trainable: false }),
      lstm(128, { returnSequences: true }),
      lstm(64, { returnSequences: true }),
      lstm(32),
      dense(1),
    ];
    expect(counts([40], ...layers)).toEqual({ total: 679_105, trainable: 179_105 });
  });

  // The guide "Working with RNNs" of Keras.
  test.each<[string, Shape, () => Layer[], number[]]>([
    ['an LSTM', [20], () => [embedding(1000, 64), lstm(128), dense(10)], [64_000, 98_816, 1290]],
    [
      'a GRU and a simple RNN',
      [20],
      () => [embedding(1000, 64), gru(256, { returnSequences: true }), simpleRnn(128), dense(10)],
      [64_000, 247_296, 49_280, 1290],
    ],
    [
      'bidirectional LSTMs',
      [5, 10],
      () => [bidirectional(lstm(64, { returnSequences: true })), bidirectional(lstm(32)), dense(10)],
      [38_400, 41_216, 650],
    ],
  ])('of the guide of Keras with %s have the parameters of its summary', (_, shape, layers, expected) => {
    const all = layers();
    expect(total(shape, ...all)).toBe(sum(expected));
    expect(all.map((layer) => sum(layer.variables().map(({ value }) => value.value.size)))).toEqual(expected);
  });
});

describe('networks for text', () => {
  test('with 10,000 words of 8 numbers have 80,161 (Chollet 2017, 6.1)', () => {
    expect(total([20], embedding(10_000, 8), flatten(), dense(1))).toBe(80_161);
  });

  test('with two convolutions of 32 filters have 1,315,937 (Chollet 2017, 6.4)', () => {
    const convolution = (): Layer => conv1d({ filters: 32, kernelSize: 7, activation: relu });
    const layers = [embedding(10_000, 128), convolution(), maxPool1d({ poolSize: 5 }), convolution()];
    expect(total([500], ...layers, globalMaxPool1d(), dense(1))).toBe(1_315_937);
  });

  // Vaswani et al. 2017: four matrices of 512×512, here with biases as in Keras.
  test('have 4·(512² + 512) in an attention of 8 heads of 64', () => {
    const attention = multiHeadAttention({ numHeads: 8, keyDim: 64 });
    const shape = [1, 6, 512];
    attention.build([shape, shape], { rng: new Generator(1), dtype: 'float32' });
    expect(sum(attention.variables().map(({ value }) => value.value.size))).toBe(4 * (512 ** 2 + 512));
  });
});
