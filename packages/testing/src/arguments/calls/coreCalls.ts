import * as core from '@chainrule/layers-core';
import { dense } from '@chainrule/layers-dense';
import { lstm, lstmCell } from '@chainrule/layers-recurrent';
import { meanSquaredError } from '@chainrule/losses';
import { binaryAccuracy } from '@chainrule/metrics';
import { reference } from '@chainrule/compiler';
import {
  Generator,
  leakyRelu,
  mul,
  ones,
  relu,
  type Shape,
  sum,
  tensor,
  type Tensor,
  Variable,
  zeros,
} from '@chainrule/tensor';
import type { Table } from './table.ts';

const x = (): Tensor =>
  tensor([
    [0.5, 1],
    [2, 3],
  ]);
const labels = (): Tensor => tensor([0, 1], undefined, 'int32');
const rng = (): Generator => new Generator(1);
export const variable = (): Variable => new Variable(tensor([1, 2]), { name: 'w' });
const square = (t: Tensor): Tensor => sum(mul(t, t));

export const tensorCalls: Table = {
  tensor: () => [
    [
      [1, 2],
      [3, 4],
    ],
    [2, 2],
    'float32',
  ],
  full: () => [[2], 1, 'float32'],
  zeros: () => [[2], 'float32'],
  ones: () => [[2], 'float32'],
  zerosLike: () => [x()],
  onesLike: () => [x()],
  arange: () => [0, 3, 1, 'float32'],
  linspace: () => [0, 1, 3, 'float32'],
  eye: () => [2, 3, 0, 'float32'],
  randomUniform: () => [rng(), [2], { low: 0, high: 1, dtype: 'float32' }],
  randomNormal: () => [rng(), [2], { mean: 0, std: 1, dtype: 'float32' }],
  randomTruncatedNormal: () => [rng(), [2], { mean: 0, std: 1 }],
  randomBernoulli: () => [rng(), [2], { p: 0.5 }],
  randomCategorical: () => [rng(), x(), 2],
  randomPermutation: () => [rng(), 4],
  histogram: () => [x(), { bins: 3, range: [0, 1] }],
  unique: () => [x()],
  topK: () => [x(), { k: 1, axis: 0, largest: true }],
  split: () => [x(), 2, 0],
  unstack: () => [x(), 0],
  boxBlurKernel: () => [3],
  gaussianBlurKernel: () => [3, 1],
  Tensor: () => [[2], 'float32', Float32Array.of(1, 2)],
  tensorFromJSON: () => [x().toJSON()],
  tensorToTransferable: () => [x()],
  tensorFromTransferable: () => [{ shape: [1], dtype: 'int32', data: Int32Array.of(1) }],
  scan: () => [(c: Tensor, r: Tensor) => [c, r], zeros([2]), x(), { length: 2, reverse: false, checkpointEvery: 1 }],
  Variable: () => [x(), { name: 'w', trainable: true }],
  map: () => [(v: unknown) => v, [x()]],
  defineOp: () => [{ name: 'same', lower: (v: unknown) => v }],
  Generator: () => [1],
  drawRows: () => [rng(), 2],
  RandomSource: () => [1, 'shuffle', 0],
  isTensor: () => [x()],
  shapeOf: () => [x()],
  edgeKernel: () => [],
  identityKernel: () => [],
  sharpenKernel: () => [],
  sobelKernels: () => [],
};

export const gradientCalls: Table = {
  grad: () => [square],
  valueAndGrad: () => [square],
  vjp: () => [square],
  hessianVectorProduct: () => [square],
  checkpoint: () => [square],
  stopGradient: () => [x()],
  customGradient: () => [square, (g: Tensor) => [g], { name: 'mine' }],
  checkGradients: () => [square, [tensor([1], undefined, 'float64')], { order: 1, step: 1e-5, tolerance: 1e-6 }],
};

const kernelOptions = (): object => ({
  activation: relu,
  useBias: true,
  kernelInitializer: core.glorotUniform,
  biasInitializer: core.zerosInitializer,
  kernelRegularizer: core.l2(),
  biasRegularizer: core.l1(),
  kernelConstraint: core.nonNeg(),
  biasConstraint: core.maxNorm(1),
});
const conv = (): unknown[] => [
  { filters: 2, kernelSize: 2, strides: 1, padding: 'valid', dilations: 1, ...kernelOptions() },
];
const pool = (): unknown[] => [{ poolSize: 2, strides: 1, padding: 'valid' }];
const recurrent = (): unknown[] => [
  3,
  { returnSequences: true, goBackwards: false, dropout: 0.1, activation: relu, checkpointEvery: 2 },
];

export const compilerCalls: Table = {
  compile: () => [square, { name: 'f', simplify: true, fuse: true }],
  defaultBackend: () => [],
  hasDefaultBackend: () => [],
  setDefaultBackend: () => [() => reference()],
  reference: () => [],
};

const layerParts = (): object => ({
  type: 'same',
  name: 'mine',
  args: [],
  outputShape: (shape: unknown) => shape,
  build: () => undefined,
});

/** The layers that merge inputs; some have the names of operations. */
export const mergeCalls: Table = {
  add: () => [{ name: 'sum' }],
  average: () => [{ name: 'mean' }],
  concatenate: () => [{ axis: 1, name: 'joined' }],
  dot: () => [[1, 1], { normalize: true, name: 'cosine' }],
  maximum: () => [{ name: 'largest' }],
  minimum: () => [{ name: 'smallest' }],
  multiply: () => [{ name: 'product' }],
  subtract: () => [{ name: 'difference' }],
};

export const layerCalls: Table = {
  dense: () => [2, kernelOptions()],
  flatten: () => [],
  activation: () => [relu],
  dropout: () => [0.5],
  embedding: () => [5, 2, { maskZero: true }],
  gaussianDropout: () => [0.1],
  gaussianNoise: () => [0.1],
  masking: () => [0],
  permute: () => [[2, 1]],
  repeatVector: () => [2],
  rescaling: () => [2, 1],
  reshape: () => [[2, -1]],
  spatialDropout1d: () => [0.1],
  spatialDropout2d: () => [0.1],
  spatialDropout3d: () => [0.1],
  conv1d: conv,
  conv2d: conv,
  conv3d: conv,
  conv1dTranspose: conv,
  conv2dTranspose: conv,
  depthwiseConv2d: () => [{ kernelSize: 2, strides: 1, padding: 'same', depthMultiplier: 2, activation: relu }],
  separableConv2d: () => [{ filters: 2, kernelSize: 2, strides: 1, padding: 'same', depthMultiplier: 2 }],
  averagePool1d: pool,
  averagePool2d: pool,
  averagePool3d: pool,
  maxPool1d: pool,
  maxPool2d: pool,
  maxPool3d: pool,
  cropping1d: () => [{ cropping: 1 }],
  cropping2d: () => [{ cropping: 1 }],
  cropping3d: () => [{ cropping: 1 }],
  zeroPadding1d: () => [{ padding: 1 }],
  zeroPadding2d: () => [{ padding: 1 }],
  zeroPadding3d: () => [{ padding: 1 }],
  upSampling1d: () => [{ size: 2 }],
  upSampling2d: () => [{ size: 2, interpolation: 'nearest' }],
  upSampling3d: () => [{ size: 2 }],
  globalMaxPool1d: () => [{ keepDims: true }],
  globalMaxPool2d: () => [{ keepDims: true }],
  globalMaxPool3d: () => [{ keepDims: true }],
  globalAveragePool1d: () => [{ keepDims: true }],
  globalAveragePool2d: () => [{ keepDims: true }],
  globalAveragePool3d: () => [{ keepDims: true }],
  batchNormalization: () => [{ momentum: 0.9, epsilon: 0.001, center: true, scale: true }],
  layerNormalization: () => [{ axis: -1, epsilon: 0.001, center: true, scale: true }],
  groupNormalization: () => [{ groups: 2, epsilon: 0.001, center: true, scale: true }],
  instanceNormalization: () => [{ epsilon: 0.001, center: true }],
  rmsNormalization: () => [{ axis: -1, epsilon: 0.001 }],
  simpleRnn: recurrent,
  lstm: recurrent,
  gru: recurrent,
  rnn: () => [lstmCell(3), { returnSequences: true }],
  bidirectional: () => [lstm(2), { mergeMode: 'concat' }],
  timeDistributed: () => [dense(2)],
  simpleRnnCell: () => [3, { activation: relu, useBias: true }],
  lstmCell: () => [3, { activation: relu, useBias: true }],
  layerNormLstmCell: () => [3, { epsilon: 1e-3, activation: relu }],
  gruCell: () => [3, { resetAfter: true }],
  luongAttention: () => [{ score: 'dot', causal: true, dropout: 0.1 }],
  bahdanauAttention: () => [3, { dropout: 0.1 }],
  multiHeadAttention: () => [{ numHeads: 2, keyDim: 3, valueDim: 2, causal: true }],
  sinusoidalPositions: () => [{ maxPeriod: 100 }],
  batchMoments: () => [x()],
  normalizeBatch: () => [x(), { mean: zeros([2]), variance: ones([2]) }, 1, zeros([2]), 0.001],
  normalizeGroups: () => [x(), { groups: 2, epsilon: 0.001, gamma: ones([2]), beta: zeros([2]) }],
  normalizeInstances: () => [x(), { epsilon: 0.001, gamma: ones([2]) }],
  normalizeLayer: () => [x(), { axis: -1, epsilon: 0.001, gamma: ones([2]), beta: zeros([2]) }],
  normalizeRms: () => [x(), { axis: -1, epsilon: 0.001, gamma: ones([2]) }],
  learnedPositions: () => [6, { embeddingsInitializer: core.heNormal }],
  dotProductAttention: () => [x(), x(), x(), { causal: true }],
  additiveAttention: () => [x(), x(), x(), { causal: true }],
  activationWith: () => [leakyRelu, { negativeSlope: 0.1 }],
  constant: () => [1],
  fromValues: () => [x()],
  uniform: () => [{ minval: 0, maxval: 1 }],
  normal: () => [{ mean: 0, stddev: 1 }],
  truncatedNormal: () => [{ mean: 0, stddev: 1 }],
  ...Object.fromEntries(
    ['glorotUniform', 'glorotNormal', 'heUniform', 'heNormal', 'lecunUniform', 'lecunNormal'].map((name) => [
      name,
      () => [{ gain: 2, mode: 'fanIn' }],
    ]),
  ),
  orthogonal: () => [{ gain: 1 }],
  identityInitializer: () => [{ gain: 1 }],
  defineLayer: () => [{ ...layerParts(), call: (v: Tensor) => v, passesMask: true, mask: () => undefined }],
  defineMultiLayer: () => [{ ...layerParts(), call: (values: unknown) => values }],
  l1: () => [0.1],
  l2: () => [0.1],
  l1l2: () => [{ l1: 0.1, l2: 0.1 }],
  maxNorm: () => [1, { axis: 0 }],
  unitNorm: () => [{ axis: 0 }],
  nonNeg: () => [],
};

/** Arguments for the methods of a layer with one input of this shape. */
export const layerMethods = (shapes: readonly Shape[]): Table => ({
  build: () => [[...shapes], { rng: rng(), dtype: 'float32' }],
  call: () => [shapes.map((shape) => ({ data: zeros([...shape]) })), { rng: rng(), training: true }],
  outputShape: () => [[...shapes]],
  config: () => [],
  variables: () => [],
  penalties: () => [],
  constraints: () => [],
  mirrored: () => [],
  gates: () => shapes.map((shape) => zeros([...shape])),
  resetStates: () => [],
});

const lossOptions = (): object => ({ sampleWeight: ones([2]), reduction: 'mean' });
const pair = (): unknown[] => [x(), x(), lossOptions()];
export const lossCalls: Table = {
  binaryCrossEntropy: () => [x(), ones([2, 2]), { ...lossOptions(), fromLogits: true, labelSmoothing: 0.1 }],
  categoricalCrossEntropy: () => [x(), ones([2, 2]), { ...lossOptions(), fromLogits: true, labelSmoothing: 0.1 }],
  sparseCategoricalCrossEntropy: () => [
    x(),
    labels(),
    { ...lossOptions(), fromLogits: true, ignoreIndex: -1, classWeights: ones([2]) },
  ],
  binaryFocalCrossEntropy: () => [x(), ones([2, 2]), { gamma: 2, alpha: 0.25 }],
  categoricalFocalCrossEntropy: () => [x(), ones([2, 2]), { gamma: 2, alpha: 0.25 }],
  cosineSimilarity: pair,
  hinge: pair,
  huber: () => [x(), x(), { delta: 1, ...lossOptions() }],
  klDivergence: pair,
  logCosh: pair,
  meanAbsoluteError: pair,
  meanSquaredError: pair,
  meanSquaredLogarithmicError: pair,
  poisson: pair,
  squaredHinge: pair,
  triplet: () => [x(), x(), x(), { margin: 1 }],
  withOptions: () => [meanSquaredError, lossOptions()],
};

export const metricCalls: Table = {
  meanAbsoluteError: () => [],
  meanAbsolutePercentageError: () => [],
  categoricalAccuracy: () => [],
  rootMeanSquaredError: () => [],
  sparseCategoricalAccuracy: () => [],
  meanSquaredError: () => [],
  auc: () => [{ fromLogits: true, thresholds: 10 }],
  binaryAccuracy: () => [{ threshold: 0.5 }],
  bleu: () => [[['a', 'b']], [[['a', 'b']]], { maxOrder: 2, smoothing: 'addOne' }],
  balancedAccuracy: () => [{ classes: 3, adjusted: true }],
  brierScore: () => [{ fromLogits: true }],
  calibrationCurve: () => [[0, 1], [0.5, 0.75], { bins: 2, strategy: 'uniform', weights: [1, 2] }],
  classificationReport: () => [
    [
      [1, 2],
      [0, 3],
    ],
    { names: ['a', 'b'], beta: 1, digits: 2 },
  ],
  cohenKappa: () => [{ classes: 3, weights: 'linear' }],
  explainedVariance: () => [{ outputs: 2 }],
  logLoss: () => [{ fromLogits: true }],
  matthewsCorrelation: () => [{ threshold: 0.5, fromLogits: true }],
  measure: () => [binaryAccuracy(), ones([2, 1]), ones([2, 1]), ones([2])],
  medianAbsoluteError: () => [[0, 1], [0.5, 2], { weights: [1, 2] }],
  precisionRecallCurve: () => [[0, 1], [0.5, 2], { weights: [1, 2] }],
  rocAuc: () => [[0, 1], x(), { weights: [1, 2], average: 'macro', multiClass: 'oneVsRest' }],
  rocCurve: () => [[0, 1], [0.5, 2], { weights: [1, 2], dropIntermediate: true }],
  confusionMatrix: () => [{ classes: 3 }],
  fScore: () => [{ classes: 3, beta: 1, average: 'macro' }],
  precision: () => [{ classes: 3, average: 'macro' }],
  recall: () => [{ classes: 3, average: 'macro' }],
  perplexity: () => [{ fromLogits: true }],
  r2: () => [{ outputs: 2 }],
  sparseTopKAccuracy: () => [{ k: 2 }],
  topKAccuracy: () => [{ k: 2 }],
  sparseCategoricalAccuracyOf: () => [x(), labels()],
};

export const wasmCalls: Table = {
  startWasm: () => [{ threads: 1, reproducible: true, relaxed: false, simd: true, createWorker: () => ({}) }],
  wasm: () => [{ threads: 1, reproducible: true, relaxed: false, simd: true, createWorker: () => ({}) }],
};

export const tensorMethods: Table = {
  read: () => [],
  item: () => [],
  toArray: () => [],
  toJSON: () => [],
  toString: () => [],
};
export const variableMethods: Table = { read: () => [], toString: () => [], assign: () => [tensor([3, 4])] };
export const generatorCalls: Table = { stream: () => ['dropout'], draw: () => [[2], 'float32'] };
export const randomSourceCalls: Table = {
  bits: () => [],
  uniform: () => [0, 1],
  below: () => [6],
  normal: () => [],
  permutation: () => [4],
};
export const metricMethods: Table = {
  update: () => [ones([2, 1]), ones([2, 1]), ones([2])],
  result: () => [],
  reset: () => [],
};
export const confusionMethods: Table = {
  ...metricMethods,
  update: () => [labels(), labels(), ones([2])],
  matrix: () => [{ normalize: 'true' }],
};
