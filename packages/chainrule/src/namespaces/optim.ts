export * from '@chainrule/optim';
