import { OptionError, showValue } from '@chainrule/errors';
import { checkOptions, type Checks, numberThat } from '@chainrule/errors/check';
import { strings, wordCounts } from '../checks.ts';

/** Options of every trainer. */
export interface TrainOptions {
  /** The greatest number of tokens, including special tokens and characters. */
  readonly vocabSize: number;
  /** Tokens that get the first ids; they do not come from words. */
  readonly specialTokens?: readonly string[];
}

const aVocabularySize = /* @__PURE__ */ numberThat(
  'an integer from 1 to 2^24',
  (value) => Number.isInteger(value) && value >= 1 && value <= 2 ** 24,
);
const trainChecks: Checks<TrainOptions> = { vocabSize: aVocabularySize, specialTokens: strings };

/** Checks the arguments of a trainer; `more` has the checks of its own options. */
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
    throw new OptionError(`${op}: \`specialTokens\` must be unique and not empty, got ${showValue(twice)}`);
}
