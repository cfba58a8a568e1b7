export { conv2d, type Conv2dOptions } from './conv2d.ts';
export { maxPool2d, type MaxPool2dOptions } from './maxPool2d.ts';
