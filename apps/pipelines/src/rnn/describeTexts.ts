import type { WordTokenizer } from '@chainrule/text-tokenizer';
import { type Corpus, edge } from './corpora.ts';

/** The number of texts to generate: many names, or one passage. */
export function textCount({ isNames }: Corpus): number {
  return isNames ? 200 : 1;
}

/** Generated tokens as text: names with a count of those that the model has seen, or a passage. */
export function describeTexts(
  sequences: readonly (readonly number[])[],
  tokenizer: WordTokenizer,
  { temperature, corpus }: { readonly temperature: number; readonly corpus: Corpus },
): string {
  const texts = sequences.map((sequence) => sequence.map((token) => tokenizer.indexWord.get(token) ?? '').join(''));
  return corpus.isNames
    ? describeNames(texts, temperature, corpus)
    : `written at temperature ${temperature}:\n${texts[0]!}\n`;
}

/** 20 new names, and the number of new names. Names without an end are left out. */
function describeNames(texts: readonly string[], temperature: number, { train }: Corpus): string {
  const known = new Set(train.map((name) => name.slice(1, -1)));
  const written = texts.filter((text) => text.includes(edge)).map((text) => text.slice(0, text.indexOf(edge)));
  const fresh = [...new Set(written.filter((name) => !known.has(name)))];
  const old = written.filter((name) => known.has(name)).length;
  return `written at temperature ${temperature}; ${old} of ${written.length} are in the training set; 20 that are not:\n${fresh.slice(0, 20).join(', ')}\n`;
}
