import { OptionError } from '@chainrule/errors';
import { trainTestSplit } from '@chainrule/data-loaders';
import type { LabelledTexts } from '@chainrule/data-loaders/node';
import { arange, cast, reshape, slice, type Tensor, tensor } from '@chainrule/tensor';
import { padSequences, type WordTokenizer } from '@chainrule/text-tokenizer';

export type { LabelledTexts };

/** Texts and whether each belongs to the second of two classes. */
export interface TextSamples {
  readonly texts: readonly string[];
  /** `[texts, 1]`, 0 or 1 in float32, as binary cross-entropy takes them. */
  readonly y: Tensor;
}

/** Texts to train and to test with, both with the classes in their shares; at most `limit` to train with. */
export function splitTexts(
  { texts, labels }: LabelledTexts,
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

/** The words of texts by their indices, `[texts, length]`: shorter texts end in 0, of longer ones the start is kept. */
export function wordIndices(tokenizer: WordTokenizer, texts: readonly string[], length: number): Tensor {
  const { data, shape } = padSequences(tokenizer.textsToSequences(texts), {
    maxLength: length,
    padding: 'post',
    truncating: 'post',
  });
  return tensor(data, [...shape], 'int32');
}

/** How many words the longest of the texts has, but for the longest hundredth of them. */
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

/** All but the last tenth of the texts, and that tenth. */
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

/** How much each text is about each word, `[texts, words]`: tf-idf, each row of length 1. Made by pieces, since the tokenizer's matrix is float64. */
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
