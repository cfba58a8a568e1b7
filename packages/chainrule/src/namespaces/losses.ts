export * from '@chainrule/losses';
