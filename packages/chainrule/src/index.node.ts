export * from '@chainrule/data-loaders/node';
export * from '@chainrule/model/node';
export * from '@chainrule/model-selection/node';
export * from '@chainrule/text-tokenizer/node';
export { loadModel } from './onDefault.node.ts';
