// A case for each layer: an input shape that it accepts, and options other than the defaults.
import * as attentionLayers from '@chainrule/layers-attention';
import * as convLayers from '@chainrule/layers-conv';
import {
  activationWith,
  constant,
  heNormal,
  l1l2,
  l2,
  type Layer,
  maxNorm,
  nonNeg,
  normalizedPositiveDefinite,
  orthogonal,
  truncatedNormal,
  unitNorm,
} from '@chainrule/layers-core';
import * as denseLayers from '@chainrule/layers-dense';
import * as mergeLayers from '@chainrule/layers-merge';
import * as normalizationLayers from '@chainrule/layers-normalization';
import * as recurrentLayers from '@chainrule/layers-recurrent';
import { leakyRelu, sigmoid, type Shape, tanh } from '@chainrule/tensor';

/** A layer and the shapes of its inputs. */
export interface LayerCase {
  readonly type: string;
  readonly shapes: readonly Shape[];
  readonly make: () => Layer;
}

const row = [2, 5, 4];
const image = [2, 4, 5, 4];
const volume = [1, 3, 4, 3, 2];
const kernelInitializer = truncatedNormal({ stddev: 0.5 });

/** The shape of an input, how to make the layer, and the number of inputs, by default one. */
const cases: readonly (readonly [shape: Shape, make: () => Layer, inputs?: number])[] = [
  [
    [2, 3],
    () =>
      denseLayers.dense(4, {
        activation: tanh,
        kernelInitializer: orthogonal({ gain: 2 }),
        kernelRegularizer: l2(0.1),
        kernelConstraint: maxNorm(1),
      }),
  ],
  [[2, 3], () => denseLayers.activation(sigmoid)],
  [[2, 3], () => denseLayers.activation(activationWith(leakyRelu, { negativeSlope: 0.1 }))],
  [[2, 3], () => denseLayers.dropout(0.3)],
  [[2, 3], () => denseLayers.rescaling(0.5, 1)],
  [image, () => denseLayers.flatten()],
  [[2, 6], () => denseLayers.reshape([3, -1])],
  [[2, 3, 4], () => denseLayers.permute([2, 1])],
  [[2, 3], () => denseLayers.repeatVector(2)],
  [[2, 3], () => denseLayers.gaussianNoise(0.1)],
  [[2, 3], () => denseLayers.gaussianDropout(0.1)],
  [row, () => denseLayers.spatialDropout1d(0.4)],
  [image, () => denseLayers.spatialDropout2d(0.4)],
  [volume, () => denseLayers.spatialDropout3d(0.4)],
  [row, () => convLayers.conv1d({ filters: 2, kernelSize: 2, padding: 'causal', dilations: 2, kernelInitializer })],
  [
    image,
    () =>
      convLayers.conv2d({
        filters: 2,
        kernelSize: [2, 3],
        strides: 2,
        groups: 2,
        activation: tanh,
        biasRegularizer: l1l2({ l1: 0.1 }),
        biasInitializer: constant(1),
      }),
  ],
  [
    volume,
    () =>
      convLayers.conv3d({
        filters: 2,
        kernelSize: 2,
        padding: 'same',
        kernelConstraint: unitNorm({ axis: [0, 1, 2, 3] }),
      }),
  ],
  [
    image,
    () =>
      convLayers.depthwiseConv2d({
        kernelSize: 2,
        depthMultiplier: 2,
        depthwiseInitializer: heNormal,
        depthwiseRegularizer: l2(),
      }),
  ],
  [
    image,
    () => convLayers.separableConv2d({ filters: 3, kernelSize: 2, depthMultiplier: 2, pointwiseConstraint: nonNeg() }),
  ],
  [row, () => convLayers.conv1dTranspose({ filters: 2, kernelSize: 3, strides: 2, outputPadding: 1 })],
  [image, () => convLayers.conv2dTranspose({ filters: 2, kernelSize: 3, strides: [2, 1], padding: 'same' })],
  [row, () => convLayers.maxPool1d()],
  [image, () => convLayers.maxPool2d({ poolSize: [3, 2], strides: 1 })],
  [volume, () => convLayers.maxPool3d({ padding: 'same' })],
  [row, () => convLayers.averagePool1d({ padding: 'same', strides: 1 })],
  [image, () => convLayers.averagePool2d({ poolSize: [3, 2] })],
  [volume, () => convLayers.averagePool3d()],
  [row, () => convLayers.globalMaxPool1d()],
  [image, () => convLayers.globalMaxPool2d({ keepDims: true })],
  [volume, () => convLayers.globalMaxPool3d()],
  [row, () => convLayers.globalAveragePool1d({ keepDims: true })],
  [image, () => convLayers.globalAveragePool2d()],
  [volume, () => convLayers.globalAveragePool3d()],
  [row, () => convLayers.zeroPadding1d({ padding: [1, 2] })],
  [
    image,
    () =>
      convLayers.zeroPadding2d({
        padding: [
          [0, 1],
          [2, 0],
        ],
      }),
  ],
  [volume, () => convLayers.zeroPadding3d()],
  [row, () => convLayers.cropping1d({ cropping: [1, 2] })],
  [image, () => convLayers.cropping2d({ cropping: [0, 1] })],
  [volume, () => convLayers.cropping3d({ cropping: [0, 1, 1] })],
  [row, () => convLayers.upSampling1d({ size: 3 })],
  [image, () => convLayers.upSampling2d({ size: [1, 2], interpolation: 'bilinear' })],
  [volume, () => convLayers.upSampling3d()],
  [image, () => normalizationLayers.batchNormalization({ momentum: 0.5 })],
  [[2, 3, 4], () => normalizationLayers.layerNormalization({ axis: [1, 2], epsilon: 0.01 })],
  [image, () => normalizationLayers.groupNormalization({ groups: 2 })],
  [image, () => normalizationLayers.instanceNormalization({ center: false })],
  [row, () => normalizationLayers.rmsNormalization()],
  [row, () => denseLayers.masking(0.5)],
  [row, () => mergeLayers.add(), 3],
  [row, () => mergeLayers.average(), 2],
  [row, () => mergeLayers.concatenate({ axis: 1 }), 2],
  [row, () => mergeLayers.dot([1, -2], { normalize: true }), 2],
  [row, () => mergeLayers.maximum(), 2],
  [row, () => mergeLayers.minimum(), 3],
  [row, () => mergeLayers.multiply(), 2],
  [row, () => mergeLayers.subtract(), 2],
  [
    row,
    () =>
      recurrentLayers.simpleRnn(3, {
        activation: sigmoid,
        recurrentInitializer: normalizedPositiveDefinite,
        recurrentRegularizer: l2(),
      }),
  ],
  [
    row,
    () =>
      recurrentLayers.lstm(3, {
        returnSequences: true,
        goBackwards: true,
        dropout: 0.2,
        recurrentDropout: 0.3,
        recurrentConstraint: maxNorm(1),
      }),
  ],
  [
    row,
    () =>
      recurrentLayers.gru(3, { resetAfter: false, activation: sigmoid, checkpointEvery: 2, learnInitialState: true }),
  ],
  [row, () => recurrentLayers.rnn(recurrentLayers.gruCell(3), { returnSequences: true })],
  [row, () => recurrentLayers.rnn(recurrentLayers.layerNormLstmCell(3, { epsilon: 0.1 }))],
  [
    row,
    () =>
      recurrentLayers.bidirectional(recurrentLayers.lstm(2, { kernelRegularizer: l2() }), { mergeMode: 'multiply' }),
  ],
  [row, () => recurrentLayers.timeDistributed(denseLayers.dense(2, { activation: tanh }))],
  [row, () => attentionLayers.luongAttention({ score: 'concat', units: 3, window: { size: 1 }, dropout: 0.2 })],
  [
    row,
    () =>
      attentionLayers.luongAttention({ score: 'general', scale: true, causal: true, kernelInitializer: orthogonal }),
  ],
  [row, () => attentionLayers.bahdanauAttention(3, { dropout: 0.2 })],
  [
    row,
    () =>
      attentionLayers.multiHeadAttention({
        numHeads: 2,
        keyDim: 3,
        valueDim: 2,
        causal: true,
        kernelRegularizer: l2(),
        biasConstraint: maxNorm(1),
      }),
  ],
  [row, () => attentionLayers.sinusoidalPositions({ maxPeriod: 100 })],
  [row, () => attentionLayers.learnedPositions(6, { embeddingsInitializer: heNormal })],
];

/** All cases, by the names of their factories. */
export const layerCases: readonly LayerCase[] = cases.map(([shape, make, inputs = 1]) => ({
  type: make().type,
  shapes: new Array<Shape>(inputs).fill(shape),
  make,
}));

/** Factories of the cells that recurrent layers take. */
export const cellFactories: Pick<
  typeof recurrentLayers,
  'simpleRnnCell' | 'lstmCell' | 'layerNormLstmCell' | 'gruCell'
> = recurrentLayers;
