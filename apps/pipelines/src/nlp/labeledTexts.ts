import { OptionError } from '@chainrule/errors';
import { trainTestSplit } from '@chainrule/data-loaders';
import type { LabeledTexts } from '@chainrule/data-loaders/node';
import { arange, cast, reshape, slice, type Tensor, tensor } from '@chainrule/tensor';
import { padSequences, type WordTokenizer } from '@chainrule/text-tokenizer';

export type { LabeledTexts };

/** Texts with binary labels. */
export interface TextSamples {
  readonly texts: readonly string[];
  /** `[texts, 1]`, 0 or 1 in float32, as binary cross-entropy takes them. */
  readonly y: Tensor;
}

/** A stratified split into training and test texts, with at most `limit` training texts. */
export function splitTexts(
  { texts, labels }: LabeledTexts,
  options: { readonly testSize: number; readonly seed: number; readonly limit?: number | undefined },
): { train: TextSamples; test: TextSamples } {
  const { testSize, seed, limit } = options;
  const { train, test } = trainTestSplit(arange(texts.length, 'int32'), { testSize, seed, stratify: labels });
  const part = (rows: ArrayLike<number>): TextSamples => {
    const chosen = Array.from(rows);
    const y = tensor(
      Int32Array.from(chosen, (row) => labels.data[row]!),
      [chosen.length, 1],
      'int32',
    );
    return { texts: chosen.map((row) => texts[row]!), y: cast(y, 'float32') };
  };
  return { train: part(train.data.subarray(0, limit)), test: part(test.data) };
}

/** Token indices, `[texts, length]`. Shorter texts are padded with 0 at the end; longer ones are cut at the end. */
export function wordIndices(tokenizer: WordTokenizer, texts: readonly string[], length: number): Tensor {
  const { data, shape } = padSequences(tokenizer.textsToSequences(texts), {
    maxLength: length,
    padding: 'post',
    truncating: 'post',
  });
  return tensor(data, [...shape], 'int32');
}

/** The 99th percentile of the lengths in words. */
export function usualLength(tokenizer: WordTokenizer, texts: readonly string[]): number {
  const lengths = tokenizer
    .textsToSequences(texts)
    .map((words) => words.length)
    .sort((a, b) => a - b);
  return Math.max(1, lengths[Math.floor(0.99 * (lengths.length - 1))] ?? 1);
}

/** 0 or 1 for each logit `[texts, 1]`. */
export function decided(logits: Tensor): Int32Array {
  return Int32Array.from(reshape(logits, [logits.size]).data, (logit) => (logit > 0 ? 1 : 0));
}

/** The first nine tenths of the texts, and the last tenth. */
export function lastTenth({ texts, y }: TextSamples): [TextSamples, TextSamples] {
  if (texts.length < 2)
    throw new OptionError(
      `start: \`--limit\` must leave two texts or more to train with, got ${texts.length}; one of them ends training`,
    );
  const at = texts.length - Math.max(1, Math.round(texts.length / 10));
  return [
    { texts: texts.slice(0, at), y: slice(y, [0, 0], [at, 1]) },
    { texts: texts.slice(at), y: slice(y, [at, 0], [texts.length - at, 1]) },
  ];
}

const chunk = 512;

/** The tf-idf matrix, `[texts, words]`, with rows of length 1. Computed in pieces because the tokenizer's matrix is float64. */
export function tfidf(tokenizer: WordTokenizer, texts: readonly string[]): Tensor {
  const columns = tokenizer.vocabularySize;
  const rows = new Float32Array(texts.length * columns);
  for (let at = 0; at < texts.length; at += chunk)
    rows.set(tokenizer.textsToMatrix(texts.slice(at, at + chunk), 'tfidf').data, at * columns);
  for (let at = 0; at < rows.length; at += columns) {
    const row = rows.subarray(at, at + columns);
    const norm = Math.sqrt(row.reduce((sum, v) => sum + v * v, 0)) || 1;
    row.forEach((v, i) => (row[i] = v / norm));
  }
  return tensor(rows, [texts.length, columns]);
}
