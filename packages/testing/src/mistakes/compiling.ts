import { activation, dense } from '@chainrule/layers-dense';
import { meanSquaredError, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { binaryAccuracy, sparseCategoricalAccuracy } from '@chainrule/metrics';
import { adam } from '@chainrule/optim';
import { softmax } from '@chainrule/tensor';
import { classifier, model } from './examples.ts';
import type { Mistake } from './mistake.ts';

/** Mistakes when a model is compiled. */
export const compiling: readonly Mistake[] = [
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().compile(),
    'compile: `optimizer` must be an optimizer with a learning rate, got undefined',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => model().compile(adam(), meanSquaredError),
    'compile: `options` must be an object such as { optimizer, loss, seed, dtype, weights, lossWeights, … }, got Object',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier({ optimizer: 'adam' }),
    'compile: `optimizer` must be an optimizer with a learning rate, got "adam"; write `import { adam } from \'@chainrule/optim\'` and pass `adam()`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier({ optimizer: adam }),
    'compile: `optimizer` must be an optimizer with a learning rate, got function adam; call it: `adam()`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier({ loss: 'mse' }),
    'compile: `loss` must be a loss, a function of predictions and targets, got "mse"; write `import { meanSquaredError } from \'@chainrule/losses\'` and pass `meanSquaredError`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier({ loss: 'categorical_crossentropy' }),
    'compile: `loss` must be a loss, a function of predictions and targets, got "categorical_crossentropy"; write `import { categoricalCrossEntropy } from \'@chainrule/losses\'` and pass `categoricalCrossEntropy`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier({ loss: 'CrossEntropyLoss' }),
    'compile: `loss` must be a loss, a function of predictions and targets, got "CrossEntropyLoss"; write `import { sparseCategoricalCrossEntropy } from \'@chainrule/losses\'` and pass `sparseCategoricalCrossEntropy`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier({ loss: meanSquaredError() }),
    'meanSquaredError: `predictions` must be a tensor, got undefined; for `compile`, pass the loss itself, without a call; `withOptions(meanSquaredError, { … })` sets options',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier({ loss: sparseCategoricalCrossEntropy({ fromLogits: true }) }),
    'sparseCategoricalCrossEntropy: `predictions` must be a tensor, got { fromLogits: true }; for `compile`, pass the loss itself, without a call; `withOptions(sparseCategoricalCrossEntropy, { … })` sets options',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier({ metrics: ['accuracy'] }),
    'compile: `metrics[0]` must be a metric, or a function of predictions and targets, got "accuracy"; write `import { sparseCategoricalAccuracy } from \'@chainrule/metrics\'` and pass `sparseCategoricalAccuracy()`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier({ metrics: [sparseCategoricalAccuracy] }),
    'compile: `metrics[0]` must be a metric, or a function of predictions and targets, got function sparseCategoricalAccuracy; call it: `sparseCategoricalAccuracy()`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier({ learningRate: 0.1 }),
    'compile: unknown option `learningRate`; the optimizer has it: `sgd({ learningRate: 0.1 })`. Known: { optimizer, loss, seed, dtype, weights, lossWeights, metrics, backend }',
  ],
  [
    () => classifier({}, dense(3, { activation: softmax })),
    'compile: `loss` takes logits, but the model ends with `softmax`; remove that activation, or pass `withOptions(sparseCategoricalCrossEntropy, { fromLogits: false })`',
  ],
  [
    () => classifier({}, dense(3), activation(softmax)),
    'compile: `loss` takes logits, but the model ends with `softmax`; remove that activation, or pass `withOptions(sparseCategoricalCrossEntropy, { fromLogits: false })`',
  ],
  [
    () => classifier({ metrics: [binaryAccuracy({ fromLogits: false })] }),
    'compile: `metrics` disagree with the predictions: binaryAccuracy takes probabilities, but `sparseCategoricalCrossEntropy` takes logits; pass `binaryAccuracy({ fromLogits: true })`',
  ],
];
