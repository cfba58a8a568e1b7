import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  data: {
    kind: 'choice',
    label: 'Points',
    default: 'XOR',
    choices: ['XOR', 'two spirals', 'moons', 'circles', 'gaussians'],
  },
  noise: { kind: 'number', label: 'Noise', default: 0.05, min: 0, max: 0.4, step: 0.05 },
  hiddenLayers: { kind: 'choice', label: 'Hidden layers', default: 1, choices: [0, 1, 2, 3] },
  units: { kind: 'number', label: 'Neurons in each', default: 4, min: 1, max: 8, step: 1 },
  activation: { kind: 'choice', label: 'Activation', default: 'tanh', choices: ['tanh', 'relu', 'sigmoid', 'none'] },
  learningRate: {
    kind: 'choice',
    label: 'Learning rate',
    default: 0.03,
    choices: [0.001, 0.003, 0.01, 0.03, 0.1, 0.3],
  },
  l2: { kind: 'choice', label: 'L2 penalty', default: 0, choices: [0, 0.0001, 0.001, 0.003, 0.01, 0.03] },
};

export const demo: Demo = {
  name: 'points',
  title: 'A network separates points',
  source,
  highlighted,
  controls,
  curves: {
    loss: { label: 'Loss', group: 'loss' },
    testLoss: { label: 'Loss of test points', group: 'loss' },
    accuracy: { label: 'Accuracy', group: 'accuracy', format: 'percent' },
    testAccuracy: { label: 'Accuracy on test points', group: 'accuracy', format: 'percent' },
  },
  steps: 200,
  pace: 25,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
