import type { Controls, Demo } from '../../demo/demo.ts';
import View from './View.vue';
import type { Settings } from './program.ts';
import source from './program.ts?raw';
import highlighted from './program.ts?highlighted';

const presets = ['vertical edges', 'horizontal edges', 'blur', 'blur 5 × 5', 'sharpen', 'emboss', 'outline', 'nothing'];
const controls: Controls<Settings> = {
  image: { kind: 'choice', label: 'Image', default: 'house', choices: ['house', 'circle', 'stripes', 'digit'] },
  kernel: { kind: 'choice', label: 'Kernel', default: presets[0]!, choices: presets },
  stride: { kind: 'number', label: 'Stride', default: 1, min: 1, max: 4, step: 1 },
  padding: { kind: 'number', label: 'Padding', default: 0, min: 0, max: 4, step: 1 },
  dilation: { kind: 'number', label: 'Dilation', default: 1, min: 1, max: 4, step: 1 },
  flip: { kind: 'switch', label: 'True convolution', default: false },
  learningRate: { kind: 'choice', label: 'Learning rate', default: 0.1, choices: [0.01, 0.03, 0.1, 0.3] },
};

export const demo: Demo = {
  name: 'convolution',
  title: 'Convolution by hand',
  source,
  highlighted,
  controls,
  curves: { loss: { label: 'Loss', group: 'loss', scale: 'log' } },
  steps: 200,
  pace: 20,
  worker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
  view: View,
};
