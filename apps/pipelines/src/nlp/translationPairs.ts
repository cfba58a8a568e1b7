import { type DataSetOptions, type SentencePairs, simpleEngFra } from '@chainrule/data-loaders/node';

/** A sentence and a translation, in words. */
export interface Pair {
  readonly source: readonly string[];
  readonly target: readonly string[];
}

/** A sentence with all known translations. */
export interface Question {
  readonly source: readonly string[];
  readonly references: readonly (readonly string[])[];
}

/** Pairs for training, validation and testing. */
export interface Pairs {
  readonly train: readonly Pair[];
  readonly validation: readonly Pair[];
  readonly test: readonly Pair[];
}

/** Words and punctuation marks; `j'en` is two words. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/(\p{L}['’])(?=\p{L})/gu, '$1 ')
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** The distinct sentences of the pairs, each with all its translations in `known`. */
export function questionsOf(pairs: readonly Pair[], known: readonly Pair[]): Question[] {
  const key = (words: readonly string[]): string => words.join(' ');
  const translations = new Map<string, Map<string, readonly string[]>>();
  for (const { source, target } of known) {
    const all = translations.get(key(source)) ?? new Map<string, readonly string[]>();
    translations.set(key(source), all.set(key(target), target));
  }
  const asked = new Map(pairs.map(({ source }) => [key(source), source]));
  return Array.from(asked, ([text, source]) => ({ source, references: [...translations.get(text)!.values()] }));
}

/** The words of 13,062 short sentences in English and in French. */
export async function englishFrench(options: DataSetOptions): Promise<Pairs> {
  const { train, validation, test } = await simpleEngFra(options);
  const pairsOf = ({ sources, targets }: SentencePairs): Pair[] =>
    sources.map((source, i) => ({ source: wordsOf(source), target: wordsOf(targets[i]!) }));
  return { train: pairsOf(train), validation: pairsOf(validation), test: pairsOf(test) };
}
