import { cnn } from './cnn/cnn.ts';
import { mlp } from './cnn/mlp.ts';
import { sentiment } from './nlp/sentiment.ts';
import { spam } from './nlp/spam.ts';
import { translate } from './nlp/translate.ts';
import { word2vecTask } from './nlp/word2vec.ts';
import { activity } from './rnn/activity.ts';
import { airline } from './rnn/airline.ts';
import { forecast } from './rnn/forecast.ts';
import { longDistance } from './rnn/longDistance.ts';
import { mnistRows } from './rnn/mnistRows.ts';
import { names } from './rnn/names.ts';
import { stock } from './rnn/stock.ts';
import { tabular } from './tabular/tabular.ts';
import type { Task } from './task.ts';

/** All tasks, in the order in which the help lists them. */
export const tasks: readonly Task[] = [
  cnn,
  mlp,
  tabular,
  mnistRows,
  forecast,
  airline,
  stock,
  longDistance,
  activity,
  names,
  spam,
  word2vecTask,
  sentiment,
  translate,
];
