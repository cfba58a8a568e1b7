export * from '@chainrule/metrics';
