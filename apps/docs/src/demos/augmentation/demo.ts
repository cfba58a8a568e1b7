import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const controls: Controls<Settings> = {
  group: {
    kind: 'choice',
    label: 'Changes',
    default: 'place',
    choices: ['place', 'color', 'detail', 'mixed', 'series'],
  },
  picture: { kind: 'choice', label: 'Picture', default: 'scene', choices: ['scene', 'digit'] },
  strength: { kind: 'number', label: 'Strength', default: 0.3, min: 0, max: 1, step: 0.05 },
};

export const demo: Demo = {
  name: 'augmentation',
  title: 'Augmentations of pictures and series',
  source,
  highlighted,
  controls,
  curves: { change: { label: 'Mean change', group: 'mean change', format: 'percent' } },
  steps: 100,
  pace: 1,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
