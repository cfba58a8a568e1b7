import { cnn } from './cnn/cnn.ts';
import { mlp } from './cnn/mlp.ts';
import { airline } from './rnn/airline.ts';
import { forecast } from './rnn/forecast.ts';
import { mnistRows } from './rnn/mnistRows.ts';
import { stock } from './rnn/stock.ts';
import { tabular } from './tabular/tabular.ts';
import type { Task } from './task.ts';

/** Everything that can be run, in the order of the help. */
export const tasks: readonly Task[] = [cnn, mlp, tabular, forecast, airline, stock, mnistRows];
