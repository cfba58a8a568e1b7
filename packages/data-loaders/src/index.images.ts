export { readImage, type ReadImageOptions } from './readImage.ts';
export type { ReadPictureOptions } from './readJpeg.ts';
export { readPng } from './readPng.ts';
