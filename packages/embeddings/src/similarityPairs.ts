import { FormatError, showValue } from '@chainrule/errors';

/** Two words, and how similar people find them. */
export interface SimilarityPair {
  readonly a: string;
  readonly b: string;
  readonly score: number;
}

/**
 * Reads judgements of similarity, as those of WordSim-353 and SimLex-999: a pair a line, the words first, in columns
 * that tabs part, or commas; the score is the first column behind the words that is a number. Lines that are empty or
 * begin with `#` are left out, and so is a first line without a number, which names the columns.
 *
 * @throws FormatError for another line without two words and a number, with its number
 * @example
 * readSimilarityPairs('# Word 1\tWord 2\tHuman (mean)\ntiger\tcat\t7.35\n'); // => [{"a":"tiger","b":"cat","score":7.35}]
 */
export function readSimilarityPairs(text: string): SimilarityPair[] {
  const pairs: SimilarityPair[] = [];
  let isFirst = true;
  for (const [i, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '' || line.startsWith('#')) continue;
    const [a = '', b = '', ...rest] = line.split(line.includes('\t') ? '\t' : ',').map((column) => column.trim());
    const score = rest.find((column) => /^[+-]?\d+(\.\d*)?$/.test(column));
    if (score !== undefined && a !== '' && b !== '') pairs.push({ a, b, score: Number(score) });
    else if (!isFirst)
      throw new FormatError(
        `readSimilarityPairs: line ${i + 1} must have two words and a score, got ${showValue(line)}`,
      );
    isFirst = false;
  }
  return pairs;
}
