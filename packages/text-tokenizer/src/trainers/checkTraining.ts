import { OptionError, showValue } from '@chainrule/errors';
import { checkOptions, type Checks, numberThat } from '@chainrule/errors/check';
import { strings, wordCounts } from '../checks.ts';

/** What every trainer takes. */
export interface TrainOptions {
  /** How many tokens there will be at most, special ones and characters included. */
  readonly vocabSize: number;
  /** Tokens that get the first ids, and occur in no word. */
  readonly specialTokens?: readonly string[];
}

const aVocabularySize = /* @__PURE__ */ numberThat(
  'an integer from 1 to 2^24',
  (value) => Number.isInteger(value) && value >= 1 && value <= 2 ** 24,
);
const trainChecks: Checks<TrainOptions> = { vocabSize: aVocabularySize, specialTokens: strings };

/** Checks the arguments of a trainer; `more` are the options that only it knows. */
export function checkTraining<Options extends TrainOptions>(
  op: string,
  counts: ReadonlyMap<string, number>,
  options: Options,
  more: Omit<Checks<Options>, keyof TrainOptions>,
): void {
  wordCounts(op, 'counts', counts);
  checkOptions<TrainOptions>(op, options, { ...trainChecks, ...more }, 'vocabSize');
  const { specialTokens = [] } = options;
  const twice = specialTokens.find((token, i) => !token || specialTokens.indexOf(token) !== i);
  if (twice !== undefined)
    throw new OptionError(`${op}: \`specialTokens\` must be different and not empty, got ${showValue(twice)}`);
}
