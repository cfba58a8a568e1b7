export { readImage, type ReadImageOptions } from './images/readImage.ts';
export type { ReadPictureOptions } from './images/readJpeg.ts';
export { readPng } from './images/readPng.ts';
