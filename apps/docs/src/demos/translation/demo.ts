import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  attention: { kind: 'switch', label: 'Attention', default: true },
  units: { kind: 'choice', label: 'Units of the GRUs', default: 48, choices: [16, 32, 48, 64] },
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.01, choices: [0.001, 0.003, 0.01, 0.03] },
};

export const demo: Demo = {
  name: 'translation',
  title: 'A network translates, with attention',
  source,
  highlighted,
  controls,
  curves: {
    loss: { label: 'Loss of the batch', group: 'loss' },
    accuracy: { label: 'Words of the batch predicted', group: 'accuracy', format: 'percent' },
  },
  steps: 250,
  pace: 25,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
