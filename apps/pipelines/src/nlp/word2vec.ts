import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { keptVectors, trainVectors } from './trainVectors.ts';
import { reportVectors, sizeOf } from './vectorReport.ts';
import { vectorTaskOf } from './vectorTasks.ts';

/** Trains word vectors by skip-gram and by CBOW, and compares them with human judgments. */
export const word2vecTask: Task = {
  pipeline: 'nlp',
  name: 'word2vec',
  main: true,
  about: 'trains word vectors by skip-gram and CBOW; shows neighbors and analogies',
  dataSets: ['analogies', 'english'],
  filesOnly: ['english'],
  run,
};

async function run(run: TaskRun): Promise<Report> {
  const task = await vectorTaskOf(run);
  const { corpus, options } = task;
  const reports: Report[] = [];
  for (const [variant, architecture] of [
    ['skip-gram', 'skipGram'],
    ['CBOW', 'cbow'],
  ] as const) {
    console.log(`nlp word2vec ${variant}: ${sizeOf(corpus)}, on ${run.on}`);
    const train = task.isKept ? keptVectors : trainVectors;
    const trained = await train(run, corpus, { ...options, architecture });
    reports.push(reportVectors(run, task, { name: 'nlp word2vec', variant }, trained));
    console.log(`${resultLine(reports.at(-1)!)}\n`);
  }
  const [skipGram, cbow] = reports.map(({ metrics }) => Object.entries(metrics)) as [Measures, Measures];
  const [first, ...others] = skipGram;
  return summarize(
    {
      task: 'nlp word2vec',
      dataset: run.dataset,
      metrics: Object.fromEntries([first!, [`cbow ${cbow[0]![0]}`, cbow[0]![1]], ...others]),
    },
    reports,
  );
}

type Measures = [name: string, value: number][];
