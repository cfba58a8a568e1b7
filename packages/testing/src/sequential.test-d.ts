// The real layers in the real `sequential`: shapes in types, and errors on the wrong layer.
import type { Layer } from '@chainrule/layers-core';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { activation, dense, dropout, embedding, flatten, rescaling } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { lstm } from '@chainrule/layers-recurrent';
import { input, sequential, type Sequential } from '@chainrule/model';
import { adam, chain, clipByValue, scaleByAdam } from '@chainrule/optim';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy, sparseCategoricalAccuracyOf } from '@chainrule/metrics';
import {
  type FloatDType,
  leakyRelu,
  relu,
  type Shape,
  sigmoid,
  softmax,
  softplus,
  tanh,
  type Tensor,
} from '@chainrule/tensor';

type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function is<Expected>(): <T>(value: T, ...same: Equal<Expected, T> extends true ? [] : [never]) => void;

declare const n: number;
declare const flag: boolean;
declare const unknown: Layer;
declare const list: Layer[];

// Each layer by itself.
is<Sequential<[number, 4], [number, 10], FloatDType>>()(sequential(input([4]), dense(10)));
is<Sequential<[number, 8, 4], [number, 8, 10], FloatDType>>()(
  sequential(input([8, 4]), dense(10, { activation: relu, useBias: false })),
);
is<Sequential<[number, 8, 4], [number, 32]>>()(sequential(input([8, 4]), flatten()));
is<Sequential<[number, 4], [number, 4]>>()(sequential(input([4]), dropout(0.5)));
is<Sequential<[number, 4], [number, 4]>>()(sequential(input([4]), rescaling(1 / 255, -0.5)));
is<Sequential<[number, 4], [number, 4]>>()(sequential(input([4]), activation(relu)));
is<Sequential<[number, 20], [number, 20, 64], 'int32'>>()(sequential(input([20]), embedding(1000, 64)));
is<Sequential<[number, 8, 8, 3], [number, 8, 8, 3]>>()(
  sequential(input([8, 8, 3]), batchNormalization({ momentum: 0.9 })),
);
is<Sequential<[number, 28, 28, 1], [number, 26, 26, 32], FloatDType>>()(
  sequential(input([28, 28, 1]), conv2d({ filters: 32, kernelSize: 3 })),
);
is<Sequential<[number, 28, 28, 1], [number, 14, 28, 32], FloatDType>>()(
  sequential(
    input([28, 28, 1]),
    conv2d({ filters: 32, kernelSize: [3, 5], strides: [2, 1], padding: 'same', activation: relu }),
  ),
);
is<Sequential<[number, 28, 28, 1], [number, 24, 24, 8], FloatDType>>()(
  sequential(input([28, 28, 1]), conv2d({ filters: 8, kernelSize: 3, dilations: 2 })),
);
is<Sequential<[number, 27, 28, 4], [number, 13, 14, 4]>>()(sequential(input([27, 28, 4]), maxPool2d()));
is<Sequential<[number, 27, 28, 4], [number, 9, 14, 4]>>()(
  sequential(input([27, 28, 4]), maxPool2d({ poolSize: [3, 2] })),
);
is<Sequential<[number, 28, 28, 4], [number, 14, 14, 4]>>()(
  sequential(input([28, 28, 4]), maxPool2d({ poolSize: 3, strides: 2, padding: 'same' })),
);
is<Sequential<[number, 28, 28], [number, 128], FloatDType>>()(sequential(input([28, 28]), lstm(128)));
is<Sequential<[number, 28, 28], [number, 28, 128], FloatDType>>()(
  sequential(input([28, 28]), lstm(128, { returnSequences: true, goBackwards: true })),
);
is<Sequential<[number, 28, 28], Shape, FloatDType>>()(
  sequential(input([28, 28]), lstm(128, { returnSequences: flag })),
);

// Activations: ops for any float, and functions of one's own.
dense(10, { activation: sigmoid });
dense(10, { activation: softplus });
dense(10, { activation: softmax });
dense(10, { activation: tanh });
conv2d({ filters: 8, kernelSize: 3, activation: (x) => leakyRelu(x, { negativeSlope: 0.1 }) });
// @ts-expect-error not a function
dense(10, { activation: 'relu' });

// Whole models.
const digits = sequential(
  input([28, 28, 1]),
  rescaling(1 / 255),
  conv2d({ filters: 28, kernelSize: 3, activation: relu }),
  batchNormalization(),
  maxPool2d({ poolSize: 2 }),
  flatten(),
  dense(128, { activation: relu }),
  dropout(0.2),
  dense(10),
);
is<Sequential<[number, 28, 28, 1], [number, 10]>>()(digits);
declare const images: Tensor<[32, 28, 28, 1], 'uint8'>;
declare const plain: Tensor;
is<Tensor<[number, 10]>>()(digits.call(images));
is<Tensor<[number, 10]>>()(digits.call(plain, { training: true }));
is<typeof digits>()(digits.build({ seed: 1, dtype: 'float64' }));
is<Sequential<[number, 20], [number, 5], 'int32'>>()(
  sequential(input([20]), embedding(1000, 64), lstm(32, { returnSequences: true }), lstm(32), dense(5)),
);
is<Sequential<[number, 56, 56, 1], [number, 10]>>()(sequential(input([56, 56, 1]), maxPool2d(), digits));
export const widened: Sequential = digits;
export const opened: Sequential<[number, number, number, 1], [number, 10]> = digits;
digits.compile({
  optimizer: adam({ learningRate: 0.001 }),
  loss: sparseCategoricalCrossEntropy,
  metrics: { accuracy: sparseCategoricalAccuracy() },
});
// @ts-expect-error the option does not exist
digits.compile({ optimizer: adam(), loss: sparseCategoricalCrossEntropy, metric: sparseCategoricalAccuracy() });
digits.compile({
  optimizer: adam(),
  loss: sparseCategoricalCrossEntropy,
  metrics: [sparseCategoricalAccuracy(), sparseCategoricalAccuracyOf],
});
// @ts-expect-error without a learning rate, training would go uphill
digits.compile({ optimizer: scaleByAdam(), loss: sparseCategoricalCrossEntropy });
digits.compile({ optimizer: chain(clipByValue(1), adam()), loss: sparseCategoricalCrossEntropy });
// @ts-expect-error a model has a shape
export const wrong: Sequential<[number, 28, 28, 1], [number, 11]> = digits;

// Sizes, layers and lists that are not known.
is<Sequential<[number, number, number, 1], [number, 10], FloatDType>>()(
  sequential(input([n, n, 1]), conv2d({ filters: 32, kernelSize: 3 }), maxPool2d(), flatten(), dense(10)),
);
is<Sequential<[number, 28, 28, 1], [number, number], FloatDType>>()(
  sequential(input([28, 28, 1]), conv2d({ filters: n, kernelSize: n }), flatten(), dense(n)),
);
is<Sequential<[number, 28, 28], Shape>>()(sequential(input([28, 28]), unknown));
is<Sequential<[number, 28, 28], [number, number]>>()(sequential(input([28, 28]), unknown, flatten()));
is<Sequential<[number, 28, 28], Shape>>()(sequential(input([28, 28]), ...list));
is<Sequential<[number, 28, 28], Shape>>()(sequential(input([28, 28]), flatten(), ...list));

// The error stands on the wrong layer.
sequential(
  input([28, 28, 1]),
  flatten(),
  // @ts-expect-error layer 1: maxPool2d: expects rank 4 [batch,height,width,channels], got [?,784]
  maxPool2d(),
  dense(10),
);
sequential(
  input([4, 4, 1]),
  maxPool2d(),
  // @ts-expect-error layer 1: conv2d: window 3x3 is larger than the input [2,2]
  conv2d({ filters: 8, kernelSize: 3 }),
  flatten(),
);
sequential(
  input([28, 28]),
  lstm(32),
  // @ts-expect-error layer 1: lstm: expects rank 3 [batch,time,features], got [?,32]
  lstm(32),
);
sequential(
  input([]),
  // @ts-expect-error layer 0: dense: expects rank 2 or more [batch,…,features], got [?]
  dense(10),
);
sequential(
  input([28, 28, 3]),
  // @ts-expect-error layer 0: model: expects [?,28,28,1], got [?,28,28,3]
  digits,
);
// @ts-expect-error not a layer
sequential(input([28]), relu);
// @ts-expect-error the filters are missing
conv2d({ kernelSize: 3 });
// @ts-expect-error one size or two
maxPool2d({ poolSize: [2, 2, 2] });
