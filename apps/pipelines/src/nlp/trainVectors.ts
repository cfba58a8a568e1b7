import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cacheFolder } from '@chainrule/data-loaders/node';
import {
  readBinaryVectors,
  type TrainingProgress,
  word2vec,
  type WindowOptions,
  type WordVectors,
  writeBinaryVectors,
} from '@chainrule/embeddings';
import { ChainruleError } from '@chainrule/errors';
import type { EpochLogs } from '@chainrule/model';
import { progressBar } from '@chainrule/model/node';
import { writeWhole } from '../report.ts';
import type { TaskRun } from '../task.ts';

/** A named list of tokenized sentences. */
export interface Corpus {
  readonly name: string;
  readonly sentences: readonly (readonly string[])[];
}

/** Options of the training that do not come from the run. */
export type VectorOptions = Omit<WindowOptions, 'seed' | 'backend' | 'onProgress'>;

/** Trained vectors and the history of the training. */
export interface TrainedVectors<Vectors extends WordVectors = WordVectors> {
  readonly vectors: Vectors;
  readonly epochs: readonly EpochLogs[];
  readonly seconds: number;
}

/** The progress of a training: `done` of `total` words or pairs of an epoch. */
export interface VectorProgress {
  readonly epoch: number;
  readonly epochs: number;
  readonly done: number;
  readonly total: number;
  readonly logs: Readonly<Record<string, number>>;
}

/** Shows the progress of a training, and gathers the logs of its epochs. */
export async function withProgress<Vectors extends WordVectors>(
  train: (onProgress: (progress: VectorProgress) => void) => Promise<Vectors>,
): Promise<TrainedVectors<Vectors>> {
  const [start, bar, history] = [performance.now(), progressBar(), [] as EpochLogs[]];
  let begun = -1;
  const vectors = await train(({ epoch, epochs, done, total, logs }) => {
    const at = { epoch, epochs, batches: total };
    if (epoch !== begun) bar.onEpochBegin(at);
    begun = epoch;
    if (done < total) return bar.onBatchEnd?.({ ...at, batch: done - 1, logs });
    history.push({ epoch, ...logs });
    bar.onEpochEnd({ epoch, ...logs });
  });
  return { vectors, epochs: history, seconds: (performance.now() - start) / 1000 };
}

/** The progress of word2vec and fastText, which count words. */
export function ofWords(onProgress: (progress: VectorProgress) => void): (progress: TrainingProgress) => void {
  return ({ epoch, epochs, words, totalWords, loss, wordsPerSecond }) =>
    onProgress({
      epoch,
      epochs,
      done: words,
      total: totalWords,
      logs: { loss, wordsPerSecond: Math.round(wordsPerSecond) },
    });
}

/** Trains vectors by word2vec and shows the progress. */
export function trainVectors(
  { backend, options: { seed } }: Pick<TaskRun, 'backend' | 'options'>,
  { sentences }: Corpus,
  options: VectorOptions,
): Promise<TrainedVectors> {
  return withProgress((onProgress) =>
    word2vec(sentences, { ...options, seed, backend, onProgress: ofWords(onProgress) }),
  );
}

/** Loads the vectors of an earlier training on the same sentences with the same options. Without one, trains and saves the vectors. */
export async function keptVectors(
  run: Pick<TaskRun, 'backend' | 'options'>,
  corpus: Corpus,
  options: VectorOptions,
): Promise<TrainedVectors> {
  const file = vectorFile(run, corpus, options);
  const found = await readKept(file);
  if (found) {
    console.log(`vectors of an earlier training: ${file}`);
    return { vectors: found, epochs: [], seconds: 0 };
  }
  const trained = await trainVectors(run, corpus, options);
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeWhole('CHAINRULE_CACHE', file, Buffer.concat([...writeBinaryVectors(trained.vectors)]));
    console.log(`vectors are kept in ${file}`);
  } catch (error) {
    console.log(`vectors cannot be kept: ${(error as Error).message}`); // only costs time in the next run
  }
  return trained;
}

function vectorFile(
  { options: { seed, backend } }: Pick<TaskRun, 'options'>,
  { name, sentences }: Corpus,
  options: VectorOptions,
): string {
  const digest = createHash('sha256').update(JSON.stringify({ seed, backend, options }));
  for (const sentence of sentences) digest.update(`${sentence.join(' ')}\n`);
  return join(
    cacheFolder(),
    'vectors',
    `${name}-${options.architecture ?? 'skipGram'}-${digest.digest('hex').slice(0, 16)}.bin`,
  );
}

async function readKept(file: string): Promise<WordVectors | undefined> {
  try {
    return await readBinaryVectors(readFileSync(file), { name: file });
  } catch (error) {
    // A missing, unreadable or damaged file is written again.
    if (error instanceof ChainruleError || (error as NodeJS.ErrnoException).syscall !== undefined) return undefined;
    throw error;
  }
}
