import { cnnTasks } from './cnn/tasks.ts';
import { mlpTasks } from './mlp/tasks.ts';
import { neuronTasks } from './neuron/tasks.ts';
import { nlpTasks } from './nlp/tasks.ts';
import { rnnTasks } from './rnn/tasks.ts';
import { tabularTasks } from './tabular/tasks.ts';
import type { Task } from './task.ts';

/** All tasks, in the order of the help. */
export const tasks: readonly Task[] = [
  ...neuronTasks,
  ...mlpTasks,
  ...cnnTasks,
  ...rnnTasks,
  ...nlpTasks,
  ...tabularTasks,
];
