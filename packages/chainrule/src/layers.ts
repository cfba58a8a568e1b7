// The namespace `layers`.
export * from '@chainrule/layers-attention';
export * from '@chainrule/layers-conv';
export * from '@chainrule/layers-core';
export * from '@chainrule/layers-dense';
export * from '@chainrule/layers-normalization';
export * from '@chainrule/layers-recurrent';
