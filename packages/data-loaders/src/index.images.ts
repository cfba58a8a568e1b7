export { readImage, type ReadImageOptions } from './readImage.ts';
export { readJpeg, type ReadPictureOptions } from './readJpeg.ts';
export { readPng } from './readPng.ts';
