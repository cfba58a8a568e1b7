import * as augmentations from '@chainrule/augmentation';
import { type Backend, compile } from '@chainrule/compiler';
import { conv2d, globalMaxPool1d, maxPool2d } from '@chainrule/layers-conv';
import type { Layer } from '@chainrule/layers-core';
import { dense, dropout, embedding, flatten } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import * as recurrent from '@chainrule/layers-recurrent';
import {
  binaryCrossEntropy,
  type TrainingLoss,
  meanSquaredError,
  sparseCategoricalCrossEntropy,
} from '@chainrule/losses';
import { input, type Sequential, sequentialOf, type Trainer } from '@chainrule/model';
import { adam, type Optimizer, sgd } from '@chainrule/optim';
import { Generator, leakyRelu, matmul, relu, tensor, type Tensor, Variable } from '@chainrule/tensor';
import { longPrograms } from '@chainrule/testing/longPrograms';
import { UnsupportedTaskError } from './job.ts';
import type { Subject } from './measure.ts';
import { makeImages, makeMatrices, makeProblem, type Problem, type Values } from './problem.ts';
import {
  type AugmentTask,
  leak,
  type CompileTask,
  type LayerSpec,
  type Net,
  rates,
  type SharedTask,
  type Task,
  varianceEpsilon,
} from './workloads.ts';

const activations = { relu, leakyRelu: (x: Tensor): Tensor => leakyRelu(x, { negativeSlope: leak }) };
export const losses: Record<Net['loss'], TrainingLoss> = {
  softmax: sparseCategoricalCrossEntropy,
  sigmoid: binaryCrossEntropy,
  squares: meanSquaredError,
};

export const optimizerOf = ({ optimizer }: Net): Optimizer =>
  optimizer === 'sgd'
    ? sgd({ learningRate: rates.sgd })
    : adam({ learningRate: rates.adam, beta1: rates.beta1, beta2: rates.beta2, epsilon: rates.epsilon });

/** Prepares this library for a task. */
export function prepareChainrule(task: Task, backend: Backend): Promise<Subject> {
  if (task.kind === 'compile') return Promise.resolve(compilation(task, backend));
  if (task.kind === 'augment') return Promise.resolve(augmentation(task, backend));
  return Promise.resolve(task.kind === 'matmul' ? product(task.size, backend) : modelSubject(task, backend));
}

function modelSubject(task: Exclude<SharedTask, { kind: 'matmul' }>, backend: Backend): Subject {
  const { net } = task;
  const { x, y, weights } = makeProblem(net, task.kind === 'epochs' ? task.samples : task.batch);
  const batch = { x: toTensor(x), y: toTensor(y) };
  const model = modelOf(net, weights);
  if (task.kind === 'forward') {
    const forward = compile((images: Tensor) => model.call(images), { backend });
    return { step: async () => (await forward(batch.x).read())[0]! };
  }
  const trainer: Trainer = model.compile({ optimizer: optimizerOf(net), loss: losses[net.loss], backend });
  if (task.kind === 'epochs')
    return {
      step: async () => (await trainer.fit(batch, { epochs: task.epochs, batchSize: task.batch })).at(-1)!['loss']!,
    };
  return { step: async () => (await trainer.trainStep(batch))['loss']! };
}

/** The model, with the weights of the problem. */
export function modelOf(net: Net, weights: Problem['weights']): Sequential {
  const model = sequentialOf(input([...net.input]), net.layers.map(layerOf)).build();
  model.trainableVariables().forEach((variable, i) => variable.assign(toTensor(weights[i]!)));
  return model;
}

function layerOf(spec: LayerSpec): Layer {
  switch (spec.type) {
    case 'dense':
      return dense(spec.units, activationOf(spec));
    case 'conv2d':
      return conv2d({
        filters: spec.filters,
        kernelSize: spec.kernelSize,
        padding: spec.padding,
        ...activationOf(spec),
      });
    case 'maxPool2d':
      return maxPool2d({ poolSize: 2, padding: spec.padding });
    case 'batchNormalization':
      return batchNormalization({ epsilon: varianceEpsilon });
    case 'flatten':
      return flatten();
    case 'dropout':
      return dropout(spec.rate);
    case 'embedding':
      return embedding(spec.tokens, spec.units);
    case 'globalMaxPool1d':
      return globalMaxPool1d();
    case 'simpleRnn':
    case 'lstm':
      return recurrentLayer(spec.type)(spec.units, { returnSequences: spec.sequences ?? false });
  }
}

const activationOf = ({
  activation,
}: {
  readonly activation?: keyof typeof activations;
}): { activation?: (x: Tensor) => Tensor } => (activation ? { activation: activations[activation] } : {});

type Recurrent = (units: number, options: { readonly returnSequences: boolean }) => Layer;

function recurrentLayer(name: string): Recurrent {
  const make = (recurrent as unknown as Readonly<Record<string, Recurrent | undefined>>)[name];
  if (!make) throw new UnsupportedTaskError(`needs ${name}`);
  return make;
}

/** Each step augments the images anew. */
function augmentation({ images }: AugmentTask, backend: Backend): Subject {
  const x = toTensor(makeImages(images)[0]);
  const rng = new Generator(1);
  const augment = augmentations.compose(
    augmentations.randomRotation(0.05),
    augmentations.randomTranslation(0.1),
    augmentations.randomZoom(0.1),
    augmentations.randomFlip('horizontal'),
    augmentations.randomBrightness(0.2),
  );
  const run = compile((batch: Tensor) => augment(batch, rng), { backend });
  return { step: async () => (await run(x).read())[0]! };
}

/** Each step captures, compiles and runs the program once. */
function compilation({ program, nodes }: CompileTask, backend: Backend): Subject {
  const { fn, args } = longPrograms[program]!(nodes);
  return {
    step: async () => {
      const compiled = compile(fn, { backend });
      const [first] = [compiled(...args)].flat();
      compiled.dispose();
      return (await first!.read())[0]!;
    },
  };
}

/** Both matrices are variables, which stay with the backend as weights do. */
function product(size: number, backend: Backend): Subject {
  const [a, b] = makeMatrices(size).map((m) => new Variable(toTensor(m))) as [Variable, Variable];
  const multiply = compile(() => matmul(a.value, b.value), { backend });
  return { step: async () => (await multiply().read())[0]! };
}

export const toTensor = ({ data, shape }: Values): Tensor =>
  tensor(data, shape, data instanceof Int32Array ? 'int32' : 'float32');
