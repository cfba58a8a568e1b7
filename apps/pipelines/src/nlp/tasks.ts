import { fasttextTask } from './fasttext.ts';
import { gloveTask } from './glove.ts';
import { gptTask } from './gpt.ts';
import { sentiment } from './sentiment.ts';
import { spam } from './spam.ts';
import { tokenize } from './tokenize.ts';
import { translate } from './translate.ts';
import { word2vecTask } from './word2vec.ts';
import type { Task } from '../task.ts';

/** Tasks on texts, in the order of the help. */
export const nlpTasks: readonly Task[] = [
  tokenize,
  spam,
  word2vecTask,
  gloveTask,
  fasttextTask,
  sentiment,
  translate,
  gptTask,
];
