import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  length: { kind: 'choice', label: 'Steps of a sequence', default: 30, choices: [6, 12, 20, 30, 45] },
  units: { kind: 'choice', label: 'Units', default: 16, choices: [2, 4, 8, 16, 32] },
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.01, choices: [0.001, 0.003, 0.01, 0.03] },
};

export const demo: Demo = {
  name: 'memory',
  title: 'Remember a number over many steps',
  source,
  highlighted,
  controls,
  curves: {
    lstm: { label: 'LSTM', group: 'accuracy', format: 'percent' },
    simple: { label: 'Simple RNN', group: 'accuracy', format: 'percent' },
    lstmLoss: { label: 'Loss of the LSTM', group: 'loss' },
    simpleLoss: { label: 'Loss of the simple RNN', group: 'loss' },
  },
  steps: 300,
  pace: 30,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
