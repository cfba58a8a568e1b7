import { glove, type GloveOptions } from '@chainrule/embeddings';
import { plotHistory } from '@chainrule/visualize';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { withProgress } from './trainVectors.ts';
import { reportVectors, sizeOf } from './vectorReport.ts';
import { vectorTaskOf } from './vectorTasks.ts';

/** Trains word vectors by GloVe, which factorizes counts of words that occur together. */
export const gloveTask: Task = {
  pipeline: 'nlp',
  name: 'glove',
  about: 'trains word vectors by GloVe from counts of words that occur together; shows neighbors and analogies',
  dataSets: ['analogies', 'english'],
  filesOnly: ['english'],
  run,
};

/** The paper's xMax of 100 is for corpora of billions of words. */
const settings: Readonly<Record<string, GloveOptions & { readonly epochs: number }>> = {
  analogies: { vectorSize: 24, window: 6, minCount: 1, xMax: 20, epochs: 30, batchSize: 512 },
  english: { vectorSize: 100, window: 10, minCount: 5, xMax: 10, epochs: 10 },
};

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    backend,
    options: { seed, epochs },
  } = run;
  const task = await vectorTaskOf(run);
  console.log(`nlp glove: ${sizeOf(task.corpus)}, on ${run.on}`);
  const own = settings[dataset]!;
  const trained = await withProgress((onProgress) =>
    glove(task.corpus.sentences, {
      ...own,
      epochs: epochs ?? own.epochs,
      seed,
      backend,
      onProgress: ({ pairs, totalPairs, pairsPerSecond, loss, ...at }) =>
        onProgress({
          ...at,
          done: pairs,
          total: totalPairs,
          logs: { loss, pairsPerSecond: Math.round(pairsPerSecond) },
        }),
    }),
  );
  if (trained.epochs.length > 1) run.show(plotHistory(trained.epochs, { metrics: ['loss'] }));
  const report = { ...reportVectors(run, task, { name: 'nlp', variant: 'GloVe' }, trained), task: 'nlp glove' };
  console.log(resultLine(report));
  return report;
}
