import type { LineFigure } from '@chainrule/visualize';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import { derivativesOf, descend, graphFigure, type NodeDerivative, resultOf, type WorkedGraph } from './workedGraph.ts';
import { sigmoidNeuron, smallNet, smallNetParameters, sumTimes } from './workedGraphs.ts';

/** Back-propagation with the numbers of worked examples, and the gradient descent that it makes possible. */
export const graph: Task = {
  pipeline: 'neuron',
  name: 'graph',
  main: true,
  about: 'back-propagation by numbers: the value and the derivative of each node, checked by finite differences',
  dataSets: ['examples'],
  run,
};

const learningRate = 1;

function run({ dataset, show, options: { seed, epochs = 50 } }: TaskRun): Promise<Report> {
  const start = performance.now();
  const rows = [sumTimes, sigmoidNeuron, smallNet].flatMap((example) => {
    const derivatives = derivativesOf(example);
    console.log(`${example.title}\n${derivativeTable(derivatives)}\n`);
    show(graphFigure(example));
    return derivatives;
  });
  const [trained, errors] = train(smallNet, epochs);
  console.log(`${descentTable(trained)}\n`);
  if (epochs > 0) show(errorFigure(errors));
  const report: Report = {
    task: 'neuron graph',
    dataset,
    metrics: {
      largestDifference: Math.max(...rows.map(({ derivative, difference }) => Math.abs(derivative - difference))),
      firstError: errors[0]!,
      lastError: errors.at(-1)!,
    },
    epochs: errors.slice(1).map((loss, epoch) => ({ epoch, loss })),
    seconds: (performance.now() - start) / 1000,
    parameters: smallNetParameters.length,
    seed,
  };
  console.log(resultLine(report));
  return Promise.resolve(report);
}

/** The net after all steps, and its error before them and after each. */
function train(start: WorkedGraph, steps: number): [trained: WorkedGraph, errors: number[]] {
  let net = start;
  const errors = [resultOf(net)];
  for (let step = 0; step < steps; step++) {
    net = descend(net, smallNetParameters, learningRate);
    errors.push(resultOf(net));
  }
  return [net, errors];
}

function derivativeTable(rows: readonly NodeDerivative[]): string {
  const result = rows.at(-1)!.name;
  return textTable([
    ['node', 'formula', 'value', `∂${result}/∂node`, 'by differences'],
    ...rows.map(({ name, formula, value, derivative, difference }) => [
      name,
      formula || 'input',
      ...[value, derivative, difference].map((number) => number.toFixed(6)),
    ]),
  ]);
}

/** The weights of the net before, after one step, and in the end. */
function descentTable(trained: WorkedGraph): string {
  const once = descend(smallNet, smallNetParameters, learningRate);
  const row = (name: string, of: (net: WorkedGraph) => number): string[] => [
    name,
    ...[smallNet, once, trained].map((net) => of(net).toFixed(6)),
  ];
  return `gradient descent on the 2-2-1 net, learning rate ${learningRate}\n${textTable([
    ['', 'start', 'after a step', 'at the end'],
    ...smallNetParameters.map((name) => row(name, ({ inputs }) => inputs[name]!)),
    row('E', resultOf),
  ])}`;
}

function errorFigure(errors: readonly number[]): LineFigure {
  return {
    kind: 'lines',
    title: 'error of the 2-2-1 net',
    x: 'step of gradient descent',
    y: 'E = ½ (t − y)²',
    series: [{ name: 'E', points: errors.map((error, step) => [step, error] as const) }],
  };
}
