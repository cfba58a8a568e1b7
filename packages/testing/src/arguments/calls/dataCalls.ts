import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { type CsvTable, Dataset, readCsv, standardScaler } from '@chainrule/data-loaders';
import { ones, tensor, type Tensor } from '@chainrule/tensor';
import { inScratch, openChannel } from './scratch.ts';
import type { Table } from './table.ts';

const x = (): Tensor => tensor([[0, 1], [2, 3], [4, 6]]); // prettier-ignore
const text = (content: string): Uint8Array => new TextEncoder().encode(content);

/** Arguments for `readMnist`: images and labels in the IDX format. */
const idx = (shape: readonly number[], values: readonly number[]): Uint8Array =>
  Uint8Array.from([0, 0, 8, shape.length, ...shape.flatMap((n) => [0, 0, 0, n]), ...values]);
const images = (): object => ({
  name: 'images',
  bytes: idx(
    [1, 28, 28],
    Array.from({ length: 784 }, () => 1),
  ),
});
const labels = (): object => ({ name: 'labels', bytes: idx([1], [3]) });
const cifar = (extra: number): object => ({ name: 'batch', bytes: new Uint8Array(3072 + extra) });

/** The array [1, 2] of 32-bit integers. */
const npy = (): Uint8Array => {
  const header = "{'descr': '<i4', 'fortran_order': False, 'shape': (2,), }".padEnd(117) + '\n';
  return Uint8Array.from([0x93, ...text('NUMPY'), 1, 0, header.length, 0, ...text(header), 1, 0, 0, 0, 2, 0, 0, 0]);
};
/** An archive without entries. */
const zip = (): Uint8Array => Uint8Array.from([0x50, 0x4b, 5, 6, ...new Uint8Array(18)]);
/** One transparent pixel. */
const png = (): Uint8Array =>
  Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='),
    (char) => char.charCodeAt(0),
  );
const signals = (): unknown[] => [{ count: 2, steps: 4, noise: 0.1, seed: 1 }];

export const dataCalls: Table = {
  ColumnTable: () => [{ a: [1, 2] }],
  CsvTable: () => [],
  csvTables: () => [
    new Blob(['a,b\n1,2\n']).stream(),
    {
      header: true,
      columns: ['a'],
      na: ['?'],
      name: 'file',
      blockSize: 9,
      delimiter: ',',
      quote: '"',
      trim: true,
      skip: 0,
    },
  ],
  fromArrow: () => [{ schema: { fields: [{ name: 'a' }] }, numRows: 1, getChild: () => [1] }],
  Dataset: () => [],
  digits: () => [{ count: 1, seed: 1 }],
  fetchBytes: () => [
    'data:text/plain,seven',
    {
      cache: false,
      maxBytes: 9,
      retries: 0,
      retryDelay: 1,
      timeout: 1000,
      totalTimeout: 1000,
      onProgress: () => undefined,
    },
  ],
  gunzip: () => [new Uint8Array(gzipSync('text')), { name: 'file', maxBytes: 9 }],
  maybeGunzip: () => [new Uint8Array(gzipSync('text')), { name: 'file', maxBytes: 9 }],
  padEnd: () => [x(), 5, 0],
  blobs: () => [{ count: 4, seed: 1, classes: 2, features: 2, spread: 0.1 }],
  circles: () => [{ count: 4, seed: 1, noise: 0.1, factor: 0.5 }],
  moons: () => [{ count: 4, seed: 1, noise: 0.1 }],
  spirals: () => [{ count: 4, seed: 1, noise: 0.1, classes: 2, turns: 1 }],
  xor: () => [{ count: 4, seed: 1, noise: 0.1 }],
  readCifar10: () => [[cifar(1)], { limit: 1 }],
  readCifar100: () => [[cifar(2)], { limit: 1 }],
  readCsv: () => [
    'a,b\n1,2\n',
    {
      header: true,
      rename: false,
      columns: ['a'],
      na: ['?'],
      encoding: 'utf-8',
      name: 'file',
      delimiter: ',',
      quote: '"',
      trim: true,
      comment: '#',
      skip: 0,
      footer: 0,
      decimal: '.',
      thousands: '_',
    },
  ],
  readIdx: () => [idx([2], [1, 2]), { name: 'file' }],
  readLines: () => [text('a\nb'), { name: 'file', encoding: 'utf-8' }],
  readText: () => [text('a\nb'), { name: 'file', encoding: 'utf-8' }],
  readMnist: () => [images(), labels(), { limit: 1 }],
  readNpy: () => [npy(), { name: 'file', integers: 'int32' }],
  readNpz: () => [zip(), { name: 'file', integers: 'int32', maxBytes: 9, only: () => true, onSkip: () => undefined }],
  readTar: () => [new Uint8Array(1024), { name: 'file' }],
  readTimeSeries: () => ['@classLabel true a b\n@data\n1,2:a\n', { missing: 0, name: 'file' }],
  readZip: () => [zip(), { name: 'file', maxBytes: 9, only: () => true }],
  classWeights: () => [[0, 1, 1], { classes: 2 }],
  ColumnTransformer: () => [{ type: 'ColumnTransformer', parts: [{ kind: 'numbers', columns: ['a'], steps: [] }] }],
  columnTransformer: () => [table(), [{ numbers: ['a'], steps: [standardScaler] }]],
  dropMissing: () => [{ x: x() }],
  groupKFold: () => [[0, 1, 1], { folds: 2 }],
  Imputer: () => [{ fill: [1], indicators: [0], missing: -1 }],
  imputer: () => [x(), { strategy: 'constant', fillValue: 0, indicator: true, missing: -1 }],
  kFold: () => [4, { folds: 2, seed: 1 }],
  minMaxScaler: () => [x(), { range: [0, 1] }],
  OneHotEncoder: () => [{ categories: ['a', 'b'], unknown: 'error', drop: 'first' }],
  oneHotEncoder: () => [['a', 'b'], { categories: ['b', 'a'], unknown: 'error', drop: 'first' }],
  OrdinalEncoder: () => [{ categories: ['a', 'b'], unknown: -1 }],
  ordinalEncoder: () => [['a', 'b'], { categories: ['b', 'a'], unknown: -1 }],
  QuantileScaler: () => [{ quantiles: [[0, 1]], output: 'uniform' }],
  preprocessInput: () => [ones([1, 2, 2, 3]), 'tf'],
  quantileScaler: () => [x(), { quantiles: 2, output: 'normal' }],
  robustScaler: () => [x(), { quantileRange: [0.25, 0.75], centering: true, scaling: true }],
  serveCalls: () => [(value: unknown) => value, openChannel()],
  workerPool: () => [openChannel, { workers: 1 }],
  stratifiedKFold: () => [[0, 1, 1, 0], { folds: 2, seed: 1 }],
  takeRows: () => [{ x: x() }, [0, 2]],
  TextImputer: () => [{ fill: 'a', missing: '' }],
  textImputer: () => [['a', ''], { strategy: 'constant', fillValue: 'b', missing: '' }],
  timeSeriesSplit: () => [9, { folds: 2, testSize: 2, maxTrainSize: 3, gap: 1 }],
  trainValidationTestSplit: () => [
    { x: x() },
    { testSize: 0.3, validationSize: 0.3, seed: 1, groups: ['a', 'b', 'c'] },
  ],
  Scaler: () => [{ offset: [1], scale: [2] }],
  standardScaler: () => [x()],
  chirp: signals,
  sine: signals,
  slidingWindows: () => [x(), { size: 2, horizon: 1, stride: 1 }],
  toCategorical: () => [[0, 1], 2],
  trainTestSplit: () => [{ x: x() }, { testSize: 0.5, seed: 1, stratify: tensor([0, 0, 0], undefined, 'int32') }],
};

const transfer = (): object => ({
  retries: 0,
  retryDelay: 1,
  timeout: 1000,
  totalTimeout: 1000,
  cacheDir: inScratch('downloads'),
  onProgress: () => undefined,
});
const set = (): unknown[] => [{ ...transfer(), dataDir: inScratch('sets'), mirrors: ['https://example.invalid/'] }];
const splitSet = (): unknown[] => [{ ...(set()[0] as object), split: 'train', limit: 1 }];

export const dataNodeCalls: Table = {
  basicMotions: () => [{ ...(set()[0] as object), split: 'train' }],
  cacheFolder: () => [{ HOME: '/' }, 'linux'],
  cifar10: splitSet,
  cifar100: splitSet,
  download: () => [
    { ...transfer(), urls: ['https://example.invalid/f'], sha256: '0'.repeat(64), file: 'f', maxBytes: 9 },
  ],
  imageFolder: () => [
    inScratch('pictures'),
    { channels: 3, size: [2, 2], antialias: true, onError: 'skip', maxPixels: 99 },
  ],
  fashionMnist: splitSet,
  mnist: splitSet,
  readJpeg: () => [Uint8Array.of(0xff, 0xd8, 0xff), { name: 'file', maxPixels: 99 }],
  airlinePassengers: set,
  starbucks: set,
  firstNames: set,
  arrhythmia: set,
  autoMpg: set,
  bostonHousing: set,
  pimaDiabetes: set,
  imdbReviews: splitSet,
  iris: set,
  tinyShakespeare: set,
  wine: set,
  rtPolarity: set,
  simpleEngFra: set,
  smsSpam: set,
};

export const dataImageCalls: Table = {
  readImage: () => [png(), { name: 'file', channels: 3, maxPixels: 99 }],
  readPng: () => [png(), { name: 'file', maxPixels: 99 }],
};

export const parquetCalls: Table = {
  parquetTables: () => [new Uint8Array(9), { columns: ['a'], name: 'file' }],
  readParquet: () => [new Uint8Array(9), { columns: ['a'], name: 'file' }],
};

export const dataset = (): Dataset<unknown> => Dataset.from([1, 2, 3]);
export const table = (): CsvTable => readCsv('a,b\n1,x\n2,y', { na: ['?'] });

export const datasetCalls: Table = {
  toString: () => [],
  state: () => [],
  restore: () => [{ epoch: 0, item: 1 }],
  shuffle: () => [1, { reshuffle: true, buffer: 2 }],
  take: () => [2],
  skip: () => [1],
  split: () => [[0.5, 0.5], { seed: 1 }],
  batch: () => [2, { dropRemainder: true }],
  bucketByLength: () => [() => 1, { boundaries: [1, 2], size: 2, pad: (item: unknown) => item, dropRemainder: true }],
  map: () => [(item: unknown) => item],
  filter: () => [() => true],
  zip: () => [dataset()],
  repeat: () => [2],
  cache: () => [],
  prefetch: () => [2],
};
export const datasetStatics: Table = {
  from: () => [[1, 2]],
  fromTensors: () => [{ x: x() }],
};
export const tableCalls: Table = {
  toString: () => [],
  text: () => ['a', { missing: '' }],
  numbers: () => ['a', { missing: 0 }],
  tensor: () => [['a'], { missing: 0, dtype: 'float32' }],
  classes: () => ['b', ['x', 'y']],
  select: () => [['a']],
  drop: () => [['a']],
  take: () => [[1, 0]],
  dropMissing: () => [],
};
export const imputerCalls: Table = {
  transform: () => [tensor([[1]])],
  featureNames: () => [['a']],
  toJSON: () => [],
};
export const oneHotCalls: Table = {
  transform: () => [['a']],
  inverse: () => [tensor([[1, 0]])],
  featureNames: () => [['a']],
  toJSON: () => [],
};
export const ordinalCalls: Table = { transform: () => [['a']], inverse: () => [[0]], toJSON: () => [] };
export const textImputerCalls: Table = { transform: () => [['a']], toJSON: () => [] };
export const columnCalls: Table = { transform: () => [table()], toJSON: () => [] };
export const scalerCalls: Table = {
  transform: () => [tensor([[1]])],
  inverse: () => [tensor([[1]])],
  toJSON: () => [],
};

export const tensorboardCalls: Table = {
  openEventWriter: () => [inScratch('events')],
  tensorBoard: () => [inScratch('runs'), { updateFrequency: 'epoch', histogramFrequency: 0 }],
};

export const fileCalls: Table = {
  realPath: () => [inScratch('.')],
  removeDeadDrafts: () => [inScratch('.')],
  withLock: () => [inScratch('lock'), () => Promise.resolve(1), new AbortController().signal],
  writeAtomically: () => [inScratch('file'), Uint8Array.of(1)],
};

writeFileSync(inScratch('lines.txt'), 'a\nb\n');
