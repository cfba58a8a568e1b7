import { fastText, type FastTextOptions, type FastTextVectors } from '@chainrule/embeddings';
import { type Report, resultLine } from '../report.ts';
import type { TaskRun, Task } from '../task.ts';
import { ofWords, withProgress } from './trainVectors.ts';
import { neighbors, reportVectors, sizeOf } from './vectorReport.ts';
import { vectorTaskOf } from './vectorTasks.ts';

/** Trains word vectors as sums of vectors of their parts, so that unseen words have vectors, too. */
export const fasttextTask: Task = {
  pipeline: 'nlp',
  name: 'fasttext',
  about: 'trains word vectors by fastText from parts of words; finds neighbors of unseen and misspelled words',
  dataSets: ['analogies', 'english'],
  filesOnly: ['english'],
  run,
};

/** Settings that differ from those of word2vec, and words that the corpora do not have. */
const settings: Readonly<Record<string, { readonly options: FastTextOptions; readonly unseen: readonly string[] }>> = {
  analogies: {
    options: { minN: 3, maxN: 5, bucket: 20_000 },
    unseen: ['kings', 'actresses', 'parisian', 'norwegians', 'childrens'],
  },
  english: {
    options: { minN: 3, maxN: 6, bucket: 100_000, epochs: 3 },
    unseen: ['goverment', 'unhappiness', 'footballing', 'warlike', 'musicianly'],
  },
};

async function run(run: TaskRun): Promise<Report> {
  const {
    dataset,
    options: { seed, epochs },
  } = run;
  const task = await vectorTaskOf(run);
  const { options, unseen } = settings[dataset]!;
  console.log(`nlp fasttext: ${sizeOf(task.corpus)}, on ${run.on}`);
  const trained = await withProgress((onProgress) =>
    fastText(task.corpus.sentences, {
      ...task.options,
      ...options,
      ...(epochs !== undefined && { epochs }),
      seed,
      backend: run.backend,
      onProgress: ofWords(onProgress),
    }),
  );
  const report = reportVectors(run, task, { name: 'nlp', variant: 'fastText' }, trained);
  const { vectors } = trained;
  console.log(`words that the corpus does not have:\n${neighbors(vectors, unseen)}\n`);
  const { found, total } = misspelled(vectors);
  console.log(`of ${total} words without a letter, ${found} have the right word as their nearest neighbor\n`);
  const whole = {
    ...report,
    task: 'nlp fasttext',
    metrics: { ...report.metrics, misspelledAccuracy: total === 0 ? 0 : found / total },
    parameters: vectors.size * vectors.dimensions * 2 + (options.bucket ?? 0) * vectors.dimensions,
  };
  console.log(resultLine(whole));
  return whole;
}

/** The most words to misspell. */
const most = 500;

/** How often a word without its middle letter is nearest to the word: of frequent words of at least six letters. */
function misspelled(vectors: FastTextVectors): { readonly found: number; readonly total: number } {
  const without = (word: string): string => {
    const middle = Math.floor(word.length / 2);
    return word.slice(0, middle) + word.slice(middle + 1);
  };
  const words = vectors.words.filter((word) => /^\p{L}{6,}$/u.test(word) && !vectors.has(without(word))).slice(0, most);
  const found = words.filter((word) => vectors.neighbors(without(word), 1)[0]?.word === word).length;
  return { found, total: words.length };
}
