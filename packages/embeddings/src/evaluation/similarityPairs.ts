import { FormatError, showValue } from '@chainrule/errors';
import { aString } from '@chainrule/errors/check';

/** Two words and their similarity according to people. */
export interface SimilarityPair {
  readonly a: string;
  readonly b: string;
  readonly score: number;
}

/**
 * Reads similarity ratings such as WordSim-353 and SimLex-999: one pair per line, in columns separated by tabs or commas. The
 * words come first; the score is the next column that is a number. Skips empty lines, lines that begin with `#`, and a
 * header.
 *
 * @throws FormatError for another line without two words and a number; the error names the line number
 * @example
 * readSimilarityPairs('# Word 1\tWord 2\tHuman (mean)\ntiger\tcat\t7.35\n'); // => [{"a":"tiger","b":"cat","score":7.35}]
 */
export function readSimilarityPairs(text: string): SimilarityPair[] {
  aString('readSimilarityPairs', 'text', text);
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
