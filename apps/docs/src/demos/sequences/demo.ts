import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  series: { kind: 'choice', label: 'Series', default: 'sine', choices: ['sine', 'chirp', 'sawtooth', 'growth'] },
  sees: { kind: 'choice', label: 'Networks see', default: 'values', choices: ['values', 'changes'] },
  window: { kind: 'number', label: 'Window', default: 16, min: 2, max: 40, step: 1 },
  units: { kind: 'choice', label: 'Units', default: 16, choices: [1, 2, 4, 8, 16, 32] },
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.01, choices: [0.001, 0.003, 0.01, 0.03, 0.1] },
};

export const demo: Demo = {
  name: 'sequences',
  title: 'Simple RNN, LSTM and GRU forecast a series',
  source,
  highlighted,
  controls,
  curves: {
    simple: { label: 'Simple RNN', group: 'loss', scale: 'log' },
    lstm: { label: 'LSTM', group: 'loss', scale: 'log' },
    gru: { label: 'GRU', group: 'loss', scale: 'log' },
  },
  steps: 200,
  pace: 30,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
