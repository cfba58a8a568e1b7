// The namespace `layers`: the layers, and what makes one of your own.
export * from '@chainrule/layers-attention';
export * from '@chainrule/layers-conv';
export type * from '@chainrule/layers-core';
export { defineLayer, defineMultiLayer } from '@chainrule/layers-core';
export * from '@chainrule/layers-dense';
export type * from '@chainrule/layers-normalization';
export {
  batchNormalization,
  groupNormalization,
  instanceNormalization,
  layerNormalization,
  rmsNormalization,
} from '@chainrule/layers-normalization';
export * from '@chainrule/layers-recurrent';
