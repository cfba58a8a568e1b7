import { evaluateAnalogies, evaluateSimilarity, type WordVectors } from '@chainrule/embeddings';
import { type Figure, plotEmbedding } from '@chainrule/visualize';
import type { Report } from '../report.ts';
import type { TaskRun } from '../task.ts';
import type { Corpus, TrainedVectors } from './trainVectors.ts';
import type { VectorTask, WordTests } from './vectorTasks.ts';

/** The size of a corpus in words and sentences. */
export function sizeOf({ sentences }: Corpus): string {
  const words = sentences.reduce((sum, sentence) => sum + sentence.length, 0);
  return `${words} words in ${sentences.length} sentences`;
}

/** Measures trained vectors, prints neighbors of words, and shows words in a plane. */
export function reportVectors(
  { dataset, show, options: { seed } }: TaskRun,
  task: VectorTask,
  { name, variant }: { readonly name: string; readonly variant: string },
  { vectors, epochs, seconds }: TrainedVectors,
): Report {
  const metrics = measured(vectors, task.tests);
  console.log(
    `\n${neighbors(
      vectors,
      task.shown.filter((word) => vectors.has(word)),
    )}\n`,
  );
  show(plane(variant, vectors, task.drawn));
  const parameters = 2 * vectors.size * vectors.dimensions;
  return { task: `${name} ${variant}`, dataset, metrics, epochs, seconds, parameters, seed };
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

/** The nearest words to each word, one line each. */
export function neighbors(vectors: WordVectors, words: readonly string[]): string {
  const nearTo = (word: string): string =>
    vectors
      .neighbors(word, 6)
      .map((near) => `${near.word} ${near.score.toFixed(2)}`)
      .join(', ');
  return words.map((word) => `${word.padStart(12)}  ${nearTo(word)}`).join('\n');
}

function plane(variant: string, vectors: WordVectors, words: readonly string[]): Figure {
  const known = words.filter((word) => vectors.has(word));
  return plotEmbedding(
    known.map((word) => [...vectors.vector(word)]),
    { names: known, title: `words by ${variant}` },
  );
}
