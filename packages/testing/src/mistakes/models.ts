import { conv2d } from '@chainrule/layers-conv';
import { dense, flatten } from '@chainrule/layers-dense';
import { lstm } from '@chainrule/layers-recurrent';
import { input, sequential, setTrainable } from '@chainrule/model';
import { relu } from '@chainrule/tensor';
import { labels, model, x } from './examples.ts';
import type { Mistake } from './mistake.ts';

/** Mistakes with models. */
export const models: readonly Mistake[] = [
  [
    // @ts-expect-error the compiler refuses it, too
    () => input(2),
    'input: `shape` must hold positive integers, or null for sizes that differ, without the batch, got 2; write `input([2])`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => input(28, 28),
    'input: `shape` must hold positive integers, or null for sizes that differ, without the batch, got 28; write `input([28])`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => input({ shape: [2] }),
    'input: `shape` must hold positive integers, or null for sizes that differ, without the batch, got { shape: [2] }; write `input([2])`',
  ],
  [
    () => input([-1, 2]),
    'input: `shape` must hold positive integers, or null for sizes that differ, without the batch, got [-1,2]; write `input([2])`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential([dense(10), dense(1)]),
    'sequential: `input` must be what `input(shape)` gives, got [Object,Object]; pass the input and the layers one after the other, not as a list',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential({ layers: [dense(1)] }),
    'sequential: `input` must be what `input(shape)` gives, got { layers: [Object] }; begin with `input([features])`, without the batch',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(),
    'sequential: `input` must be what `input(shape)` gives, got undefined; begin with `input([features])`, without the batch',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(dense(10), dense(1)),
    'sequential: `input` must be what `input(shape)` gives, got Object; begin with `input([features])`, without the batch',
  ],
  [
    () => sequential(input([2])),
    'sequential: `layers` must be at least one layer, got []; write `sequential(input, dense(1))`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(input([2]), [dense(3)]),
    'sequential: `layers[0]` must be a layer, got [Object]; pass the layers one after the other, or use `sequentialOf(input, layers)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(input([2]), dense),
    'sequential: `layers[0]` must be a layer, got function dense; call it: `dense(…)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(input([2]), dense(1), relu),
    'sequential: `layers[1]` must be a layer, got function relu; write `activation(relu)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(input([2]), dense(1), 'relu'),
    'sequential: `layers[1]` must be a layer, got "relu"; write `activation(relu)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(input([5, 2]), lstm(4), lstm(4), dense(1)),
    'layer 1: lstm: expects rank 3 [batch,time,features], got [1,4]; set `returnSequences: true` on a recurrent layer before it, or put `embedding` before it for token indices',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(input([28]), lstm(4)),
    'layer 0: lstm: expects rank 3 [batch,time,features], got [1,28]; set `returnSequences: true` on a recurrent layer before it, or put `embedding` before it for token indices',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(input([28, 28, 1]), flatten(), conv2d({ filters: 2, kernelSize: 3 })),
    'layer 1: conv2d: expects rank 4 [batch,height,width,channels], got [1,784]',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(input([28, 28]), conv2d({ filters: 2, kernelSize: 3 })),
    'layer 0: conv2d: expects rank 4 [batch,height,width,channels], got [1,28,28]',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => sequential(input([1, 28, 28]), conv2d({ filters: 2, kernelSize: 3 })),
    'layer 0: conv2d: window 3x3 is larger than the input [1,28]',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().add(dense(2)),
    'add: a model has no `add`; pass all layers at once: `sequential(input(shape), layer, layer)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model()(x),
    'model(...) is not a function',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().forward(x),
    'forward: a model has no `forward`; write `model.call(x)`, or `predict` of a trainer',
  ],
  [() => model().call(x), 'sequential: must be built before it is used; call `build`, or `compile`, which does'],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().save('model'),
    'save: a model has no `save`; write `saveModel(path, model)` in Node, or `encodeModel(model)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().parameters(),
    'parameters: a model has no `parameters`; write `model.trainableVariables()`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().getWeights(),
    'getWeights: a model has no `getWeights`; write `getWeights(model)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().eval(),
    'eval: a model has no `eval`; `fit` trains, and all other methods predict, without a switch',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().fit(x, labels),
    'fit: a model has no `fit`; `compile` returns the trainer that has it: `const trainer = model.compile({ … })`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().predict(x),
    'predict: a model has no `predict`; `compile` returns the trainer that has it: `const trainer = model.compile({ … })`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().trainOnBatch(x, labels),
    'trainOnBatch: a model has no `trainOnBatch`; a trainer has `trainStep`: `model.compile({ … }).trainStep({ x, y })`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => setTrainable(dense(1), 'no'),
    'setTrainable: `trainable` must be true or false, got "no"',
  ],
];
