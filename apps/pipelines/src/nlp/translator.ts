import { valueAndGrad } from '@chainrule/autograd';
import { type Backend, compile } from '@chainrule/compiler';
import { Dataset, padEnd } from '@chainrule/data-loaders';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import type { EpochLogs, Progress } from '@chainrule/model';
import { progressBar } from '@chainrule/model/node';
import { applyUpdates, type Optimizer } from '@chainrule/optim';
import { cast, notEqual, slice, sum, tensor, type Tensor, type Variable } from '@chainrule/tensor';
import type { EncoderDecoder } from './encoderDecoder.ts';
import type { Pair } from './translationPairs.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Tokens of sentences, `[batch, time]`, with 0 after the end. */
export interface Batch {
  readonly source: Tensor;
  readonly target: Tensor;
}

/** The mean loss of a batch and the number of words in it. */
type Measured = readonly [loss: Tensor, words: Tensor];

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
  readonly measure: Measure;
  readonly optimizer: Optimizer;
  readonly epochs: number;
  readonly seed: number;
}

/** The mean loss per word. */
export type Measure = (pairs: readonly Pair[]) => Promise<number>;

/**
 * The cross-entropy of each target word, given the correct words before it (teacher forcing). Padding does not count, so a
 * batch may be filled with empty sentences.
 */
function lossOf(net: EncoderDecoder, { source, target }: Batch, training: boolean): Measured {
  const [before, after] = [slice(target, [0, 0], [-1, target.shape[1]! - 1]), slice(target, [0, 1], [-1, -1])];
  const { words, state } = net.encode(source, training);
  const { logits } = net.decode(before, state, words, training);
  return [sparseCategoricalCrossEntropy(logits, after, { ignoreIndex: 0 }), sum(cast(notEqual(after, 0), 'float32'))];
}

/** Trains and shows the progress. */
export async function trainTranslator(translator: Translator, training: TranslatorTraining): Promise<EpochLogs[]> {
  const bar = progressBar();
  try {
    return await trainEpochs(translator, training, bar);
  } catch (error) {
    bar.onTrainError?.();
    throw error;
  }
}

async function trainEpochs(
  translator: Translator,
  { train, validation, measure, optimizer, epochs, seed }: TranslatorTraining,
  bar: Progress,
): Promise<EpochLogs[]> {
  const { net, backend } = translator;
  const state = optimizer.init(net.variables);
  const trainStep = compile(
    (batch: Batch): Measured => {
      const [measured, gradients] = valueAndGrad((_: readonly Variable[]) => lossOf(net, batch, true))(net.variables);
      applyUpdates(net.variables, optimizer.update(gradients, state, net.variables));
      return measured;
    },
    { backend, name: 'the training step' },
  );
  const batches = batchesOf(translator, train, seed);
  const perEpoch = stepsOf(translator, train);
  const history: EpochLogs[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    const at = { epoch, epochs, batches: perEpoch };
    bar.onEpochBegin(at);
    const mean = runningMean();
    let batch = 0;
    for (const one of batches) {
      optimizer.tick(state, epoch * perEpoch + batch);
      const loss = mean(await read(trainStep(one)));
      bar.onBatchEnd?.({ ...at, batch, logs: { loss } });
      batch++;
    }
    const logs = { epoch, loss: mean(), valLoss: await measure(validation) };
    bar.onEpochEnd(logs);
    history.push(logs);
  }
  return history;
}

/** The measurements of a translator. */
export function measuring(translator: Translator): Measure {
  const step = compile((batch: Batch): Measured => lossOf(translator.net, batch, false), {
    backend: translator.backend,
    name: 'the evaluation step',
  });
  return async (pairs) => {
    const mean = runningMean();
    for (const batch of batchesOf(translator, pairs)) mean(await read(step(batch)));
    return mean();
  };
}

async function read(measured: Measured): Promise<readonly [loss: number, words: number]> {
  const [loss, words] = await Promise.all(measured.map((t) => t.read()));
  return [loss![0]!, words![0]!];
}

/** The mean so far; adds a batch if one is given. */
function runningMean(): (batch?: readonly [loss: number, words: number]) => number {
  let [total, count] = [0, 0];
  return ([loss, words] = [0, 0]) => {
    total += loss * words;
    count += words;
    return total / count;
  };
}

/** Batches of pairs of similar length. Empty sentences fill the last batch, so all batches have one size and few programs suffice. */
function batchesOf(
  { source, target, batchSize, boundaries }: Translator,
  pairs: readonly Pair[],
  seed?: number,
): Dataset<Batch> {
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
    .map((batch) => ({ source: padEnd(batch.source, batchSize), target: padEnd(batch.target, batchSize) }));
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
