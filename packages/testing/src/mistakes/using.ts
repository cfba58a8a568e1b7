import { meanSquaredError, sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { confusionMatrix } from '@chainrule/metrics';
import { earlyStopping } from '@chainrule/model';
import { full, tensor, zeros } from '@chainrule/tensor';
import { classifier, imageClassifier, labels, wordClassifier, x } from './examples.ts';
import type { Mistake } from './mistake.ts';

/** Mistakes with the samples that a model takes, with callbacks, losses and metrics. */
export const using: readonly Mistake[] = [
  [
    () => imageClassifier().fit({ x: zeros([3, 3, 8, 8]), y: labels }),
    'fit: `x` must have shape [batch,8,8,3], got [3,3,8,8]; channels come last: `transpose(x, [0,2,3,1])`',
  ],
  [
    () => imageClassifier().fit({ x: zeros([3, 8, 8]), y: labels }),
    'fit: `x` must have shape [batch,8,8,3], got [3,8,8]',
  ],
  [
    () => imageClassifier().fit({ x: zeros([3, 8, 8, 3], 'uint8'), y: labels }),
    'conv2d: expects float32 or float64, got uint8; convert it with `cast`',
  ],
  [
    () => classifier().fit({ x: full([3, 2], 1e38), y: labels }, { epochs: 9 }),
    'fit: the loss must be finite, got NaN in epoch 2, batch 1; the weights from before stay; look for NaN in the data, or lower the learning rate; the callback `findNonFinite()` says where',
  ],
  [
    () => imageClassifier().predict(zeros([8, 8, 3])),
    'predict: `x` must have shape [batch,8,8,3], got [8,8,3]; a single sample needs the batch axis: `expandDims(x, 0)`, and a Dataset `batch(size)`',
  ],
  [
    () => wordClassifier().fit({ x: zeros([3, 4]), y: labels }),
    'embedding: `indices` must be int32, got float32; convert them with `cast`',
  ],
  [
    () => wordClassifier().fit({ x: full([3, 4], 10, 'int32'), y: labels }),
    'embedding: `indices` must be in [0, 10), got 10',
  ],
  [
    () => classifier().predict(tensor([0, 1])),
    'predict: `x` must have shape [batch,2], got [2]; a single sample needs the batch axis: `expandDims(x, 0)`, and a Dataset `batch(size)`',
  ],
  [
    () => classifier().predict([0, 1]),
    'predict: `x` must have shape [batch,2], got [2]; a single sample needs the batch axis: `expandDims(x, 0)`, and a Dataset `batch(size)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().predict(Promise.resolve(x)),
    'predict: `x` must be a tensor, a nested array or a typed array, got Promise; did you forget `await`?',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().predict(x).toArray(),
    'classifier(...).predict(...).toArray is not a function',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().evaluate(x),
    'evaluate: `data` must be `{ x, y }`, or batches of that form, got Tensor; pass all samples as `evaluate({ x, y })`, or a Dataset',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().trainStep(x, labels),
    'trainStep: `data` must be `{ x, y }`, or batches of that form, got Tensor; pass all samples as `trainStep({ x, y })`, or a Dataset',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit({ x, y: labels }, { callbacks: [earlyStopping] }),
    'fit: `callbacks[0]` must be an object such as { onEpochEnd }, got function earlyStopping; call it: `earlyStopping()`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit({ x, y: labels }, { callbacks: [(logs) => console.log(logs)] }),
    'fit: `callbacks[0]` must be an object such as { onEpochEnd }, got function (anonymous); write `{ onEpochEnd: (logs) => … }`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit({ x, y: labels }, { callbacks: [{ on_epoch_end: () => 1 }] }),
    'fit: `callbacks[0]` must be an object with some of onTrainBegin, onEpochBegin, onBatchBegin, onBatchEnd, onBadStep, onValidationBegin, onValidationEnd, onEpochLogs, onEpochEnd, onTrainEnd, onTrainError, got Object',
  ],
  [
    () => classifier().fit({ x, y: labels }, { callbacks: [earlyStopping({ monitor: 'val_loss' })] }),
    'earlyStopping: `monitor` must be one of epoch, loss, sparseCategoricalAccuracy, got val_loss; with `validation`, `fit` adds valLoss and the like',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => earlyStopping(3),
    'earlyStopping: `options` must be an object such as { monitor, mode, minDelta, patience, restoreBestWeights, startFromEpoch }, got 3',
  ],
  [
    () => sparseCategoricalCrossEntropy(tensor([0, 1], 'int32'), zeros([2, 3])),
    'sparseCategoricalCrossEntropy: `predictions` must have one axis more than `labels`, got [2] and [2,3]; swap them: the predictions come first',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => meanSquaredError([1, 2], [1, 2]),
    'meanSquaredError: `predictions` must be a tensor, got [1,2]; make one with `tensor(…)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => confusionMatrix(3),
    'confusionMatrix: `options` must be an object such as { classes }, got 3; write `{ classes: 3 }`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => confusionMatrix(),
    'confusionMatrix: `classes` must be an integer of at least 2, got undefined',
  ],
];
