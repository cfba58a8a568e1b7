import { tensor } from '@chainrule/tensor';
import { counted, type PanelFigure, plotDecisionRegions, type PointFigure } from '@chainrule/visualize';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { textTable } from '../textTable.ts';
import { gate, type GateName, gateNames, hebbAccuracy, xorOfGates } from './gates.ts';
import { accuracyOf, type Example, hebbRule, outputOf, perceptronRule, type Unit } from './thresholdUnit.ts';
import { loadTwoClasses, type TwoClasses } from './twoClasses.ts';

/** Learning rules of the first neurons: the perceptron rule and Hebb's rule, on logic gates and on points. */
export const perceptron: Task = {
  pipeline: 'neuron',
  name: 'perceptron',
  main: true,
  about: "one neuron by the perceptron rule and by Hebb's rule: logic gates, why XOR needs three, decision boundaries",
  dataSets: ['sides', 'iris'],
  run,
};

type Predict = (inputs: readonly number[]) => number;

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    show,
    options: { seed, epochs = 50 },
  } = run;
  const start = performance.now();
  const gates = await trainGates(run, epochs);
  const [separable, overlapping] = await loadTwoClasses(run);
  const first = compareRules(separable!, epochs);
  const second = compareRules(overlapping!, epochs);
  show({
    kind: 'panels',
    title: 'decision boundaries of the perceptron rule',
    panels: [await boundary(separable!, first.unit), await boundary(overlapping!, second.unit)],
  });
  show({
    kind: 'lines',
    title: 'mistakes of the perceptron rule',
    x: 'epoch',
    y: 'mistakes',
    series: [counted(separable!.name, first.mistakes), counted(overlapping!.name, second.mistakes)],
  });
  const report: Report = {
    task: 'neuron perceptron',
    dataset,
    metrics: {
      testAccuracy: first.accuracy,
      hebbTestAccuracy: first.hebbAccuracy,
      overlappingTestAccuracy: second.accuracy,
      overlappingHebbTestAccuracy: second.hebbAccuracy,
      ...gates,
    },
    epochs: first.mistakes.map((mistakes, epoch) => ({ epoch, mistakes })),
    seconds: (performance.now() - start) / 1000,
    parameters: 3,
    seed,
  };
  console.log(resultLine(report));
  return report;
}

/** Trains a unit for each gate, and builds XOR from three of them. */
async function trainGates({ show }: TaskRun, epochs: number): Promise<Report['metrics']> {
  const learned = gateNames.map((name) => ({ name, ...perceptronRule(gate(name), epochs) }));
  const share = (value: number): string => `${value * 4} of 4`;
  const composed = xorOfGates(epochs);
  const xorOfThree = accuracyOf(composed, gate('XOR'));
  const rows = learned.map(({ name, unit, mistakes }) => [
    name,
    mistakes.at(-1) === 0 ? `${mistakes.length}` : `not in ${mistakes.length}`,
    ...[...unit.weights, unit.bias].map(String),
    share(accuracyOf((pair) => outputOf(unit, pair), gate(name))),
    share(hebbAccuracy(name, -1)),
    share(hebbAccuracy(name, 0)),
  ]);
  const head = ['gate', 'epochs', 'w₁', 'w₂', 'b', 'perceptron', 'Hebb, −1 and 1', 'Hebb, 0 and 1'];
  console.log(`rows of the truth table that a neuron learns\n${textTable([head, ...rows])}`);
  console.log(`\nXOR as AND(OR, NAND), three of these neurons: ${share(xorOfThree)}\n`);
  show(await gateFigure(learned, composed));
  show({
    kind: 'lines',
    title: 'mistakes of the perceptron rule on gates',
    x: 'epoch',
    y: 'mistakes',
    series: learned.map(({ name, mistakes }) => counted(name, mistakes.slice(0, 12))),
  });
  const xor = learned.find(({ name }) => name === 'XOR')!;
  return {
    xorAccuracyOfOneNeuron: accuracyOf((pair) => outputOf(xor.unit, pair), gate('XOR')),
    xorAccuracyOfThreeNeurons: xorOfThree,
  };
}

async function gateFigure(
  learned: readonly { readonly name: GateName; readonly unit: Unit }[],
  xorOfThree: Predict,
): Promise<PanelFigure<PointFigure>> {
  const panels = learned.map(({ name, unit }) =>
    regions(gate(name), (pair) => outputOf(unit, pair), {
      title: name === 'XOR' ? 'XOR, one neuron' : name,
      x: 'first input',
      y: 'second input',
    }),
  );
  const composed = regions(gate('XOR'), xorOfThree, { title: 'XOR, three', x: 'first input', y: 'second input' });
  return { kind: 'panels', title: 'outputs of the gates', panels: await Promise.all([...panels, composed]) };
}

function boundary({ name, x, y, classes, train }: TwoClasses, unit: Unit): Promise<PointFigure> {
  return regions(train, (inputs) => outputOf(unit, inputs), { title: name, x, y, classes });
}

function regions(
  examples: readonly Example[],
  predict: Predict,
  options: Parameters<typeof plotDecisionRegions>[3],
): Promise<PointFigure> {
  return plotDecisionRegions(
    (points) => tensor((points.toArray() as number[][]).map(predict), [points.shape[0]], 'int32'),
    examples.map(({ inputs }) => inputs),
    examples.map(({ target }) => target),
    options,
  );
}

/** Both rules on the same samples. Hebb's rule gets centered inputs and targets of −1 and 1. */
function compareRules({ name, train, test }: TwoClasses, epochs: number) {
  const { unit, mistakes } = perceptronRule(train, epochs);
  const accuracy = accuracyOf((inputs) => outputOf(unit, inputs), test);
  const mean = train[0]!.inputs.map((_, i) => train.reduce((sum, { inputs }) => sum + inputs[i]!, 0) / train.length);
  const centered = (inputs: readonly number[]): number[] => inputs.map((value, i) => value - mean[i]!);
  const hebb = hebbRule(
    train.map(({ inputs, target }) => ({ inputs: centered(inputs), target: target === 1 ? 1 : -1 })),
  );
  const hebbTestAccuracy = accuracyOf((inputs) => outputOf(hebb, centered(inputs)), test);
  const end = mistakes.at(-1) === 0 ? `no mistake in epoch ${mistakes.length}` : `${mistakes.at(-1)} mistakes in the last of ${mistakes.length} epochs`; // prettier-ignore
  const percent = (share: number): string => `${(share * 100).toFixed(1)}%`;
  console.log(
    `${name}: perceptron rule ${percent(accuracy)} of ${test.length} test samples, ${end}; Hebb's rule ${percent(hebbTestAccuracy)}`,
  );
  return { unit, mistakes, accuracy, hebbAccuracy: hebbTestAccuracy };
}
