export { averagePool1d } from './averagePool1d.ts';
export { averagePool2d } from './averagePool2d.ts';
export { averagePool3d } from './averagePool3d.ts';
export { conv1d } from './conv1d.ts';
export { conv1dTranspose } from './conv1dTranspose.ts';
export { conv2d } from './conv2d.ts';
export { conv2dTranspose } from './conv2dTranspose.ts';
export { conv3d } from './conv3d.ts';
export { depthwiseConv2d } from './depthwiseConv2d.ts';
export { filterImage } from './filterImage.ts';
export { globalAveragePool } from './globalAveragePool.ts';
export { globalMaxPool } from './globalMaxPool.ts';
export {
  boxBlurKernel,
  edgeKernel,
  gaussianBlurKernel,
  identityKernel,
  sharpenKernel,
  sobelKernels,
} from './imageKernels.ts';
export { maxPool1d } from './maxPool1d.ts';
export { maxPool2d } from './maxPool2d.ts';
export { maxPool3d } from './maxPool3d.ts';
export { resizeBilinear } from './resizeBilinear.ts';
export { resizeNearest } from './resizeNearest.ts';
export { sampleImage, type SampleImageOptions } from './sampleImage.ts';
export { separableConv2d } from './separableConv2d.ts';
