export * from '@chainrule/tensor';
