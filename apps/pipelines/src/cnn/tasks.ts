import { classifyByCnn } from './classify.ts';
import type { Task } from '../task.ts';

/** Tasks of convolutional networks, in the order of the help. */
export const cnnTasks: readonly Task[] = [classifyByCnn];
