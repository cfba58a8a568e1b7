import type { Backend } from '@chainrule/compiler';
import { Dataset, padEnd } from '@chainrule/data-loaders';
import { sparseCategoricalCrossEntropy, withOptions } from '@chainrule/losses';
import type { EpochLogs } from '@chainrule/model';
import { progressBar } from '@chainrule/model/node';
import type { Optimizer } from '@chainrule/optim';
import { slice, tensor, type Tensor } from '@chainrule/tensor';
import type { EncoderDecoder } from './encoderDecoder.ts';
import type { Pair } from './translationPairs.ts';
import type { Vocabulary } from './vocabulary.ts';

/** A translation model with its vocabularies. */
export interface Translator {
  readonly net: EncoderDecoder;
  readonly source: Vocabulary;
  readonly target: Vocabulary;
  readonly backend: Backend;
  readonly batchSize: number;
  /** Lengths that sentences are padded to: see {@link boundariesOf}. */
  readonly boundaries: readonly number[];
}

export interface TranslatorTraining {
  readonly train: readonly Pair[];
  readonly validation: readonly Pair[];
  readonly optimizer: Optimizer;
  readonly epochs: number;
  readonly seed: number;
}

/** The trained model: its logs, and the mean loss per word of other pairs. */
export interface TrainedTranslator {
  readonly history: readonly EpochLogs[];
  readonly measure: (pairs: readonly Pair[]) => Promise<number>;
}

/**
 * Trains and shows the progress. The loss is the cross-entropy of each target word, given the correct words before it (teacher
 * forcing). Padding does not count, so a batch may be filled with empty sentences.
 */
export async function trainTranslator(
  translator: Translator,
  { train, validation, optimizer, epochs, seed }: TranslatorTraining,
): Promise<TrainedTranslator> {
  const { net, backend } = translator;
  const trainer = net.model.compile({
    optimizer,
    loss: withOptions(sparseCategoricalCrossEntropy, { ignoreIndex: 0 }),
    backend,
  });
  const history = await trainer.fit(batchesOf(translator, train, seed), {
    epochs,
    validation: batchesOf(translator, validation),
    callbacks: [progressBar()],
  });
  const measure = async (pairs: readonly Pair[]): Promise<number> =>
    (await trainer.evaluate(batchesOf(translator, pairs)))['loss']!;
  return { history, measure };
}

/** Tokens, `[batch, time]`, with 0 after the end: of sentences, of the words before each target word, and of the target words. */
interface TranslationBatch {
  readonly x: { readonly source: Tensor; readonly before: Tensor };
  readonly y: Tensor;
}

/** Batches of pairs of similar length. Empty sentences fill the last batch, so all batches have one size and few programs suffice. */
function batchesOf(
  { source, target, batchSize, boundaries }: Translator,
  pairs: readonly Pair[],
  seed?: number,
): Dataset<TranslationBatch> {
  const items = Dataset.from(
    pairs.map((pair) => ({
      source: tensorOf(source.encode(pair.source)),
      target: tensorOf(target.encode(pair.target)),
    })),
  );
  return (seed === undefined ? items : items.shuffle(seed))
    .bucketByLength((item) => Math.max(item.source.size, item.target.size), {
      boundaries,
      size: batchSize,
      pad: (item, length) => ({ source: padEnd(item.source, length), target: padEnd(item.target, length) }),
    })
    .map((batch) => {
      const [from, to] = [padEnd(batch.source, batchSize), padEnd(batch.target, batchSize)];
      const before = slice(to, [0, 0], [-1, to.shape[1] - 1]);
      return { x: { source: from, before }, y: slice(to, [0, 1], [-1, -1]) };
    });
}

/** A few lengths, including start and end, that need little padding. */
export function boundariesOf(pairs: readonly Pair[]): number[] {
  const lengths = pairs.map(({ source, target }) => Math.max(source.length, target.length) + 2).sort((a, b) => a - b);
  return [...new Set([0.25, 0.5, 0.75, 0.9, 1].map((part) => lengths[Math.ceil(part * lengths.length) - 1]!))];
}

/** The number of batches in an epoch. */
export function stepsOf(translator: Translator, pairs: readonly Pair[]): number {
  return [...batchesOf(translator, pairs)].length;
}

export function tensorOf(tokens: ArrayLike<number>): Tensor<[number], 'int32'> {
  return tensor(Int32Array.from(tokens), [tokens.length], 'int32');
}
