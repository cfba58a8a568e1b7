import { capacity } from './capacity.ts';
import { classifyByMlp } from './classify.ts';
import { initialization } from './initialization.ts';
import { oneVsRest } from './oneVsRest.ts';
import { overfitting } from './overfitting.ts';
import { regression } from './regression.ts';
import type { Task } from '../task.ts';

/** Tasks of multilayer perceptrons, in the order of the help. */
export const mlpTasks: readonly Task[] = [classifyByMlp, capacity, initialization, overfitting, regression, oneVsRest];
