import { Dataset } from '@chainrule/data-loaders';
import { categoricalCrossEntropy } from '@chainrule/losses';
import { cast, tensor } from '@chainrule/tensor';
import { classifier, labels, x } from './examples.ts';
import type { Mistake } from './mistake.ts';

/** Mistakes when a model is trained. */
export const fitting: readonly Mistake[] = [
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit(x),
    'fit: `data` must be `{ x, y }`, or batches of that form, got Tensor; pass all samples as `fit({ x, y })`, or a Dataset',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit([x, labels]),
    'fit: `data` must be `{ x, y }`, or batches of that form, got [Tensor,Tensor]; pass all samples as `fit({ x, y })`, or a Dataset',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit(x, labels, 32),
    'fit: `options` must be an object such as { epochs, initialEpoch, batchSize, shuffle, stepsPerEpoch, validation, … }, got 32; write `{ epochs: 32 }`',
  ],
  [
    () => classifier().fit(labels, x),
    'fit: `x` must have shape [batch,2], got [3]; `y` has that shape: swap `x` and `y`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit({ x, y: labels }, { batch_size: 32 }),
    'fit: unknown option `batch_size`; did you mean `batchSize`? Known: { epochs, initialEpoch, batchSize, shuffle, stepsPerEpoch, validation, validationSteps, validationSplit, classWeights, signal, callbacks, … }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit({ x, y: labels }, { validation_data: [x, labels] }),
    'fit: unknown option `validation_data`; did you mean `validation`? Known: { epochs, initialEpoch, batchSize, shuffle, stepsPerEpoch, validation, validationSteps, validationSplit, classWeights, signal, callbacks, … }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit({ x, y: labels }, { validation: [x, labels] }),
    'fit: `data` must be `{ x, y }`, or batches of that form, got [Tensor,Tensor]; pass all samples as `fit({ x, y })`, or a Dataset',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit({ x, y: labels }, { verbose: 0 }),
    'fit: unknown option `verbose`; a progress bar is a callback: `callbacks: [progressBar()]`. Known: { epochs, initialEpoch, batchSize, shuffle, stepsPerEpoch, validation, validationSteps, validationSplit, classWeights, signal, callbacks, … }',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit({ x, y: labels }, { epochs: '10' }),
    'fit: `epochs` must be an integer of at least 0, got "10"',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit({ x, labels }),
    'fit: `data` must be `{ x, y }`, or batches of that form, got { x: Tensor, labels: Tensor }; pass all samples as `fit({ x, y })`, or a Dataset',
  ],
  [
    () => classifier().fit({ x, y: tensor([0, 1], 'int32') }),
    'fit: `y` must have a target for each of the 3 samples of `x`, got shape [2]',
  ],
  [
    () => classifier().fit({ x, y: tensor([1, 2, 3], 'int32') }),
    'sparseCategoricalCrossEntropy: `labels` must be in [0, 3), got 3; there are 3 classes, counted from 0',
  ],
  [
    () => classifier().fit({ x, y: tensor([0, 2, 1]) }),
    'sparseCategoricalCrossEntropy: `labels` must be int32, got float32; convert them with `cast`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit({ x, y: ['cat', 'dog', 'cat'] }),
    'fit: `y` must hold numbers of one shape: tensor: `values` must be numbers, got "cat"; number the classes with `ordinalEncoder`',
  ],
  [
    () =>
      classifier().fit({
        x,
        y: tensor([
          [1, 0, 0],
          [0, 1, 0],
          [0, 0, 1],
        ]),
      }),
    'sparseCategoricalCrossEntropy: `labels` must be class numbers [3], got [3,3] like `predictions`; for one-hot rows use `categoricalCrossEntropy`, or `argmax(labels, -1)`',
  ],
  [
    () => classifier({ loss: categoricalCrossEntropy, metrics: [] }).fit({ x, y: labels }),
    "categoricalCrossEntropy: `targets` must have the predictions' shape [3,3], got [3]; make rows of class numbers with `oneHot`, or use `sparseCategoricalCrossEntropy`",
  ],
  [
    () => classifier().fit({ x: [[1, 2], [3]], y: [0, 1] }),
    'fit: `x` must hold numbers of one shape: tensor: `values` must be nested evenly, got rows of [2] and [1] at [1]',
  ],
  [
    () =>
      classifier().fit({
        x: [
          // @ts-expect-error the compiler refuses it, too
          ['1', '2'],
          // @ts-expect-error the compiler refuses it, too
          ['3', '4'],
        ],
        y: [0, 1],
      }),
    'fit: `x` must hold numbers of one shape: tensor: `values` must be numbers, got "1"; convert strings with `Number`',
  ],
  [
    () =>
      classifier().fit({
        x: tensor([
          [NaN, 1],
          [1, 0],
          [1, 1],
        ]),
        y: labels,
      }),
    'fit: the loss must be finite, got NaN in epoch 1, batch 1; the weights from before stay; look for NaN in the data, or lower the learning rate; the callback `findNonFinite()` says where',
  ],
  [
    () => classifier().fit({ x: cast(x, 'int32'), y: labels }),
    'dense: expects float32 or float64, got int32; convert it with `cast`',
  ],
  [
    () => classifier().fit(Dataset.fromTensors({ x, y: labels })),
    'fit: `x` must have shape [batch,2], got [2]; a single sample needs the batch axis: `expandDims(x, 0)`, and a Dataset `batch(size)`',
  ],
  [
    // @ts-expect-error the compiler refuses it, too
    () => classifier().fit(Dataset.fromTensors([x, labels]).batch(2)),
    'fit: `data` must be `{ x, y }`, or batches of that form, got [Tensor,Tensor]; pass all samples as `fit({ x, y })`, or a Dataset',
  ],
];
