import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  data: { kind: 'choice', label: 'Texts', default: 'messages', choices: ['messages', 'film reviews'] },
  model: { kind: 'choice', label: 'Model', default: 'LSTM', choices: ['mean of words', 'LSTM'] },
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.01, choices: [0.001, 0.003, 0.01, 0.03] },
  dropout: { kind: 'number', label: 'Dropout', default: 0.3, min: 0, max: 0.8, step: 0.1 },
};

export const demo: Demo = {
  name: 'spam',
  title: 'A network learns to recognize spam',
  source,
  highlighted,
  controls,
  curves: {
    loss: { label: 'Loss of the batch', group: 'loss' },
    accuracy: { label: 'Accuracy of the batch', group: 'accuracy', format: 'percent' },
  },
  steps: 300,
  pace: 60,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
