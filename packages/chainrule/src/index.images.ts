export * from '@chainrule/data-loaders/images';
