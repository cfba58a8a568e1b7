import { classifyRows } from './classify.ts';
import { priors } from './priors.ts';
import { select } from './select.ts';
import type { Task } from '../task.ts';

/** Tasks on tables, in the order of the help. */
export const tabularTasks: readonly Task[] = [classifyRows, select, priors];
