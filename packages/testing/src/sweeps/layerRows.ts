// For each layer, how to make it with a given width, and the shapes of its inputs.
import * as attention from '@chainrule/layers-attention';
import * as conv from '@chainrule/layers-conv';
import * as dense from '@chainrule/layers-dense';
import * as merge from '@chainrule/layers-merge';
import * as normalization from '@chainrule/layers-normalization';
import * as recurrent from '@chainrule/layers-recurrent';
import { tanh } from '@chainrule/tensor';
import { images, type MakeLayer, rows, vectors } from '../models/layerTable.ts';

/** A layer in a sweep. */
export interface LayerRow {
  /** Makes the layer with `width` units or filters; `k` chooses other options. */
  readonly make: MakeLayer;
  /** Shapes of one sample of each input, with a given number of channels. */
  readonly samples: (channels: number) => readonly (readonly number[])[];
  /** Whether the layer draws random numbers while it trains. */
  readonly random?: boolean;
  /** Whether a mask selects the steps that count. */
  readonly masked?: boolean;
  /** The number of tokens, for layers that look up tokens. */
  readonly tokens?: number;
}

type Samples = LayerRow['samples'];
type Rows = Record<string, LayerRow>;

const vector: Samples = (channels) => [[channels]];
const sequence: Samples = (channels) => [[5, channels]];
const image: Samples = (channels) => [[4, 5, channels]];
const volume: Samples = (channels) => [[3, 4, 2, channels]];
const queriesAndValues: Samples = (channels) => [
  [3, channels],
  [5, channels],
];

const all = (makes: Readonly<Record<string, MakeLayer>>, samples: Samples, more: Partial<LayerRow> = {}): Rows =>
  Object.fromEntries(Object.entries(makes).map(([name, make]) => [name, { make, samples, ...more }]));

const padding = (k: number): 'same' | 'valid' => (k % 2 === 0 ? 'same' : 'valid');

const moreSequences: Readonly<Record<string, MakeLayer>> = {
  cropping1d: (_, k) => conv.cropping1d({ cropping: [k % 2, 1] }),
  learnedPositions: () => attention.learnedPositions(6),
  masking: () => dense.masking(0.5),
  reshape: () => dense.reshape([-1, 5]),
  rnn: (units, k) => recurrent.rnn(recurrent.gruCell(units), { returnSequences: k % 2 === 0 }),
  'rnn of layerNormLstmCell': (units) => recurrent.rnn(recurrent.layerNormLstmCell(units)),
  'lstm with states': (units, k) => recurrent.lstm(units, { returnState: true, returnSequences: k % 2 === 0 }),
  'lstm with learned states': (units) => recurrent.lstm(units, { learnInitialState: true }),
  'gru with checkpoints': (units) => recurrent.gru(units, { checkpointEvery: 2 }),
  'luongAttention by concat': (units) => attention.luongAttention({ score: 'concat', units, window: { size: 1 } }),
};

const moreImages: Readonly<Record<string, MakeLayer>> = {
  cropping2d: (_, k) => conv.cropping2d({ cropping: [k % 2, 1] }),
};

const volumes: Readonly<Record<string, MakeLayer>> = {
  averagePool3d: (_, k) => conv.averagePool3d({ poolSize: 1 + (k % 2), padding: padding(k) }),
  conv3d: (filters, k) => conv.conv3d({ filters, kernelSize: 1 + (k % 2), padding: padding(k), activation: tanh }),
  cropping3d: (_, k) => conv.cropping3d({ cropping: [k % 2, 1, 0] }),
  globalAveragePool3d: () => conv.globalAveragePool3d(),
  globalMaxPool3d: () => conv.globalMaxPool3d(),
  maxPool3d: (_, k) => conv.maxPool3d({ poolSize: 1 + (k % 2), padding: padding(k) }),
  upSampling3d: () => conv.upSampling3d(),
  zeroPadding3d: () => conv.zeroPadding3d(),
};

const withMasks: Readonly<Record<string, MakeLayer>> = {
  'lstm with a mask': (units, k) => recurrent.lstm(units, { returnSequences: k % 2 === 0 }),
  'bidirectional with a mask': (units) => recurrent.bidirectional(recurrent.gru(units, { returnSequences: true })),
  'globalAveragePool1d with a mask': () => conv.globalAveragePool1d(),
  'globalMaxPool1d with a mask': () => conv.globalMaxPool1d(),
  'multiHeadAttention with a mask': (keyDim) => attention.multiHeadAttention({ numHeads: 2, keyDim }),
};

const withTwoInputs: Readonly<Record<string, MakeLayer>> = {
  'bahdanauAttention of values': (units) => attention.bahdanauAttention(units, { returnScores: true }),
  'luongAttention of values': (_, k) => attention.luongAttention({ score: k % 2 === 0 ? 'dot' : 'general' }),
  'multiHeadAttention of values': (keyDim) => attention.multiHeadAttention({ numHeads: 2, keyDim, valueDim: 3 }),
};

const merges: Readonly<Record<string, MakeLayer>> = {
  add: () => merge.add(),
  average: () => merge.average(),
  concatenate: (_, k) => merge.concatenate(k % 2 === 0 ? {} : { axis: 1 }),
  dot: (_, k) => merge.dot(2, { normalize: k % 2 === 0 }),
  maximum: () => merge.maximum(),
  minimum: () => merge.minimum(),
  multiply: () => merge.multiply(),
  subtract: () => merge.subtract(),
};
const pair: Samples = (channels) => [
  [3, channels],
  [3, channels],
];

const random = { random: true };

/** Rows by the name of the layer and, if a layer has several, a distinguishing word. */
export const layerRows: ReadonlyMap<string, LayerRow> = new Map(
  Object.entries({
    ...all(vectors, vector),
    ...all(rows, sequence),
    ...all(images, image),
    ...all(moreSequences, sequence),
    ...all(moreImages, image),
    ...all(volumes, volume),
    ...all(withMasks, sequence, { masked: true }),
    ...all(withTwoInputs, queriesAndValues),
    ...all(merges, pair),
    dropout: { make: (_, k) => dense.dropout((1 + k) / 20), samples: vector, ...random },
    gaussianDropout: { make: () => dense.gaussianDropout(0.3), samples: vector, ...random },
    gaussianNoise: { make: () => dense.gaussianNoise(0.1), samples: vector, ...random },
    'simpleRnn with dropout': {
      make: (units) => recurrent.simpleRnn(units, { dropout: 0.3, recurrentDropout: 0.3 }),
      samples: sequence,
      ...random,
    },
    spatialDropout1d: { make: () => dense.spatialDropout1d(0.3), samples: sequence, ...random },
    spatialDropout2d: { make: () => dense.spatialDropout2d(0.3), samples: image, ...random },
    spatialDropout3d: { make: () => dense.spatialDropout3d(0.3), samples: volume, ...random },
    embedding: { make: (width) => dense.embedding(7, width), samples: () => [[4]], tokens: 7 },
    'groupNormalization of two groups': {
      make: () => normalization.groupNormalization({ groups: 2 }),
      samples: (channels) => [[3, 2 * channels]],
    },
  } satisfies Rows),
);
