export { CsvTable } from './csv/csvTable.ts';
export { csvTables, type CsvTablesOptions } from './csv/csvTables.ts';
export type { Classes } from './tables/classes.ts';
export { ColumnTable, type ColumnValues } from './tables/columnTable.ts';
export { type ArrowTable, fromArrow } from './tables/fromArrow.ts';
export type { BucketOptions } from './dataset/bucketByLength.ts';
export type { Batch, Position, Row } from './dataset/types.ts';
export { type BatchOptions, Dataset, type ShuffleOptions } from './dataset/dataset.ts';
export { digits, type DigitsOptions } from './generators/digits.ts';
export { fetchBytes, type FetchBytesOptions } from './download/fetchBytes.ts';
export { gunzip, type GunzipOptions, maybeGunzip } from './archives/gunzip.ts';
export { padEnd } from './transforms/padEnd.ts';
export {
  blobs,
  type BlobsOptions,
  circles,
  type CirclesOptions,
  type LabeledPoints,
  moons,
  type PointsOptions,
  spirals,
  type SpiralsOptions,
  xor,
} from './generators/points.ts';
export {
  type Cifar100Images,
  type CifarImages,
  readCifar10,
  readCifar100,
  type ReadCifarOptions,
} from './datasets/readCifar.ts';
export { readCsv, type ReadCsvOptions } from './csv/readCsv.ts';
export { readIdx, type ReadIdxOptions } from './arrays/readIdx.ts';
export { readLines, readText, type ReadTextOptions } from './text/readLines.ts';
export { type LabeledImages, type NamedBytes, readMnist, type ReadMnistOptions } from './datasets/readMnist.ts';
export { readNpy, type ReadNpyOptions, readNpz, type ReadNpzOptions } from './arrays/readNpy.ts';
export { readTar, type ReadTarOptions } from './archives/readTar.ts';
export { type LabeledSeries, readTimeSeries, type ReadTimeSeriesOptions } from './datasets/readTimeSeries.ts';
export { readZip, type ReadZipOptions } from './archives/readZip.ts';
export type { Category, Column } from './preprocessing/categories.ts';
export { classWeights } from './preprocessing/classWeights.ts';
export {
  type ColumnPart,
  ColumnTransformer,
  columnTransformer,
  type ColumnTransformerState,
  type Fit,
} from './preprocessing/columnTransformer.ts';
export { dropMissing } from './preprocessing/dropMissing.ts';
export { Imputer, imputer, type ImputerOptions, type ImputerState } from './preprocessing/imputer.ts';
export {
  OneHotEncoder,
  oneHotEncoder,
  type OneHotEncoderOptions,
  type OneHotEncoderState,
} from './preprocessing/oneHotEncoder.ts';
export {
  OrdinalEncoder,
  ordinalEncoder,
  type OrdinalEncoderOptions,
  type OrdinalEncoderState,
} from './preprocessing/ordinalEncoder.ts';
export type { Preprocessor } from './preprocessing/preprocessor.ts';
export {
  QuantileScaler,
  quantileScaler,
  type QuantileScalerOptions,
  type QuantileScalerState,
} from './preprocessing/quantileScaler.ts';
export {
  minMaxScaler,
  robustScaler,
  type RobustScalerOptions,
  Scaler,
  type ScalerState,
  standardScaler,
} from './preprocessing/scaler.ts';
export type { StepState } from './preprocessing/stepFrom.ts';
export {
  TextImputer,
  textImputer,
  type TextImputerOptions,
  type TextImputerState,
} from './preprocessing/textImputer.ts';
export type { NumericOptions, RowTable, Table } from './tables/table.ts';
export { chirp, type Signals, type SignalsOptions, sine } from './generators/signals.ts';
export { slidingWindows, type SlidingWindows, type SlidingWindowsOptions } from './transforms/slidingWindows.ts';
export { toCategorical } from './preprocessing/toCategorical.ts';
export {
  type Fold,
  type FoldOptions,
  groupKFold,
  kFold,
  stratifiedKFold,
  timeSeriesSplit,
  type TimeSeriesOptions,
} from './splits/folds.ts';
export type { Labels } from './splits/labels.ts';
export type { SomeRows, TensorsAndTables } from './splits/parts.ts';
export { takeRows } from './splits/takeRows.ts';
export {
  trainTestSplit,
  type TrainTestSplitOptions,
  trainValidationTestSplit,
  type TrainValidationTestSplitOptions,
} from './splits/trainTestSplit.ts';
export {
  type CallService,
  serveCalls,
  type WorkerPool,
  workerPool,
  type WorkerPoolOptions,
} from './workers/workerPool.ts';
export { preprocessInput, type PreprocessMode } from './preprocessing/preprocessInput.ts';
