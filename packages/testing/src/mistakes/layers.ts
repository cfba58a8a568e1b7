import { multiHeadAttention } from '@chainrule/layers-attention';
import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { activation, dense, dropout, embedding, flatten } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { lstm } from '@chainrule/layers-recurrent';
import { input, sequential } from '@chainrule/model';
import { relu } from '@chainrule/tensor';
import { x } from './examples.ts';
import type { Mistake } from './mistake.ts';

/** Mistakes with layers. */
export const layers: readonly Mistake[] = [
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense({ units: 10 }),
    'dense: `units` must be a positive integer, got { units: 10 }; write `dense(10)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense({ units: 10, activation: 'relu' }),
    'dense: `units` must be a positive integer, got { units: 10, activation: "relu" }; write `dense(10, …)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(),
    'dense: `units` must be a positive integer, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense('10'),
    'dense: `units` must be a positive integer, got "10"',
  ],
  [() => dense(10.5), 'dense: `units` must be a positive integer, got 10.5'],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(784, 128),
    'dense: `options` must be an object such as { activation, useBias, biasInitializer, biasRegularizer, biasConstraint, name, … }, got 128',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(10, 'relu'),
    'dense: `options` must be an object such as { activation, useBias, biasInitializer, biasRegularizer, biasConstraint, name, … }, got "relu"',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(10, relu),
    'dense: `options` must be an object such as { activation, useBias, biasInitializer, biasRegularizer, biasConstraint, name, … }, got function relu; write `{ activation: relu }`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(10, { activation: 'relu' }),
    'dense: `activation` must be a function such as `relu`, got "relu"; write `import { relu } from \'@chainrule/tensor\'` and pass `relu`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(10, { activation: relu() }),
    'relu: `x` must be a tensor, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(10, { inputShape: [4] }),
    'dense: unknown option `inputShape`; layers take their input from the layer before; begin with `sequential(input(shape), …)`. Known: { activation, useBias, biasInitializer, biasRegularizer, biasConstraint, name, kernelInitializer, kernelRegularizer, kernelConstraint }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(10, { input_dim: 4 }),
    'dense: unknown option `input_dim`; layers take their input from the layer before; begin with `sequential(input(shape), …)`. Known: { activation, useBias, biasInitializer, biasRegularizer, biasConstraint, name, kernelInitializer, kernelRegularizer, kernelConstraint }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(10, { bias: false }),
    'dense: unknown option `bias`; did you mean `useBias`? Known: { activation, useBias, biasInitializer, biasRegularizer, biasConstraint, name, kernelInitializer, kernelRegularizer, kernelConstraint }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(10, { kernelInitializer: 'he_normal' }),
    'dense: `kernelInitializer` must be an initializer, got "he_normal"; write `import { heNormal } from \'@chainrule/layers-core\'` and pass `heNormal`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(10, { kernelRegularizer: 'l2' }),
    'dense: `kernelRegularizer` must be a regularizer, got "l2"; write `import { l2 } from \'@chainrule/layers-core\'` and pass `l2()`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dense(10, { kernelRegularizer: 0.01 }),
    'dense: `kernelRegularizer` must be a regularizer, got 0.01',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => conv2d(32, 3),
    'conv2d: `options` must be an object such as { filters, kernelSize, strides, padding, dilations, groups, … }, got 32; write `{ filters: 32, kernelSize: … }`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => conv2d({ filters: 32 }),
    'conv2d: `kernelSize` must be a positive integer or 2 of them, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => conv2d({ filters: 32, kernel_size: 3 }),
    'conv2d: unknown option `kernel_size`; did you mean `kernelSize`? Known: { filters, kernelSize, strides, padding, dilations, groups, activation, useBias, biasInitializer, biasRegularizer, biasConstraint, … }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => conv2d({ filters: 32, kernelSize: 3, stride: 2 }),
    'conv2d: unknown option `stride`; did you mean `strides`? Known: { filters, kernelSize, strides, padding, dilations, groups, activation, useBias, biasInitializer, biasRegularizer, biasConstraint, … }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => conv2d({ inChannels: 3, filters: 32, kernelSize: 3 }),
    'conv2d: unknown option `inChannels`; layers take their input from the layer before; begin with `sequential(input(shape), …)`. Known: { filters, kernelSize, strides, padding, dilations, groups, activation, useBias, biasInitializer, biasRegularizer, biasConstraint, … }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => conv2d({ filters: 32, kernelSize: [3, 3, 3] }),
    'conv2d: `kernelSize` must be a positive integer or 2 of them, got [3,3,3]',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(input([8, 8, 1]), conv2d({ filters: 32, kernelSize: 3, padding: 'SAME' })),
    'layer 0: conv2d: `padding` must be "valid", "same", "full" or 2 pairs of integers of at least 0, got "SAME"',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => maxPool2d(2),
    'maxPool2d: `options` must be an object such as { poolSize, strides, padding, name }, got 2; write `{ poolSize: 2 }`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => maxPool2d({ pool_size: 2 }),
    'maxPool2d: unknown option `pool_size`; did you mean `poolSize`? Known: { poolSize, strides, padding, name }',
  ],
  [() => dropout(50), 'dropout: `rate` must be in [0, 1), got 50'],
  [
    // @ts-expect-error the compiler refuses it, too
    () => dropout({ rate: 0.5 }),
    'dropout: `rate` must be in [0, 1), got { rate: 0.5 }; write `dropout(0.5)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => flatten(x),
    'flatten: `options` must be an object such as { name }, got Tensor',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => lstm({ units: 4 }),
    'lstm: `units` must be a positive integer, got { units: 4 }; write `lstm(4)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => lstm(4, { return_sequences: true }),
    'lstm: unknown option `return_sequences`; did you mean `returnSequences`? Known: { activation, useBias, biasInitializer, biasRegularizer, biasConstraint, name, kernelInitializer, kernelRegularizer, kernelConstraint, recurrentInitializer, recurrentRegularizer, … }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => embedding({ inputDim: 10, outputDim: 4 }),
    'embedding: `inputDim` must be a positive integer, got { inputDim: 10, outputDim: 4 }; write `embedding(10, …)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => embedding(10),
    'embedding: `outputDim` must be a positive integer, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => batchNormalization(64),
    'batchNormalization: `options` must be an object such as { momentum, epsilon, center, scale, name }, got 64',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => batchNormalization({ axis: 1 }),
    'batchNormalization: unknown option `axis`; Known: { momentum, epsilon, center, scale, name }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => multiHeadAttention({ heads: 2, keyDim: 4 }),
    'multiHeadAttention: unknown option `heads`; did you mean `numHeads`? Known: { numHeads, keyDim, useBias, biasInitializer, biasRegularizer, biasConstraint, name, kernelInitializer, kernelRegularizer, kernelConstraint, causal, … }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => multiHeadAttention(512, 8),
    'multiHeadAttention: `options` must be an object such as { numHeads, keyDim, useBias, biasInitializer, biasRegularizer, biasConstraint, … }, got 512; write `{ numHeads: 512, keyDim: … }`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => activation('relu'),
    'activation: `fn` must be a function such as `relu`, got "relu"; write `import { relu } from \'@chainrule/tensor\'` and pass `relu`',
  ],
];
