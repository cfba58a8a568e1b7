import type { Task } from '../task.ts';
import { augment } from './augment.ts';
import { autoencoder } from './autoencoder.ts';
import { classifyByCnn } from './classify.ts';
import { ensemble } from './ensemble.ts';
import { explain } from './explain.ts';
import { fashion } from './fashion.ts';
import { filters } from './filters.ts';
import { inception } from './inception.ts';
import { resnet } from './resnet.ts';
import { strided } from './strided.ts';
import { transfer } from './transfer.ts';
import { vgg } from './vgg.ts';

/** Tasks of convolutional networks, in the order of the help. */
export const cnnTasks: readonly Task[] = [
  classifyByCnn,
  filters,
  fashion,
  strided,
  vgg,
  resnet,
  inception,
  augment,
  transfer,
  explain,
  autoencoder,
  ensemble,
];
