import { evaluateAnalogies, evaluateSimilarity, type WordVectors } from '@chainrule/embeddings';
import { type Figure, plotEmbedding } from '@chainrule/visualize';
import { type Report, resultLine, summarize } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { keptVectors, type TrainedVectors, trainVectors } from './trainVectors.ts';
import { type WordTests, vectorTaskOf } from './vectorTasks.ts';

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
  const {
    dataset,
    options: { seed },
  } = run;
  const task = await vectorTaskOf(run);
  const { corpus, options } = task;
  const words = corpus.sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  const reports: Report[] = [];
  for (const [variant, architecture] of [
    ['skip-gram', 'skipGram'],
    ['CBOW', 'cbow'],
  ] as const) {
    console.log(`nlp word2vec ${variant}: ${words} words in ${corpus.sentences.length} sentences, on ${run.on}`);
    const train = task.isKept ? keptVectors : trainVectors;
    const trained = await train(run, corpus, { ...options, architecture });
    const metrics = measured(trained.vectors, task.tests);
    console.log(`\n${neighbors(trained.vectors, task.shown)}\n`);
    run.show(plane(variant, trained.vectors, task.drawn));
    reports.push(reportOf(`nlp word2vec ${variant}`, dataset, metrics, trained, seed));
    console.log(`${resultLine(reports.at(-1)!)}\n`);
  }
  const [skipGram, cbow] = reports.map(({ metrics }) => Object.entries(metrics)) as [Measures, Measures];
  const [first, ...others] = skipGram;
  return summarize(
    {
      task: 'nlp word2vec',
      dataset,
      metrics: Object.fromEntries([first!, [`cbow ${cbow[0]![0]}`, cbow[0]![1]], ...others]),
    },
    reports,
  );
}

type Measures = [name: string, value: number][];

function reportOf(
  task: string,
  dataset: string,
  metrics: Report['metrics'],
  { vectors, epochs, seconds }: TrainedVectors,
  seed: number,
): Report {
  return { task, dataset, metrics, epochs, seconds, parameters: 2 * vectors.size * vectors.dimensions, seed };
}

/** Rank correlations with human judgments, and the share of solved analogies; 0 if the vectors contain too few of the words. */
function measured(vectors: WordVectors, tests: WordTests): Record<string, number> {
  const metrics: Record<string, number> = {};
  for (const [name, pairs] of Object.entries(tests.similarities)) {
    const { spearman, found, total } = evaluateSimilarity(vectors, pairs);
    console.log(`${name}: Spearman ${spearman.toFixed(3)}, of ${found} of ${total} pairs`);
    metrics[`${name}Spearman`] = spearman || 0;
  }
  const { sections, ...all } = evaluateAnalogies(vectors, tests.analogies);
  for (const { name, correct, found, total } of [...sections, all])
    console.log(`analogies, ${name}: ${correct} of ${found} right${found < total ? `, of ${total} in all` : ''}`);
  metrics['analogyAccuracy'] = all.accuracy || 0;
  return metrics;
}

function neighbors(vectors: WordVectors, words: readonly string[]): string {
  const known = words.filter((word) => vectors.has(word));
  return known
    .map(
      (word) =>
        `${word.padStart(12)}  ${vectors
          .neighbors(word, 6)
          .map((near) => `${near.word} ${near.score.toFixed(2)}`)
          .join(', ')}`,
    )
    .join('\n');
}

function plane(variant: string, vectors: WordVectors, words: readonly string[]): Figure {
  const known = words.filter((word) => vectors.has(word));
  return plotEmbedding(
    known.map((word) => [...vectors.vector(word)]),
    { names: known, title: `words by ${variant}` },
  );
}
