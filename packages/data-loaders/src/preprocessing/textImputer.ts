import { FormatError, showValue, ValueError } from '@chainrule/errors';
import { aString, checkOptions, oneOf } from '@chainrule/errors/check';
import { strings } from '../checks.ts';
import { mostFrequentOf } from './imputer.ts';
import type { Preprocessor } from './preprocessor.ts';

/** Options of {@link textImputer}. */
export interface TextImputerOptions {
  /** The replacement for missing texts. Default 'mostFrequent'. */
  readonly strategy?: 'mostFrequent' | 'constant';
  /** The replacement for the strategy 'constant'. Default 'missing'. */
  readonly fillValue?: string;
  /** The text that marks a missing value. Default ''. */
  readonly missing?: string;
}

/** The texts of a {@link TextImputer}, as a JSON value to save with a model. */
export interface TextImputerState {
  readonly type?: 'TextImputer';
  readonly fill: string;
  readonly missing: string;
}

/**
 * Replaces missing texts. {@link textImputer} fits it.
 *
 * @example
 * new TextImputer({ fill: 'red', missing: '?' }).transform(['blue', '?']); // => ['blue','red']
 */
export class TextImputer implements Preprocessor<readonly string[], string[]> {
  readonly fill: string;
  readonly missing: string;

  /**
   * @param state - the result of {@link toJSON}
   * @throws FormatError if the state is invalid
   */
  constructor(state: TextImputerState) {
    const { fill, missing } = state ?? {};
    if (typeof fill !== 'string' || typeof missing !== 'string')
      throw new FormatError(
        `TextImputer: expected texts as \`fill\` and \`missing\`, got ${showValue(fill)} and ${showValue(missing)}`,
      );
    this.fill = fill;
    this.missing = missing;
  }

  /**
   * Replaces missing texts.
   *
   * @example
   * textImputer(['a', 'b', 'b', '']).transform(['', 'a']); // => ['b','a']
   */
  transform(values: readonly string[]): string[] {
    strings('transform', 'values', values);
    return values.map((value) => (value === this.missing ? this.fill : value));
  }

  /** The texts, for the constructor. */
  toJSON(): Required<TextImputerState> {
    return { type: 'TextImputer', fill: this.fill, missing: this.missing };
  }
}

/**
 * Fits a text imputer. Of equally frequent texts, it uses the first in code unit order.
 *
 * @param values - the texts of one column
 * @param options - `strategy` ('mostFrequent'), `fillValue` ('missing'), `missing` ('')
 * @throws ValueError if all texts are missing, unless the strategy is 'constant'
 * @example
 * textImputer(['a', ''], { strategy: 'constant', fillValue: 'unknown' }).transform(['']); // => ['unknown']
 */
export function textImputer(values: readonly string[], options: TextImputerOptions = {}): TextImputer {
  strings('textImputer', 'values', values);
  checkOptions('textImputer', options, {
    strategy: oneOf('mostFrequent', 'constant'),
    fillValue: aString,
    missing: aString,
  });
  const { strategy = 'mostFrequent', fillValue = 'missing', missing = '' } = options;
  if (strategy === 'constant') return new TextImputer({ fill: fillValue, missing });
  const there = values.filter((value) => value !== missing);
  if (!there.length)
    throw new ValueError('textImputer: `values` must hold a text, got none; use the strategy "constant"');
  return new TextImputer({ fill: mostFrequentOf(there), missing });
}
