export { cacheFolder } from './cacheFolder.node.ts';
export { cifar10, cifar100, cifar10Classes, type CifarOptions } from './cifar.node.ts';
export { download, type DownloadOptions, type TransferOptions } from './download.node.ts';
export { type FolderImage, imageFolder, type ImageFolder, type ImageFolderOptions } from './imageFolder.node.ts';
export type { DownloadProgress } from './loadPart.node.ts';
export type { DataSetOptions } from './locate.node.ts';
export { fashionMnist, fashionMnistClasses, mnist, type MnistOptions } from './mnist.node.ts';
export { readJpeg, type ReadPictureOptions } from './readJpeg.ts';
export { iris, type LabelledTable, tinyShakespeare, wine } from './tables.node.ts';
