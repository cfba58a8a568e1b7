import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';
import { racers } from './racers.ts';

const rates = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
const place = { kind: 'number', min: -2, max: 2, step: 0.01 } as const;

const controls: Controls<Settings> = {
  surface: {
    kind: 'choice',
    label: 'Surface',
    default: 'ravine',
    choices: ['ravine', 'bowl', 'saddle', 'many valleys', 'banana', 'Beale'],
  },
  startX: { ...place, label: 'Start x', default: -1.7 },
  startY: { ...place, label: 'Start y', default: 0.8 },
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.03, choices: rates },
  momentum: { kind: 'number', label: 'Momentum', default: 0.9, min: 0, max: 0.99, step: 0.01 },
  adaptiveRate: { kind: 'choice', label: 'Adaptive rate', default: 0.1, choices: rates },
  noise: { kind: 'number', label: 'Noise', default: 0, min: 0, max: 3, step: 0.1 },
};

export const demo: Demo = {
  name: 'optimizers',
  title: 'A race of optimizers',
  source,
  highlighted,
  controls,
  curves: Object.fromEntries(racers.map((label) => [label, { label, group: 'height', scale: 'log' }])),
  steps: 150,
  pace: 20,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
