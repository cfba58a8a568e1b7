import { conv1d, globalMaxPool1d } from '@chainrule/layers-conv';
import { l2 } from '@chainrule/layers-core';
import { dense, dropout, embedding } from '@chainrule/layers-dense';
import { bidirectional, lstm } from '@chainrule/layers-recurrent';
import { getWeights, input, sequential, type Sequential, setWeights } from '@chainrule/model';
import { relu, type Tensor } from '@chainrule/tensor';

/** Vectors that words begin with, `[words, size]`, and whether training changes them. */
export interface Vectors {
  readonly matrix: Tensor;
  readonly tuned: boolean;
}

/** What a model of sequences of words reads. */
export interface WordInput {
  /** Words of a text. */
  readonly length: number;
  /** Words of the vocabulary, with 0 for padding. */
  readonly words: number;
  /** By default vectors of 100 random numbers, which are tuned. */
  readonly vectors?: Vectors | undefined;
  readonly seed: number;
}

/** Logistic regression on which words there are, in whatever order. */
export function bagOfWords(words: number): Sequential {
  return sequential(input([words]), dense(1, { kernelRegularizer: l2(1e-5) }));
}

/** The strongest answer of each filter to any three words in a row. */
export function convolution(read: WordInput): Sequential {
  const filters = conv1d({ filters: 64, kernelSize: 3, padding: 'same', activation: relu });
  return startedFrom(
    read,
    sequential(
      input([read.length]),
      wordVectors(read),
      dropout(0.5),
      filters,
      globalMaxPool1d(),
      dropout(0.5),
      dense(1),
    ),
  );
}

/** Reads from both ends, and keeps the largest output of each unit. */
export function reader(read: WordInput): Sequential {
  const bothWays = bidirectional(lstm(32, { returnSequences: true }));
  return startedFrom(
    read,
    sequential(
      input([read.length]),
      wordVectors(read),
      dropout(0.5),
      bothWays,
      globalMaxPool1d(),
      dropout(0.5),
      dense(1),
    ),
  );
}

function wordVectors({ words, vectors }: WordInput): ReturnType<typeof embedding<number>> {
  return embedding(words, vectors?.matrix.shape[1] ?? 100, { maskZero: true, trainable: vectors?.tuned ?? true });
}

/** The model, built, with the vectors given in the place of random ones. */
function startedFrom({ vectors, seed }: WordInput, model: Sequential): Sequential {
  model.build({ seed });
  if (vectors) setWeights(model, { ...getWeights(model), 'embedding/embeddings': vectors.matrix });
  return model;
}
