// Parameters of whole models, as `model.summary()` of Keras counts them.
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, embedding, flatten } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { gru, lstm, simpleRnn } from '@chainrule/layers-recurrent';
import { input, sequential, sequentialOf } from '@chainrule/model';
import { relu } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

describe('the parameters', () => {
  test('of 32 filters of 3×3 on 32×32×3 are 896', () => {
    expect(
      sequential(input([32, 32, 3]), conv2d({ filters: 32, kernelSize: 3 }))
        .build()
        .countParameters(),
    ).toEqual({ total: 896, trainable: 896 });
  });

  test('of a CNN with strides on 28×28×1 are 286,940', () => {
    const convolution = { kernelSize: 5, padding: 'same', activation: relu } as const;
    const model = sequential(
      input([28, 28, 1]),
      conv2d({ filters: 10, strides: 2, ...convolution }),
      conv2d({ filters: 40, strides: 2, ...convolution }),
      conv2d({ filters: 80, ...convolution }),
      flatten(),
      dense(50, { activation: relu }),
      dense(10),
    ).build();
    expect(model.countParameters()).toEqual({ total: 286_940, trainable: 286_940 });
  });

  test('of 784-300-100-10 are 266,610', () => {
    const model = sequential(
      input([28, 28]),
      flatten(),
      dense(300, { activation: relu }),
      dense(100, { activation: relu }),
      dense(10),
    ).build();
    expect(model.countParameters()).toEqual({ total: 266_610, trainable: 266_610 });
  });

  test('of 784-300-100-10 with batch normalization are 271,346, of which 2,368 are not trainable', () => {
    const model = sequential(
      input([28, 28]),
      flatten(),
      batchNormalization(),
      dense(300, { activation: relu }),
      batchNormalization(),
      dense(100, { activation: relu }),
      batchNormalization(),
      dense(10),
    ).build();
    expect(model.countParameters()).toEqual({ total: 271_346, trainable: 271_346 - 2368 });
  });

  test('do not grow with pooling', () => {
    expect(
      sequential(input([32, 32, 3]), conv2d({ filters: 32, kernelSize: 3 }), maxPool2d())
        .build()
        .countParameters().total,
    ).toBe(896);
  });

  test('of an LSTM of 32 units on 9 features, and of another on its outputs, are 5,376 and 8,320', () => {
    const count = (...layers: Parameters<typeof sequentialOf>[1]): number =>
      sequentialOf(input([10, 9]), layers)
        .build()
        .countParameters().total;
    const [first, second] = [lstm(32, { returnSequences: true }), lstm(32)];
    expect(count(first)).toBe(5376);
    expect(count(lstm(32, { returnSequences: true }), second) - 5376).toBe(8320);
  });

  test('of a simple RNN of 64 units on 56 features are 7,744, of 256 on 65 characters 82,432', () => {
    expect(
      sequential(input([10, 56]), simpleRnn(64))
        .build()
        .countParameters().total,
    ).toBe(7744);
    expect(
      sequential(input([10, 65]), simpleRnn(256))
        .build()
        .countParameters().total,
    ).toBe(82_432);
  });

  test('of a GRU of 64 units on 141 classes are 39,552 with the reset before the product, 39,744 after it', () => {
    expect(
      sequential(input([10, 141]), gru(64, { resetAfter: false }))
        .build()
        .countParameters().total,
    ).toBe(39_552);
    expect(
      sequential(input([10, 141]), gru(64))
        .build()
        .countParameters().total,
    ).toBe(39_744);
  });

  test('of three LSTMs on frozen vectors are 679,105, of which 179,105 are trained', () => {
    const model = sequential(
      input([40]),
      embedding(5000, 100, { trainable: false }),
      lstm(128, { returnSequences: true }),
      lstm(64, { returnSequences: true }),
      lstm(32),
      dense(1),
    ).build();
    expect(model.countParameters()).toEqual({ total: 679_105, trainable: 179_105 });
  });
});
