import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  text: { kind: 'choice', label: 'Text', default: 'stories', choices: ['stories', 'sums'] },
  features: { kind: 'choice', label: 'Features', default: 32, choices: [16, 32, 64] },
  heads: { kind: 'choice', label: 'Heads', default: 2, choices: [1, 2, 4] },
  blocks: { kind: 'choice', label: 'Blocks', default: 2, choices: [1, 2, 3] },
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.01, choices: [0.001, 0.002, 0.005, 0.01, 0.02] },
};

export const demo: Demo = {
  name: 'gpt',
  title: 'A small GPT learns to write',
  source,
  highlighted,
  controls,
  curves: {
    bits: { label: 'GPT, batch', group: 'bits per character', color: 0, dashed: true },
    heldOut: { label: 'GPT, held-out text', group: 'bits per character', color: 0 },
    bigram: { label: 'bigram model', group: 'bits per character', color: 1 },
  },
  steps: 300,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
