import { descent } from './descent.ts';
import { graph } from './graph.ts';
import { perceptron } from './perceptron.ts';
import type { Task } from '../task.ts';

/** Tasks of single neurons and of gradient descent, in the order of the help. */
export const neuronTasks: readonly Task[] = [perceptron, descent, graph];
