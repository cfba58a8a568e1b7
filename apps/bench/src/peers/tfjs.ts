import { UnsupportedTaskError, type Job, sharedTask } from '../job.ts';
import type { Subject } from '../measure.ts';
import { makeMatrices, makeProblem, type Problem, type Values } from '../problem.ts';
import { leak, type LayerSpec, type Net, rates, varianceEpsilon } from '../workloads.ts';
import { requireFrom } from './load.ts';

interface TfTensor {
  data(): Promise<ArrayLike<number>>;
  dispose(): void;
}
interface TfLayer {
  getWeights(): TfTensor[];
  setWeights(weights: readonly TfTensor[]): void;
}
interface TfModel {
  readonly layers: readonly TfLayer[];
  apply(x: TfTensor, options: { readonly training: boolean }): TfTensor;
  predict(x: TfTensor): TfTensor;
  compile(options: {
    readonly optimizer: TfOptimizer;
    readonly loss: (targets: TfTensor, logits: TfTensor) => TfTensor;
  }): void;
  fit(x: TfTensor, y: TfTensor, options: object): Promise<{ readonly history: { readonly loss: readonly number[] } }>;
}
interface TfOptimizer {
  minimize(loss: () => TfTensor, returnCost: boolean): TfTensor;
}
type LayerName =
  | 'dense'
  | 'conv2d'
  | 'maxPooling2d'
  | 'batchNormalization'
  | 'flatten'
  | 'dropout'
  | 'embedding'
  | 'globalMaxPooling1d'
  | 'simpleRNN'
  | 'lstm'
  | 'leakyReLU';
/** The functions of TensorFlow.js that we use. */
interface Tfjs {
  setBackend(name: string): Promise<boolean>;
  ready(): Promise<void>;
  tensor(data: ArrayLike<number>, shape: readonly number[], dtype: string): TfTensor;
  oneHot(indices: TfTensor, depth: number): TfTensor;
  matMul(a: TfTensor, b: TfTensor): TfTensor;
  tidy<T>(fn: () => T): T;
  sequential(options: { readonly layers: readonly TfLayer[] }): TfModel;
  readonly layers: Record<LayerName, (options: object) => TfLayer>;
  readonly losses: Record<
    'softmaxCrossEntropy' | 'sigmoidCrossEntropy' | 'meanSquaredError',
    (targets: TfTensor, predictions: TfTensor) => TfTensor
  >;
  readonly train: {
    sgd(rate: number): TfOptimizer;
    adam(rate: number, beta1: number, beta2: number, epsilon: number): TfOptimizer;
  };
}

/** Kernels for training that the WebAssembly backend lacks. */
const lacking: Partial<Record<LayerSpec['type'], string>> = {
  conv2d: 'Conv2DBackpropFilter',
  embedding: 'UnsortedSegmentSum',
};

/** The layers of TensorFlow.js, trained with `optimizer.minimize`. */
export async function prepareTfjs(job: Job, backend: 'wasm' | 'cpu'): Promise<Subject> {
  const { packages, setting } = job;
  const task = sharedTask(job.task);
  const missing =
    task.kind === 'train' || task.kind === 'epochs'
      ? task.net.layers.map(({ type }) => lacking[type]).find((kernel) => kernel)
      : undefined;
  if (backend === 'wasm' && missing) throw new UnsupportedTaskError(`its WebAssembly backend has no ${missing}`);
  const tf = requireFrom<Tfjs>(packages!, '@tensorflow/tfjs');
  if (backend === 'wasm')
    requireFrom<{ setThreadsCount(count: number): void }>(packages!, '@tensorflow/tfjs-backend-wasm').setThreadsCount(
      setting.threads,
    );
  if (!(await tf.setBackend(backend))) throw new UnsupportedTaskError(`its backend ${backend} does not start`);
  await tf.ready();
  if (task.kind === 'matmul') return product(tf, task.size);
  const { net } = task;
  const problem = makeProblem(net, task.kind === 'epochs' ? task.samples : task.batch);
  const model = modelOf(tf, net, problem);
  const x = toTensor(tf, problem.x);
  if (task.kind === 'forward') return { step: () => first(model.predict(x)) };
  const optimizer =
    net.optimizer === 'sgd'
      ? tf.train.sgd(rates.sgd)
      : tf.train.adam(rates.adam, rates.beta1, rates.beta2, rates.epsilon);
  const loss =
    tf.losses[
      ({ softmax: 'softmaxCrossEntropy', sigmoid: 'sigmoidCrossEntropy', squares: 'meanSquaredError' } as const)[
        net.loss
      ]
    ];
  const y = net.loss === 'softmax' ? tf.oneHot(toTensor(tf, problem.y), classesOf(net)) : toTensor(tf, problem.y);
  if (task.kind === 'epochs') {
    model.compile({ optimizer, loss });
    return {
      step: async () =>
        (await model.fit(x, y, { epochs: task.epochs, batchSize: task.batch, verbose: 0 })).history.loss.at(-1)!,
    };
  }
  return { step: () => first(optimizer.minimize(() => loss(y, model.apply(x, { training: true })), true)) };
}

async function first(t: TfTensor): Promise<number> {
  const value = (await t.data())[0]!;
  t.dispose();
  return value;
}

const classesOf = (net: Net): number => (net.layers.at(-1) as { readonly units: number }).units;

function product(tf: Tfjs, size: number): Subject {
  const [a, b] = makeMatrices(size).map((m) => toTensor(tf, m)) as [TfTensor, TfTensor];
  return { step: () => first(tf.matMul(a, b)) };
}

function modelOf(tf: Tfjs, net: Net, { weights }: Problem): TfModel {
  const layers = net.layers.flatMap((spec, i) => layersOf(tf, spec, i === 0 ? { inputShape: net.input } : {}));
  const model = tf.sequential({ layers });
  let at = 0;
  for (const layer of model.layers) {
    const present = layer.getWeights();
    // Moving statistics come last, and keep their initial values.
    const trained = Math.min(present.length, present.length === 4 ? 2 : 3);
    layer.setWeights([...weights.slice(at, at + trained).map((w) => toTensor(tf, w)), ...present.slice(trained)]);
    at += trained;
  }
  return model;
}

function layersOf(tf: Tfjs, spec: LayerSpec, place: object): TfLayer[] {
  const { layers } = tf;
  const activated = (make: (options: object) => TfLayer, options: object, activation: string | undefined): TfLayer[] =>
    activation === 'leakyRelu'
      ? [make({ ...place, ...options }), layers.leakyReLU({ alpha: leak })]
      : [make({ ...place, ...options, ...(activation && { activation }) })];
  switch (spec.type) {
    case 'dense':
      return activated(layers.dense, { units: spec.units }, spec.activation);
    case 'conv2d':
      return activated(
        layers.conv2d,
        { filters: spec.filters, kernelSize: spec.kernelSize, padding: spec.padding },
        spec.activation,
      );
    case 'maxPool2d':
      return [layers.maxPooling2d({ poolSize: 2, padding: spec.padding })];
    case 'batchNormalization':
      return [layers.batchNormalization({ epsilon: varianceEpsilon })];
    case 'flatten':
      return [layers.flatten({})];
    case 'dropout':
      return [layers.dropout({ rate: spec.rate })];
    case 'embedding':
      return [layers.embedding({ ...place, inputDim: spec.tokens, outputDim: spec.units })];
    case 'globalMaxPool1d':
      return [layers.globalMaxPooling1d({})];
    case 'simpleRnn':
      return [layers.simpleRNN({ ...place, units: spec.units, returnSequences: spec.sequences ?? false })];
    case 'lstm':
      return [
        layers.lstm({
          ...place,
          units: spec.units,
          returnSequences: spec.sequences ?? false,
          recurrentActivation: 'sigmoid',
        }),
      ];
  }
}

const toTensor = (tf: Tfjs, { data, shape }: Values): TfTensor =>
  tf.tensor(data, shape, data instanceof Int32Array ? 'int32' : 'float32');
