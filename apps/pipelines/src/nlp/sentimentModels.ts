import { conv1d, globalMaxPool1d } from '@chainrule/layers-conv';
import { l2 } from '@chainrule/layers-core';
import { dense, dropout, embedding } from '@chainrule/layers-dense';
import { bidirectional, lstm } from '@chainrule/layers-recurrent';
import { getWeights, input, sequential, type Sequential, setWeights } from '@chainrule/model';
import { relu, type Tensor } from '@chainrule/tensor';

/** Initial word vectors, `[words, size]`, and whether training changes them. */
export interface Vectors {
  readonly matrix: Tensor;
  readonly tuned: boolean;
}

/** The input of a model of word sequences. */
export interface WordInput {
  /** The number of words in a text. */
  readonly length: number;
  /** The size of the vocabulary, with 0 for padding. */
  readonly words: number;
  /** By default, random vectors of size 100, which are trained. */
  readonly vectors?: Vectors | undefined;
  readonly seed: number;
}

/** Logistic regression on a bag of words. */
export function bagOfWords(words: number): Sequential {
  return sequential(input([words]), dense(1, { kernelRegularizer: l2(1e-5) }));
}

/** A convolution over three words with global max pooling. */
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

/** A bidirectional LSTM with global max pooling. */
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

/** Builds the model with the given vectors instead of random ones. */
function startedFrom({ vectors, seed }: WordInput, model: Sequential): Sequential {
  model.build({ seed });
  if (vectors) setWeights(model, { ...getWeights(model), 'embedding/embeddings': vectors.matrix });
  return model;
}
