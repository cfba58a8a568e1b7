import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  samples: { kind: 'choice', label: 'Training images', default: 100, choices: [50, 100, 200, 500, 1000] },
  units: { kind: 'choice', label: 'Units per layer', default: 64, choices: [16, 32, 64, 128] },
  dropout: { kind: 'number', label: 'Dropout', default: 0.3, min: 0, max: 0.8, step: 0.1 },
  l2: { kind: 'choice', label: 'L2 penalty', default: 0.001, choices: [0, 0.0001, 0.001, 0.01, 0.1] },
  augmentation: { kind: 'number', label: 'Augmentation', default: 0.5, min: 0, max: 1, step: 0.1 },
  batchNormalization: { kind: 'switch', label: 'Batch normalization', default: false },
};

const [blue, orange] = [0, 1];

export const demo: Demo = {
  name: 'regularization',
  title: 'Overfitting, and what helps against it',
  source,
  highlighted,
  controls,
  curves: {
    plainTraining: { label: 'plain, training', group: 'loss', color: blue, dashed: true },
    plainValidation: { label: 'plain, validation', group: 'loss', color: blue },
    training: { label: 'with remedies, training', group: 'loss', color: orange, dashed: true },
    validation: { label: 'with remedies, validation', group: 'loss', color: orange },
    plainAccuracy: { label: 'plain, accuracy', group: 'validation accuracy', format: 'percent', color: blue },
    accuracy: { label: 'with remedies, accuracy', group: 'validation accuracy', format: 'percent', color: orange },
  },
  steps: 200,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
