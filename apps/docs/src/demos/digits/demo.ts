import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.003, choices: [0.0003, 0.001, 0.003, 0.01, 0.03] },
  filters: { kind: 'choice', label: 'Filters', default: 8, choices: [2, 4, 8, 16] },
  dropout: { kind: 'number', label: 'Dropout', default: 0.2, min: 0, max: 0.8, step: 0.1 },
  batchSize: { kind: 'choice', label: 'Batch size', default: 32, choices: [8, 16, 32, 64] },
};

export const demo: Demo = {
  name: 'digits',
  title: 'A convolutional network learns digits',
  source,
  highlighted,
  controls,
  curves: {
    loss: { label: 'Loss of the batch', group: 'loss' },
    accuracy: { label: 'Accuracy of the batch', group: 'accuracy', format: 'percent' },
  },
  steps: 400,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
