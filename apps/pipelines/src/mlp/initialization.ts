import { grad } from '@chainrule/autograd';
import { glorotNormal, heNormal, type Initializer, normal } from '@chainrule/layers-core';
import { dense, flatten, rescaling } from '@chainrule/layers-dense';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { functional, input, type Sequential, sequentialOf } from '@chainrule/model';
import { type Optimizer, sgd } from '@chainrule/optim';
import { relu, tanh, type Tensor, type Variable } from '@chainrule/tensor';
import { counted, type LineFigure } from '@chainrule/visualize';
import { compareModels } from '../compareModels.ts';
import { firstRows } from '../firstRows.ts';
import { type Report, summarize, type Summary } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import type { Samples } from '../trainModel.ts';
import { fewImages } from './fewImages.ts';

/** A deep perceptron from weights of different sizes: the signal in each layer before training, and the loss during it. */
export const initialization: Task = {
  pipeline: 'mlp',
  name: 'initialization',
  main: true,
  about: 'weights from a normal distribution of 0.001 against Glorot and He: signals of each layer, loss curves',
  dataSets: ['digits', 'mnist', 'fashion-mnist'],
  run,
};

const hiddenLayers = 5;
const initializers = { 'normal 0.001': normal({ stddev: 0.001 }), Glorot: glorotNormal, He: heNormal } as const;
const activations = { tanh, relu } as const;
type ActivationName = keyof typeof activations;

async function run(run: TaskRun): Promise<Report> {
  const {
    show,
    options: { seed, epochs = 6 },
  } = run;
  const { train, test } = await fewImages(run, 2000);
  const probe = { x: firstRows(train.x, 200), y: firstRows(train.y, 200) };
  for (const name of Object.keys(activations) as ActivationName[]) {
    const spreads = Object.entries(initializers).map(([initializer, make]) => ({
      initializer,
      ...spreadOf(deepNet(name, make).build({ seed }), probe),
    }));
    const cells = spreads.flatMap(({ initializer, activations: a, gradients: g }) => [
      [initializer, 'activations', ...a.map((value) => value.toExponential(1))],
      [initializer, 'gradients', ...g.map((value) => value.toExponential(1))],
    ]);
    const layers = Array.from({ length: hiddenLayers }, (_, i) => `layer ${i + 1}`);
    console.log(
      `standard deviations before training, ${name}\n${textTable([['weights', 'of', ...layers], ...cells])}\n`,
    );
    show({
      kind: 'panels',
      title: `spread before training, ${name}`,
      panels: [
        panel('activations', spreads.map((spread) => [spread.initializer, spread.activations])), // prettier-ignore
        panel('gradients of the weights', spreads.map((spread) => [spread.initializer, spread.gradients])), // prettier-ignore
      ],
    });
  }
  const shared = {
    train,
    test,
    validation: { x: firstRows(test.x, 1000), y: firstRows(test.y, 1000) },
    loss: sparseCategoricalCrossEntropy,
    metrics: { accuracy: sparseCategoricalAccuracy() },
    epochs,
    batchSize: 32,
  };
  const summaries: Summary[] = [];
  for (const activation of Object.keys(activations) as ActivationName[]) {
    const { summary } = await compareModels(run, {
      name: `mlp initialization, ${activation}`,
      variants: {
        'normal 0.001': { ...shared, model: deepNet(activation, initializers['normal 0.001']), optimizer: descent() },
        Glorot: { ...shared, model: deepNet(activation, initializers.Glorot), optimizer: descent() },
        He: { ...shared, model: deepNet(activation, initializers.He), optimizer: descent() },
      },
      title: `loss by initial weights, ${activation}`,
      curves: ['loss'],
    });
    summaries.push(summary);
  }
  return summarize(
    { task: 'mlp initialization', dataset: run.dataset, metrics: summaries.at(-1)!.metrics },
    summaries.flatMap(({ tasks }) => tasks),
  );
}

const descent = (): Optimizer => sgd({ learningRate: 0.05 });

function deepNet(activation: ActivationName, kernelInitializer: Initializer): Sequential {
  const hidden = Array.from({ length: hiddenLayers }, (_, i) =>
    dense(100, { name: `hidden${i + 1}`, activation: activations[activation], kernelInitializer }),
  );
  return sequentialOf(input([28, 28, 1]), [
    rescaling(1 / 255),
    flatten(),
    ...hidden,
    dense(10, { name: 'logits', kernelInitializer }),
  ]);
}

/** The standard deviations of the activations of each hidden layer, and of the gradients of its weights. */
export function spreadOf(model: Sequential, { x, y }: Samples): { activations: number[]; gradients: number[] } {
  const names = Array.from({ length: hiddenLayers }, (_, i) => `hidden${i + 1}`);
  const values = functional(
    model.inputs,
    names.map((name) => model.output(name)),
  ).call(x) as readonly Tensor[];
  const kernels = model.variables().filter(({ name }) => names.some((layer) => name === `${layer}/kernel`));
  const gradients = grad((_: readonly Variable[]) =>
    sparseCategoricalCrossEntropy(model.call(x, { training: true }), y),
  )(kernels.map(({ value }) => value));
  return { activations: values.map(deviation), gradients: gradients.map(deviation) };
}

function deviation({ data }: Tensor): number {
  const values = Array.from(data);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

function panel(title: string, spreads: readonly (readonly [name: string, values: readonly number[]])[]): LineFigure {
  return {
    kind: 'lines',
    title,
    x: 'hidden layer',
    y: 'standard deviation',
    scale: 'log',
    series: spreads.map(([name, values]) => counted(name, values)),
  };
}
