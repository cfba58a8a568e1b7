export { basicMotions, type BasicMotionsOptions } from './datasets/basicMotions.node.ts';
export { cacheFolder } from './download/cacheFolder.node.ts';
export { cifar10, cifar100, cifar10Classes, type CifarOptions } from './datasets/cifar.node.ts';
export { download, type DownloadOptions, type TransferOptions } from './download/download.node.ts';
export type { Sharp } from './images/decodeFile.node.ts';
export {
  type FolderImage,
  imageFolder,
  type ImageFolder,
  type ImageFolderOptions,
  type SkippedFile,
} from './images/imageFolder.node.ts';
export type { DownloadProgress } from './download/loadPart.node.ts';
export type { DataSetOptions } from './datasets/locate.node.ts';
export { fashionMnist, fashionMnistClasses, mnist, type MnistOptions } from './datasets/mnist.node.ts';
export { imdbReviews, type ImdbOptions } from './datasets/imdb.node.ts';
export { arrhythmia, pimaDiabetes } from './datasets/medicalTables.node.ts';
export { readJpeg, type ReadImageFileOptions } from './images/readJpeg.ts';
export { autoMpg, type AutoMpg, bostonHousing, type RegressionTable } from './datasets/regressionTables.node.ts';
export { airlinePassengers, starbucks, type TimeSeries } from './datasets/series.node.ts';
export { firstNames, iris, type LabeledTable, tinyShakespeare, wine } from './datasets/tables.node.ts';
export { type LabeledTexts, rtPolarity, smsSpam } from './datasets/texts.node.ts';
export { type SentencePairs, simpleEngFra, type SplitPairs } from './datasets/translations.node.ts';
