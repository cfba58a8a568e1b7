export * from '@chainrule/text-tokenizer';
