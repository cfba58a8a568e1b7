// Every entry point of every published package, with arguments that its functions take.
import * as augmentation from '@chainrule/augmentation';
import * as autograd from '@chainrule/autograd';
import * as wasm from '@chainrule/backend-wasm';
import * as compiler from '@chainrule/compiler';
import * as data from '@chainrule/data-loaders';
import * as dataImages from '@chainrule/data-loaders/images';
import * as dataNode from '@chainrule/data-loaders/node';
import * as dataParquet from '@chainrule/data-loaders/parquet';
import * as embeddings from '@chainrule/embeddings';
import * as files from '@chainrule/files';
import * as attention from '@chainrule/layers-attention';
import * as conv from '@chainrule/layers-conv';
import * as layersCore from '@chainrule/layers-core';
import * as denseLayers from '@chainrule/layers-dense';
import * as merge from '@chainrule/layers-merge';
import * as normalization from '@chainrule/layers-normalization';
import * as recurrent from '@chainrule/layers-recurrent';
import * as losses from '@chainrule/losses';
import * as metrics from '@chainrule/metrics';
import * as model from '@chainrule/model';
import * as modelNode from '@chainrule/model/node';
import * as modelSelection from '@chainrule/model-selection';
import * as modelSelectionNode from '@chainrule/model-selection/node';
import * as optim from '@chainrule/optim';
import * as tensor from '@chainrule/tensor';
import * as text from '@chainrule/text-tokenizer';
import * as textNode from '@chainrule/text-tokenizer/node';
import * as tensorboard from '@chainrule/tensorboard';
import * as visualize from '@chainrule/visualize';
import * as visualizeNode from '@chainrule/visualize/node';
import { augmentationCalls } from './calls/augmentationCalls.ts';
import * as core from './calls/coreCalls.ts';
import * as dataCalls from './calls/dataCalls.ts';
import * as optimizers from './calls/optimizerCalls.ts';
import * as modelCalls from './calls/modelCalls.ts';
import { layerCases } from '../layerCases.ts';
import { scalarCalls } from './calls/scalarCalls.ts';
import type { Table } from './calls/table.ts';
import * as selectionCalls from './calls/selectionCalls.ts';
import * as textCalls from './calls/textCalls.ts';
import { visualizeCalls } from './calls/visualizeCalls.ts';

/** The exports of an entry point, and arguments for its functions. */
export interface Entry {
  readonly exported: object;
  readonly calls: Table;
  /** Whether its functions pass on errors of functions that they call. */
  readonly delegates?: boolean;
}

const layers = (exported: object): Entry => ({ exported, calls: core.layerCalls });

export const entries: Readonly<Record<string, Entry>> = {
  '@chainrule/augmentation': { exported: augmentation, calls: augmentationCalls, delegates: true },
  '@chainrule/autograd': { exported: autograd, calls: core.gradientCalls },
  '@chainrule/backend-wasm': { exported: wasm, calls: core.wasmCalls, delegates: true },
  '@chainrule/compiler': { exported: compiler, calls: core.compilerCalls },
  '@chainrule/data-loaders': { exported: data, calls: dataCalls.dataCalls, delegates: true },
  '@chainrule/data-loaders/images': { exported: dataImages, calls: dataCalls.dataImageCalls, delegates: true },
  '@chainrule/data-loaders/node': { exported: dataNode, calls: dataCalls.dataNodeCalls, delegates: true },
  '@chainrule/data-loaders/parquet': { exported: dataParquet, calls: dataCalls.parquetCalls, delegates: true },
  '@chainrule/embeddings': { exported: embeddings, calls: textCalls.embeddingCalls, delegates: true },
  '@chainrule/files': { exported: files, calls: dataCalls.fileCalls, delegates: true },
  '@chainrule/layers-attention': layers(attention),
  '@chainrule/layers-conv': layers(conv),
  '@chainrule/layers-core': layers(layersCore),
  '@chainrule/layers-dense': layers(denseLayers),
  '@chainrule/layers-merge': { exported: merge, calls: core.mergeCalls },
  '@chainrule/layers-normalization': layers(normalization),
  '@chainrule/layers-recurrent': layers(recurrent),
  '@chainrule/losses': { exported: losses, calls: core.lossCalls },
  '@chainrule/metrics': { exported: metrics, calls: core.metricCalls },
  '@chainrule/model': { exported: model, calls: modelCalls.modelCalls, delegates: true },
  '@chainrule/model/node': { exported: modelNode, calls: modelCalls.modelNodeCalls, delegates: true },
  '@chainrule/model-selection': { exported: modelSelection, calls: selectionCalls.selectionCalls, delegates: true },
  '@chainrule/model-selection/node': { exported: modelSelectionNode, calls: selectionCalls.selectionNodeCalls },
  '@chainrule/optim': { exported: optim, calls: optimizers.optimizerCalls },
  '@chainrule/tensor': { exported: tensor, calls: core.tensorCalls },
  '@chainrule/text-tokenizer': { exported: text, calls: textCalls.textCalls, delegates: true },
  '@chainrule/text-tokenizer/node': { exported: textNode, calls: textCalls.textNodeCalls, delegates: true },
  '@chainrule/tensorboard': { exported: tensorboard, calls: dataCalls.tensorboardCalls },
  '@chainrule/visualize': { exported: visualize, calls: visualizeCalls },
  '@chainrule/visualize/node': { exported: visualizeNode, calls: visualizeCalls },
};

/**
 * Entry points without functions of their own for users: tools for authors of packages. In
 * `@chainrule/errors`, a check could only hide one error behind another.
 */
export const entriesLeftOut: readonly string[] = [
  // It exports nothing.
  '@chainrule/visualize/notebook',
  '@chainrule/errors',
  '@chainrule/errors/channel',
  '@chainrule/errors/check',
  '@chainrule/compiler/backend',
  '@chainrule/tensor/graph',
  '@chainrule/tensor/matchers',
  '@chainrule/tensor/oracle',
];

/** Objects whose methods users call. */
export interface Subject {
  readonly make: () => object;
  readonly calls: Table;
  /** Whether the last arguments of its methods are objects that may have entries that the methods ignore. */
  readonly takesData?: boolean;
}

function built(layer: layersCore.Layer, shapes: readonly tensor.Shape[]): layersCore.Layer {
  layer.build(shapes, { rng: new tensor.Generator(1), dtype: 'float32' });
  return layer;
}

export const subjects: Readonly<Record<string, Subject>> = {
  ...Object.fromEntries(
    [
      optim.adam(),
      optim.adamW(),
      optim.adamax(),
      optim.adadelta(),
      optim.adagrad(),
      optim.nadam(),
      optim.rmsprop({ centered: true, momentum: 0.5 }),
      optim.sgd({ momentum: 0.5 }),
      optim.accumulateGradients(optim.sgd(), 2),
      optim.adafactor(),
      optim.averageWeights(),
      optim.clipByRms(1),
      optim.implicitSgd(),
      optim.lamb(),
      optim.lbfgs(),
      optim.lion(),
      optim.lookahead(optim.sgd()),
      optim.partition(() => 'all', { all: optim.sgd() }),
      optim.sam(optim.sgd()),
      optim.scaleByAdam(),
      optim.scaleByParameterRms(),
      optim.scaleByTrustRatio(),
      optim.scaleByAdamax(),
      optim.scaleByAdadelta(),
      optim.scaleByNadam(),
      optim.scaleByRms(),
      optim.scaleByRss(),
      optim.scaleByStddev(),
      optim.scaleByLearningRate(0.1),
      optim.trace({ decay: 0.5 }),
      optim.addDecayedWeights(0.1),
      optim.clipByNorm(1),
      optim.clipByGlobalNorm(1),
      optim.clipByValue(1),
      optim.chain(optim.clipByNorm(1), optim.sgd()),
    ].map((made) => [made.name, { make: () => made, calls: optimizers.transformationMethods(made), takesData: true }]),
  ),
  ...Object.fromEntries(
    layerCases.map(({ type, shapes, make }) => [
      type,
      { make: () => built(make(), shapes), calls: core.layerMethods(shapes), takesData: true },
    ]),
  ),
  Aligned: { make: () => new text.Aligned('abc'), calls: textCalls.alignedCalls },
  ColumnTable: { make: () => new data.ColumnTable({ a: [1, 2], b: ['x', 'y'] }), calls: dataCalls.tableCalls },
  CsvTable: { make: dataCalls.table, calls: dataCalls.tableCalls },
  Dataset: { make: dataCalls.dataset, calls: dataCalls.datasetCalls },
  'statics of Dataset': { make: () => data.Dataset, calls: dataCalls.datasetStatics },
  FastTextVectors: { make: textCalls.fastTextVectors, calls: textCalls.vectorCalls },
  Generator: { make: () => new tensor.Generator(1), calls: core.generatorCalls },
  ConfusionMatrix: { make: () => metrics.confusionMatrix({ classes: 3 }), calls: core.confusionMethods },
  Metric: { make: () => metrics.binaryAccuracy(), calls: core.metricMethods },
  RandomSource: { make: () => new tensor.RandomSource(1, 'shuffle', 0), calls: core.randomSourceCalls },
  ColumnTransformer: {
    make: () => data.columnTransformer(dataCalls.table(), [{ numbers: ['a'] }]),
    calls: dataCalls.columnCalls,
  },
  Imputer: { make: () => data.imputer(tensor.tensor([[1]])), calls: dataCalls.imputerCalls },
  OneHotEncoder: { make: () => data.oneHotEncoder(['a', 'b']), calls: dataCalls.oneHotCalls },
  OrdinalEncoder: { make: () => data.ordinalEncoder(['a', 'b']), calls: dataCalls.ordinalCalls },
  QuantileScaler: { make: () => data.quantileScaler(tensor.tensor([[1], [2]])), calls: dataCalls.scalerCalls },
  TextImputer: { make: () => data.textImputer(['a']), calls: dataCalls.textImputerCalls },
  Scaler: { make: () => new data.Scaler({ offset: [1], scale: [2] }), calls: dataCalls.scalerCalls },
  Sequential: { make: modelCalls.model, calls: modelCalls.sequentialCalls },
  scalar: { make: () => ({ ...tensor.scalar }), calls: scalarCalls },
  Tensor: { make: () => tensor.tensor([1]), calls: core.tensorMethods },
  Tokenizer: { make: textCalls.tokenizer, calls: textCalls.tokenizerCalls },
  Trainer: { make: modelCalls.trainer, calls: modelCalls.trainerCalls },
  Variable: { make: core.variable, calls: core.variableMethods },
  Vocabulary: { make: textCalls.vocabulary, calls: textCalls.vocabularyCalls },
  WordTokenizer: { make: textCalls.wordTokenizer, calls: textCalls.wordTokenizerCalls },
  'statics of WordTokenizer': { make: () => text.WordTokenizer, calls: textCalls.wordTokenizerStatics },
  WorkerTraining: { make: () => modelCalls.workerTraining, calls: modelCalls.workerCalls },
  WordVectors: { make: textCalls.vectors, calls: textCalls.vectorCalls },
  ...Object.fromEntries(
    [
      text.wordLevel({ vocab: ['<unk>', 'a'] }),
      text.wordPiece({ vocab: ['[UNK]', 'a'] }),
      text.bpe({ vocab: ['a', 'b', 'ab'], merges: [['a', 'b']] }),
      text.unigram({ pieces: [['a', 0]] }),
    ].map((made) => [
      `Model (${(made.toJSON() as { readonly type: string }).type})`,
      { make: () => made, calls: textCalls.tokenModelCalls },
    ]),
  ),
};
