export type { BucketOptions } from './dataset/bucketByLength.ts';
export type { Batch, Position, Row } from './dataset/types.ts';
export { type BatchOptions, Dataset, type ShuffleOptions } from './dataset.ts';
export { digits, type DigitsOptions } from './digits.ts';
export { gunzip, type GunzipOptions, maybeGunzip } from './gunzip.ts';
export { padEnd } from './padEnd.ts';
export { readIdx, type ReadIdxOptions } from './readIdx.ts';
export { type LabelledImages, type NamedBytes, readMnist, type ReadMnistOptions } from './readMnist.ts';
