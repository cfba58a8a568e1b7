import { sentiment } from './sentiment.ts';
import { spam } from './spam.ts';
import { translate } from './translate.ts';
import { word2vecTask } from './word2vec.ts';
import type { Task } from '../task.ts';

/** Tasks on texts, in the order of the help. */
export const nlpTasks: readonly Task[] = [spam, word2vecTask, sentiment, translate];
