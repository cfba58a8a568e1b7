export { readImage, type ReadImageOptions } from './images/readImage.ts';
export type { ReadImageFileOptions } from './images/readJpeg.ts';
export { readPng } from './images/readPng.ts';
