import {
  type AnalogySection,
  readAnalogyQuestions,
  readSimilarityPairs,
  type SimilarityPair,
} from '@chainrule/embeddings';
import { readLines } from '@chainrule/data-loaders';
import { dataFile } from '../dataFile.ts';
import type { TaskRun } from '../task.ts';
import { analogySentences, analogyQuestions, plottedWords } from './analogyCorpus.ts';
import type { Corpus, VectorOptions } from './trainVectors.ts';

/** Tests of word vectors. */
export interface WordTests {
  readonly similarities: Readonly<Record<string, readonly SimilarityPair[]>>;
  readonly analogies: readonly AnalogySection[];
}

/** A corpus with its training options and tests. */
export interface VectorTask {
  readonly corpus: Corpus;
  readonly options: VectorOptions;
  /** Whether to save the vectors for `nlp sentiment` and later runs. */
  readonly isKept: boolean;
  readonly tests: WordTests;
  /** Words whose neighbors are listed, and words that are plotted. */
  readonly shown: readonly string[];
  readonly drawn: readonly string[];
}

/** Training options for the English corpus, also in `nlp sentiment`. */
export const englishOptions: VectorOptions = {
  vectorSize: 100,
  window: 5,
  negative: 5,
  minCount: 5,
  sample: 1e-4,
  epochs: 10,
};

/** Words in groups of related meaning, for the picture of the vectors. */
const drawnWords: readonly string[] = [
  ...['war', 'peace', 'army', 'soldiers', 'congress', 'senate', 'law', 'tax', 'money', 'river'],
  ...['sea', 'coast', 'storm', 'song', 'album', 'music', 'film', 'game', 'team', 'season'],
  ...['one', 'two', 'three', 'ten', 'january', 'july', 'october', 'he', 'she', 'his'],
  ...['her', 'king', 'queen', 'france', 'britain', 'germany', 'china', 'good', 'bad', 'great'],
];

export async function vectorTaskOf({ dataset, options }: Pick<TaskRun, 'dataset' | 'options'>): Promise<VectorTask> {
  const { dataDir, limit, seed, epochs } = options;
  if (dataset === 'analogies') {
    return {
      corpus: { name: 'analogies', sentences: analogySentences({ count: limit ?? 12_000, seed }) },
      options: {
        vectorSize: 24,
        window: 4,
        negative: 5,
        minCount: 1,
        sample: 0.01,
        learningRate: 0.05,
        epochs: epochs ?? 3,
      },
      isKept: false,
      tests: { similarities: {}, analogies: analogyQuestions() },
      shown: ['king', 'woman', 'paris', 'japan', 'school'],
      drawn: plottedWords(),
    };
  }
  const ask = (name: string): Promise<string> => dataFile('nlp', dataDir!, 'embeddings', name);
  return {
    corpus: await englishCorpus(dataDir!, limit),
    options: { ...englishOptions, ...(epochs !== undefined && { epochs }) },
    isKept: true,
    tests: {
      similarities: {
        wordSim: readSimilarityPairs(await ask('wordsim353.tsv')),
        simLex: readSimilarityPairs(await ask('simlex999.txt')),
      },
      analogies: readAnalogyQuestions(await ask('questions-words.txt')),
    },
    shown: ['war', 'king', 'music', 'river', 'government', 'good', 'three', 'his'],
    drawn: drawnWords,
  };
}

/** Presidential addresses and pages of Wikipedia, one paragraph per line. */
export async function englishCorpus(dataDir: string, limit?: number): Promise<Corpus> {
  const lines = readLines(await dataFile('nlp', dataDir, 'text', 'english_clean.txt'));
  return {
    name: 'english',
    sentences: lines.slice(0, limit).map((line) => line.split(' ').filter((word) => word !== '')),
  };
}
