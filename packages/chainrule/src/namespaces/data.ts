export * from '@chainrule/data-loaders';
