import { conv2d, maxPool2d } from '@chainrule/layers-conv';
import { activation, dense, dropout, flatten, rescaling } from '@chainrule/layers-dense';
import { batchNormalization } from '@chainrule/layers-normalization';
import { input, sequential, type Sequential } from '@chainrule/model';
import { relu } from '@chainrule/tensor';
export const all: unknown[] = [conv2d, maxPool2d, activation, dense, dropout, flatten, rescaling, batchNormalization, input, sequential, relu];
export type S = Sequential;
