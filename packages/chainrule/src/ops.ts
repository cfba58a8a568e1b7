export {
  averagePool1d, averagePool2d, averagePool3d, conv1d, conv1dTranspose, conv2d, conv2dTranspose, conv3d, depthwiseConv2d, flatten, maxPool1d,
  maxPool2d, maxPool3d, reshape, separableConv2d,
} from '@chainrule/tensor';
