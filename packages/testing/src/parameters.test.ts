// Parameters of whole models, as `model.summary()` of Keras counts them.
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { dense, flatten } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { input, sequential } from '@chainrule/model';
import { relu } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

describe('the parameters', () => {
  test('of 32 filters of 3×3 on 32×32×3 are 896', () => {
    expect(sequential(input([32, 32, 3]), conv2d({ filters: 32, kernelSize: 3 })).build().countParameters()).toEqual({ total: 896, trainable: 896 });
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
    const model = sequential(input([28, 28]), flatten(), dense(300, { activation: relu }), dense(100, { activation: relu }), dense(10)).build();
    expect(model.countParameters()).toEqual({ total: 266_610, trainable: 266_610 });
  });

  test('of 784-300-100-10 with batch normalisation are 271,346, of which 2,368 are not trainable', () => {
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
    expect(sequential(input([32, 32, 3]), conv2d({ filters: 32, kernelSize: 3 }), maxPool2d()).build().countParameters().total).toBe(896);
  });
});
