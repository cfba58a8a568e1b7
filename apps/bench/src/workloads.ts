import { OptionError } from '@chainrule/errors';

type Activation = 'relu' | 'leakyRelu';

/**
 * The description of a layer, from which each library builds its own. Images are `[batch, height, width, channels]`.
 */
export type LayerSpec =
  | { readonly type: 'dense'; readonly units: number; readonly activation?: Activation }
  | {
      readonly type: 'conv2d';
      readonly filters: number;
      readonly kernelSize: number;
      readonly padding: 'valid' | 'same';
      readonly activation?: Activation;
    }
  /** Windows of 2 × 2. */
  | { readonly type: 'maxPool2d'; readonly padding: 'valid' | 'same' }
  | { readonly type: 'batchNormalization' }
  | { readonly type: 'flatten' }
  | { readonly type: 'dropout'; readonly rate: number }
  | { readonly type: 'simpleRnn' | 'lstm'; readonly units: number; readonly sequences?: boolean }
  | { readonly type: 'embedding'; readonly tokens: number; readonly units: number }
  | { readonly type: 'globalMaxPool1d' };

/** A model with its loss and its optimizer. Losses take logits. */
export interface Net {
  /** Shape of a sample. */
  readonly input: readonly number[];
  readonly layers: readonly LayerSpec[];
  readonly loss: 'softmax' | 'sigmoid' | 'squares';
  readonly optimizer: 'sgd' | 'adam';
}

/**
 * The kind of task to time: a training step, a forward pass, whole epochs, a product of two square matrices,
 * augmentation, or compilation.
 */
export type Task =
  | {
      readonly kind: 'train' | 'forward';
      readonly name: string;
      readonly title: string;
      readonly net: Net;
      readonly batch: number;
    }
  | {
      readonly kind: 'epochs';
      readonly name: string;
      readonly title: string;
      readonly net: Net;
      readonly batch: number;
      readonly samples: number;
      readonly epochs: number;
    }
  | { readonly kind: 'matmul'; readonly name: string; readonly title: string; readonly size: number }
  | AugmentTask
  | CompileTask;

/** Compiles and runs one of the `longPrograms` of the tests, with about `nodes` nodes. Only this library can do it. */
export interface CompileTask {
  readonly kind: 'compile';
  readonly name: string;
  readonly title: string;
  readonly program: string;
  readonly nodes: number;
}

/** Random rotation, shift, zoom, flip and brightness of a batch of images, for each image anew. torchvision and Keras have it. */
export interface AugmentTask {
  readonly kind: 'augment';
  readonly name: string;
  readonly title: string;
  /** `[batch, height, width, channels]` */
  readonly images: readonly [number, number, number, number];
}

/** A task that other libraries of JavaScript can do, too. */
export type SharedTask = Exclude<Task, CompileTask | AugmentTask>;

/** The options of optimizers in all libraries. SGD is without momentum. */
export const rates = { sgd: 0.01, adam: 0.001, beta1: 0.9, beta2: 0.999, epsilon: 1e-7 } as const;
/** The negative slope of leaky ReLU. */
export const leak = 0.1;
/** The number that batch normalization adds to the variance. */
export const varianceEpsilon = 1e-3;

const image = [28, 28, 1];
const dense = (units: number, activation?: Activation): LayerSpec => ({
  type: 'dense',
  units,
  ...(activation && { activation }),
});
const conv = (filters: number, padding: 'valid' | 'same', activation: Activation): LayerSpec => ({
  type: 'conv2d',
  filters,
  kernelSize: 3,
  padding,
  activation,
});
const pool = (padding: 'valid' | 'same'): LayerSpec => ({ type: 'maxPool2d', padding });
const lstm = (units: number, sequences = false): LayerSpec => ({ type: 'lstm', units, sequences });
const dropout = (rate: number): LayerSpec => ({ type: 'dropout', rate });
const flatten: LayerSpec = { type: 'flatten' };

const classifier = (
  input: readonly number[],
  layers: readonly LayerSpec[],
  optimizer: Net['optimizer'] = 'adam',
): Net => ({ input, layers, loss: 'softmax', optimizer });

const leakyNet = classifier(image, [
  ...[32, 64, 128].flatMap((filters) => [conv(filters, 'same', 'leakyRelu'), pool('same')]),
  flatten,
  dense(128, 'leakyRelu'),
  dense(10),
]);

const deepNet = classifier(
  [32, 32, 3],
  [
    ...[32, 64, 128].flatMap((filters) => {
      const pair: LayerSpec[] = [conv(filters, 'same', 'relu'), { type: 'batchNormalization' }];
      return [...pair, ...pair, pool('same')];
    }),
    flatten,
    dropout(0.2),
    dense(1024, 'relu'),
    dropout(0.2),
    dense(10),
  ],
);

const train = (name: string, title: string, batch: number, net: Net): Task => ({
  kind: 'train',
  name,
  title,
  net,
  batch,
});
const forward = (batch: number): Task => ({
  kind: 'forward',
  name: `W3-forward-${batch}`,
  title: `forward pass of W3, batch ${batch}`,
  net: leakyNet,
  batch,
});
const product = (size: number): Task => ({
  kind: 'matmul',
  name: `matmul-${size}`,
  title: `product of ${size} × ${size} matrices`,
  size,
});

const augmentation = (name: string, images: AugmentTask['images']): Task => ({
  kind: 'augment',
  name: `augment-${name}`,
  title: `rotate, shift, zoom, flip and brighten ${images[0]} images of ${images.slice(1).join(' × ')}`,
  images,
});

const compilation = (name: string, program: string): Task => ({
  kind: 'compile',
  name: `compile-${name}`,
  title: `compile ${program}, 20,000 nodes`,
  program,
  nodes: 20_000,
});

/** All tasks, by number. */
export const tasks: readonly Task[] = [
  train(
    'W1',
    'perceptron 784-300-100-10',
    32,
    classifier([784], [dense(300, 'relu'), dense(100, 'relu'), dense(10)], 'sgd'),
  ),
  train(
    'W2',
    'one convolution, 28 × 28',
    32,
    classifier(image, [conv(28, 'valid', 'relu'), pool('valid'), flatten, dense(128, 'relu'), dropout(0.2), dense(10)]),
  ),
  train('W3', 'three convolutions, 28 × 28', 64, leakyNet),
  train('W4', 'six convolutions with batch normalisation, 32 × 32', 32, deepNet),
  train('W5', 'simple RNN 128 over 28 rows', 128, classifier([28, 28], [{ type: 'simpleRnn', units: 128 }, dense(10)])),
  train('W6', 'LSTM 128 over 28 rows', 32, classifier([28, 28], [lstm(128), dense(10)])),
  train(
    'W7',
    'three LSTMs over 128 steps',
    64,
    classifier([128, 9], [lstm(32, true), lstm(32, true), lstm(32), dense(6)]),
  ),
  train('W8', 'embedding and LSTM over 180 tokens', 32, {
    input: [180],
    layers: [{ type: 'embedding', tokens: 8000, units: 20 }, lstm(15, true), { type: 'globalMaxPool1d' }, dense(1)],
    loss: 'sigmoid',
    optimizer: 'adam',
  }),
  train('W9', 'LSTM 5 over 10 numbers', 32, {
    input: [10, 1],
    layers: [lstm(5), dense(1)],
    loss: 'squares',
    optimizer: 'adam',
  }),
  forward(1),
  forward(256),
  {
    kind: 'epochs',
    name: 'W3-epochs',
    title: '5 epochs of W3 over 2,000 samples',
    net: leakyNet,
    batch: 64,
    samples: 2000,
    epochs: 5,
  },
  product(256),
  product(512),
  product(1024),
  augmentation('W3', [64, 28, 28, 1]),
  augmentation('W4', [32, 32, 32, 3]),
  compilation('chain', 'a chain with its gradient'),
  compilation('recurrence', 'a recurrence with the gradient of its weights'),
  compilation('branches', 'branches that are added up'),
  compilation('sums', 'sums of branches'),
  compilation('results', 'many results'),
  compilation('concat', 'many parts of a concatenation'),
  compilation('mixed', 'a mixed graph'),
];

/**
 * Selects tasks by name, in the order of the list: `W3` is only the training step, `W3-forward` both forward passes,
 * and `matmul` all products. Without names, selects all tasks.
 */
export function selectTasks(names: readonly string[]): readonly Task[] {
  const chosen = new Set(
    names.flatMap((name) => {
      const exact = tasks.filter((task) => task.name.toLowerCase() === name.toLowerCase());
      const found =
        exact.length > 0 ? exact : tasks.filter((task) => task.name.toLowerCase().startsWith(`${name.toLowerCase()}-`));
      if (found.length === 0)
        throw new OptionError(
          `bench: workload must be one of ${tasks.map((task) => task.name).join(', ')}, got ${JSON.stringify(name)}`,
        );
      return found;
    }),
  );
  return names.length === 0 ? tasks : tasks.filter((task) => chosen.has(task));
}

/** The model without dropout, so that all libraries compute the same. */
export function withoutDropout(net: Net): Net {
  return { ...net, layers: net.layers.filter(({ type }) => type !== 'dropout') };
}
