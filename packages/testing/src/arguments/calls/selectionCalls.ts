import { kFold } from '@chainrule/data-loaders';
import { dense } from '@chainrule/layers-dense';
import { meanSquaredError } from '@chainrule/losses';
import { input, sequential } from '@chainrule/model';
import { type Trial, uniformFloat } from '@chainrule/model-selection';
import { sgd } from '@chainrule/optim';
import { tensor } from '@chainrule/tensor';
import { inScratch, openChannel } from './scratch.ts';
import type { Table } from './table.ts';

const trial = (): Trial<{ rate: number }> => ({
  build: ({ rate }, { seed }) =>
    sequential(input([1]), dense(1)).compile({ seed, optimizer: sgd({ learningRate: rate }), loss: meanSquaredError }),
  data: { x: tensor([[0], [1]]), y: tensor([[0], [1]]) },
  folds: kFold(2, { folds: 2 }),
  fit: { epochs: 1 },
  prepare: (train, test) => ({ train, test }),
  score: 'loss',
  mode: 'min',
});
const options = (): object => ({
  seed: 1,
  store: { load: () => undefined, save: () => undefined },
  refit: false,
  signal: new AbortController().signal,
  onScore: () => undefined,
});
const scores = (): unknown[] => [
  [0, 1],
  [0.25, 0.75],
];

export const selectionCalls: Table = {
  adjustPriors: () => [tensor([0.5]), { from: 0.5, to: 0.25 }],
  chooseThreshold: () => [...scores(), { maximize: 'fScore', beta: 1, weights: [1, 2] }],
  crossValidate: () => [trial(), { rate: 0.1 }, { seed: 1 }],
  gridSearch: () => [trial(), { rate: [0.1] }, options()],
  halvingSearch: () => [
    trial(),
    { rate: [0.1, 0.2] },
    { ...options(), trials: 2, minEpochs: 1, maxEpochs: 2, factor: 2 },
  ],
  uniformInteger: () => [1, 6],
  logUniformFloat: () => [0.1, 1],
  randomSearch: () => [trial(), { rate: uniformFloat(0.1, 0.2) }, { ...options(), trials: 1 }],
  serveTrials: () => [trial(), openChannel()],
  temperatureScaling: () => [tensor([1, 2]), tensor([0, 1])],
  uniformFloat: () => [0, 1],
};

export const selectionNodeCalls: Table = { searchFile: () => [inScratch('search.json')] };
