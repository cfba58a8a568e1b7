export {
  conv1d,
  type Conv1dOptions,
  conv2d,
  type Conv2dOptions,
  conv3d,
  type Conv3dOptions,
  type ConvolutionRule,
} from './convolution.ts';
export { cropping1d, cropping2d, cropping3d, type CroppingOptions, type CroppingRule } from './cropping.ts';
export { depthwiseConv2d, type DepthwiseConv2dOptions, type DepthwiseConv2dRule } from './depthwiseConv2d.ts';
export {
  globalAveragePool1d,
  globalAveragePool2d,
  globalAveragePool3d,
  globalMaxPool1d,
  globalMaxPool2d,
  globalMaxPool3d,
  type GlobalPoolingOptions,
  type GlobalPoolingRule,
} from './globalPooling.ts';
export {
  averagePool1d,
  type AveragePool1dOptions,
  averagePool2d,
  type AveragePool2dOptions,
  averagePool3d,
  type AveragePool3dOptions,
  maxPool1d,
  type MaxPool1dOptions,
  maxPool2d,
  type MaxPool2dOptions,
  maxPool3d,
  type MaxPool3dOptions,
  type PoolingRule,
} from './pooling.ts';
export { separableConv2d, type SeparableConv2dOptions } from './separableConv2d.ts';
export {
  conv1dTranspose,
  type Conv1dTransposeOptions,
  conv2dTranspose,
  type Conv2dTransposeOptions,
  type ConvTransposeRule,
} from './transposedConvolution.ts';
export {
  upSampling1d,
  upSampling2d,
  type UpSampling2dOptions,
  upSampling3d,
  type UpSamplingOptions,
  type UpSamplingRule,
} from './upSampling.ts';
export {
  zeroPadding1d,
  zeroPadding2d,
  zeroPadding3d,
  type ZeroPaddingOptions,
  type ZeroPaddingRule,
} from './zeroPadding.ts';
