export { type Classes, CsvTable, type NumericOptions } from './csv/csvTable.ts';
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
export { minMaxScaler, Scaler, type ScalerState, standardScaler } from './transforms/scaler.ts';
export { chirp, type Signals, type SignalsOptions, sine } from './generators/signals.ts';
export { slidingWindows, type SlidingWindows, type SlidingWindowsOptions } from './transforms/slidingWindows.ts';
export { toCategorical } from './transforms/toCategorical.ts';
export { trainTestSplit, type TrainTestSplitOptions } from './transforms/trainTestSplit.ts';
