import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const examples = ['neuron', 'bowl', 'used twice', 'four sigmoids'];
const controls: Controls<Settings> = {
  example: { kind: 'choice', label: 'Example', default: 'neuron', choices: examples },
  step: { kind: 'choice', label: 'A step is', default: 'a box', choices: ['a box', 'a round'] },
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.3, choices: [0.01, 0.03, 0.1, 0.3, 1, 3] },
};

export const demo: Demo = {
  name: 'graph',
  title: 'A computational graph, forward and backward',
  source,
  highlighted,
  controls,
  curves: { result: { label: 'Result', group: 'result' } },
  steps: 400,
  pace: 4,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
