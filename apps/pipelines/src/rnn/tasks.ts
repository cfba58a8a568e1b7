import { activity } from './activity.ts';
import { airline } from './airline.ts';
import { compare } from './compare.ts';
import { forecast } from './forecast.ts';
import { languageModel } from './languageModel.ts';
import { learnedState } from './learnedState.ts';
import { longDistance } from './longDistance.ts';
import { mnistRows } from './mnistRows.ts';
import { names } from './names.ts';
import { oneToMany } from './oneToMany.ts';
import { stock } from './stock.ts';
import type { Task } from '../task.ts';

/** Tasks of recurrent networks, in the order of the help. */
export const rnnTasks: readonly Task[] = [
  mnistRows,
  compare,
  forecast,
  airline,
  stock,
  longDistance,
  activity,
  oneToMany,
  learnedState,
  names,
  languageModel,
];
