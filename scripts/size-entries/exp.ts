import { exp } from '@chainrule/tensor';

console.log(exp);
