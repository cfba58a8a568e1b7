import { classifyByMlp } from './classify.ts';
import type { Task } from '../task.ts';

/** Tasks of multilayer perceptrons, in the order of the help. */
export const mlpTasks: readonly Task[] = [classifyByMlp];
