import { OptionError, showValue } from '@chainrule/errors';
import { anything, checkOptions, type Checks } from '@chainrule/errors/check';
import { anArray } from '../models/vocabulary.ts';

/** What every trainer takes. */
export interface TrainOptions {
  /** How many tokens there will be at most, special ones and characters included. */
  readonly vocabSize: number;
  /** Tokens that get the first ids, and occur in no word. */
  readonly specialTokens?: readonly string[];
}

const trainChecks: Checks<TrainOptions> = { vocabSize: anything, specialTokens: anArray };

/** Checks the options of a trainer; `more` are those that only it knows. */
export function checkTraining<Options extends TrainOptions>(
  op: string,
  options: Options,
  more: Omit<Checks<Options>, keyof TrainOptions>,
): void {
  checkOptions<TrainOptions>(op, options, { ...trainChecks, ...more });
  const { vocabSize, specialTokens = [] } = (options as Options | undefined) ?? ({} as TrainOptions);
  if (!Number.isInteger(vocabSize) || vocabSize < 1 || vocabSize > 2 ** 24)
    throw new OptionError(`${op}: \`vocabSize\` must be a whole number from 1 to 2^24, got ${showValue(vocabSize)}`);
  const twice = specialTokens.find((token, i) => !token || specialTokens.indexOf(token) !== i);
  if (twice !== undefined)
    throw new OptionError(`${op}: \`specialTokens\` must be different and not empty, got ${showValue(twice)}`);
}
