import { cnn } from './cnn/cnn.ts';
import { mlp } from './cnn/mlp.ts';
import { translate } from './nlp/translate.ts';
import { mnistRows } from './rnn/mnistRows.ts';
import { tabular } from './tabular/tabular.ts';
import type { Task } from './task.ts';

/** Everything that can be run, in the order of the help. */
export const tasks: readonly Task[] = [cnn, mlp, tabular, mnistRows, translate];
