import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  dimensions: { kind: 'choice', label: 'Numbers in a vector', default: 16, choices: [2, 4, 8, 16, 32, 64] },
  window: { kind: 'number', label: 'Words to each side', default: 5, min: 1, max: 8, step: 1 },
  negatives: { kind: 'number', label: 'Random words', default: 5, min: 1, max: 15, step: 1 },
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.02, choices: [0.002, 0.005, 0.01, 0.02, 0.05] },
};

export const demo: Demo = {
  name: 'embeddings',
  title: 'Words become vectors',
  source,
  highlighted,
  controls,
  curves: {
    loss: { label: 'Loss', group: 'loss' },
    analogies: { label: 'Analogies solved', group: 'analogies', format: 'percent' },
  },
  steps: 400,
  pace: 60,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
