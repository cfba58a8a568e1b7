import { tensor } from '@chainrule/tensor';
import { smallClassifier, smallFilter, smallLstm } from '../../testing/src/blocks/smallNets.ts';
import type { Figure } from '../src/figure.ts';
import { plotGates } from '../src/figures/plotGates.ts';
import { plotMaximized } from '../src/figures/plotMaximized.ts';
import { plotOcclusion } from '../src/figures/plotOcclusion.ts';
import { plotReconstructions } from '../src/figures/plotReconstructions.ts';
import { noise, range } from './noise.ts';

/** A bright spot and a ring. */
const spots = tensor(
  [0, 3].flatMap((radius) =>
    range(16 * 16).map((i) => Math.exp(-((Math.hypot((i % 16) - 6, Math.floor(i / 16) - 9) - radius) ** 2) / 4)),
  ),
  [2, 16, 16, 1],
);

/** Figures of the inside of models. */
export const modelExamples: Readonly<Record<string, Figure>> = {
  gates: plotGates(smallLstm(), tensor(range(30).map((t) => [Math.sin(t / 3), noise(t)]))),
  'maximized channels': plotMaximized(smallClassifier(), { layer: 'conv2d', steps: 20, l2: 0.2 }),
  occlusion: plotOcclusion(smallClassifier(), spots),
  reconstructions: plotReconstructions(smallFilter(), spots),
};
