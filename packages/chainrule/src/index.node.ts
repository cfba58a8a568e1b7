export * from '@chainrule/data-loaders/node';
export * from '@chainrule/model/node';
