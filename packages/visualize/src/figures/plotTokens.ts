import { aString, checkOptions } from '@chainrule/errors/check';
import { figureOf, type TokenFigure } from '../figure.ts';
import { checkSameLength, names, type Numbers, numbersOf } from './values.ts';

/** Options of {@link plotTokens}. */
export interface TokensOptions {
  readonly title?: string;
  /** What the weights are: the title of the color scale, by default `weight`. */
  readonly scale?: string;
}

/**
 * Words on a color by their weight, such as attention, or how much each word speaks for a class. Above 0 the color is blue,
 * below 0 orange.
 *
 * @param tokens - in reading order; one that ends with `\n` ends the line
 * @param weights - one for each token
 * @throws OptionError for more tokens than weights or fewer
 * @example
 * plotTokens(['not', 'bad'], [0.5, -1]).weights; // => [0.5,-1]
 */
export function plotTokens(tokens: readonly string[], weights: Numbers, options: TokensOptions = {}): TokenFigure {
  const op = 'plotTokens';
  checkOptions(op, options, { title: aString, scale: aString });
  const { title = 'tokens', scale = 'weight' } = options;
  names(op, 'tokens', tokens);
  const values = numbersOf(op, 'weights', weights);
  checkSameLength(op, 'weights', values, tokens.length, 'there are tokens');
  return figureOf({ kind: 'tokens', title, tokens, weights: values, scale });
}
