import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  words: { kind: 'choice', label: 'Words', default: 'first names', choices: ['first names', 'dinosaurs'] },
  units: { kind: 'choice', label: 'Units of the GRU', default: 64, choices: [8, 16, 32, 64, 128] },
  dropout: { kind: 'number', label: 'Dropout', default: 0.2, min: 0, max: 0.8, step: 0.1 },
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.01, choices: [0.001, 0.003, 0.01, 0.03] },
};

export const demo: Demo = {
  name: 'names',
  title: 'A network writes names',
  source,
  highlighted,
  controls,
  curves: {
    loss: { label: 'Loss of the batch', group: 'loss' },
    unseen: { label: 'Loss of held-out words', group: 'loss' },
  },
  steps: 300,
  pace: 40,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
