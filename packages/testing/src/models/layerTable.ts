import * as attention from '@chainrule/layers-attention';
import * as conv from '@chainrule/layers-conv';
import type { Layer } from '@chainrule/layers-core';
import * as dense from '@chainrule/layers-dense';
import * as normalization from '@chainrule/layers-normalization';
import * as recurrent from '@chainrule/layers-recurrent';
import { relu, sigmoid, tanh } from '@chainrule/tensor';

/** Makes a layer of the given width, with options that a number chooses. */
export type MakeLayer = (width: number, k: number) => Layer;

const pick = <T>(choices: readonly T[], k: number): T => choices[k % choices.length]!;
const activation = (k: number) => pick([tanh, sigmoid, relu], k);
const padding = (k: number) => pick(['same', 'valid'] as const, k);

export const vectors: Readonly<Record<string, MakeLayer>> = {
  dense: (units, k) => dense.dense(units, { activation: activation(k), useBias: k % 3 !== 0 }),
  activation: (_, k) => dense.activation(pick([relu, tanh, sigmoid], k)),
  dropout: (_, k) => dense.dropout(k / 20),
  gaussianNoise: () => dense.gaussianNoise(0.1),
  rescaling: (_, k) => dense.rescaling(0.5, k / 4),
  batchNormalization: () => normalization.batchNormalization(),
  layerNormalization: () => normalization.layerNormalization(),
  rmsNormalization: () => normalization.rmsNormalization(),
  repeatVector: (_, k) => dense.repeatVector(1 + (k % 4)),
};

export const rows: Readonly<Record<string, MakeLayer>> = {
  simpleRnn: (units, k) => recurrent.simpleRnn(units, { returnSequences: k % 2 === 0, goBackwards: k % 3 === 0 }),
  lstm: (units, k) => recurrent.lstm(units, { returnSequences: k % 2 === 0, goBackwards: k % 3 === 0 }),
  gru: (units, k) => recurrent.gru(units, { returnSequences: k % 2 === 0, resetAfter: k % 3 !== 0 }),
  bidirectional: (units, k) =>
    recurrent.bidirectional(
      pick([recurrent.lstm, recurrent.gru, recurrent.simpleRnn], k)(units, { returnSequences: k % 2 === 0 }),
      { mergeMode: pick(['concat', 'sum', 'multiply', 'average'] as const, k) },
    ),
  timeDistributed: (units, k) => recurrent.timeDistributed(dense.dense(units, { activation: activation(k) })),
  conv1d: (filters, k) =>
    conv.conv1d({
      filters,
      kernelSize: 1 + (k % 3),
      padding: pick(['same', 'valid', 'causal'] as const, k),
      strides: 1 + (k % 2),
      activation: activation(k),
    }),
  conv1dTranspose: (filters, k) => conv.conv1dTranspose({ filters, kernelSize: 1 + (k % 3), strides: 1 + (k % 2) }),
  maxPool1d: (_, k) => conv.maxPool1d({ poolSize: 1 + (k % 3), padding: padding(k) }),
  averagePool1d: (_, k) => conv.averagePool1d({ poolSize: 1 + (k % 3), padding: padding(k) }),
  globalMaxPool1d: () => conv.globalMaxPool1d(),
  globalAveragePool1d: () => conv.globalAveragePool1d(),
  zeroPadding1d: (_, k) => conv.zeroPadding1d({ padding: [k % 2, 1] }),
  upSampling1d: (_, k) => conv.upSampling1d({ size: 1 + (k % 3) }),
  spatialDropout1d: () => dense.spatialDropout1d(0.3),
  multiHeadAttention: (keyDim, k) =>
    attention.multiHeadAttention({ numHeads: 1 + (k % 3), keyDim, causal: k % 2 === 0 }),
  luongAttention: (_, k) => attention.luongAttention({ scale: k % 2 === 0, causal: k % 3 === 0 }),
  bahdanauAttention: (units) => attention.bahdanauAttention(units),
  sinusoidalPositions: () => attention.sinusoidalPositions(),
  permute: () => dense.permute([2, 1]),
};

export const images: Readonly<Record<string, MakeLayer>> = {
  conv2d: (filters, k) =>
    conv.conv2d({
      filters,
      kernelSize: [1 + (k % 3), 3 - (k % 2)],
      padding: padding(k),
      strides: 1 + (k % 2),
      activation: activation(k),
    }),
  conv2dTranspose: (filters, k) =>
    conv.conv2dTranspose({ filters, kernelSize: 1 + (k % 3), strides: 1 + (k % 2), padding: padding(k) }),
  depthwiseConv2d: (_, k) =>
    conv.depthwiseConv2d({ kernelSize: 1 + (k % 3), depthMultiplier: 1 + (k % 2), padding: padding(k) }),
  separableConv2d: (filters, k) => conv.separableConv2d({ filters, kernelSize: 1 + (k % 3), padding: padding(k) }),
  maxPool2d: (_, k) => conv.maxPool2d({ poolSize: 1 + (k % 3), padding: padding(k) }),
  averagePool2d: (_, k) => conv.averagePool2d({ poolSize: 1 + (k % 3), padding: padding(k) }),
  globalMaxPool2d: () => conv.globalMaxPool2d(),
  globalAveragePool2d: () => conv.globalAveragePool2d(),
  zeroPadding2d: (_, k) =>
    conv.zeroPadding2d({
      padding: [
        [0, 1],
        [k % 2, 0],
      ],
    }),
  upSampling2d: (_, k) =>
    conv.upSampling2d({ size: [1, 1 + (k % 2)], interpolation: pick(['nearest', 'bilinear'] as const, k) }),
  groupNormalization: () => normalization.groupNormalization({ groups: 1 }),
  instanceNormalization: () => normalization.instanceNormalization(),
  flatten: () => dense.flatten(),
};

/** All layers by name. A model leaves out layers that do not accept the output of the layer before. */
export const layerTable: ReadonlyMap<string, MakeLayer> = new Map(Object.entries({ ...vectors, ...rows, ...images }));
