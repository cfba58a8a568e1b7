import { cnn } from './cnn/cnn.ts';
import { mlp } from './cnn/mlp.ts';
import { sentiment } from './nlp/sentiment.ts';
import { spam } from './nlp/spam.ts';
import { word2vecTask } from './nlp/word2vec.ts';
import { mnistRows } from './rnn/mnistRows.ts';
import { tabular } from './tabular/tabular.ts';
import type { Task } from './task.ts';

/** Everything that can be run, in the order of the help. */
export const tasks: readonly Task[] = [cnn, mlp, tabular, mnistRows, spam, word2vecTask, sentiment];
