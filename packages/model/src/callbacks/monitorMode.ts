import { OptionError } from '@chainrule/errors';
import { aString } from '@chainrule/errors/check';

/** Ends of the names of losses and errors: less is better. */
const falling = /(loss|error|brierscore|perplexity|divergence)$/i;
/** Ends of the names of scores: more is better. */
const rising =
  /(accuracy|auc|precision|recall|fscore|f1|r2|explainedvariance|kappa|correlation|similarity|bleu|confusionmatrix)$/i;

/**
 * Returns whether a log is better when it is smaller or larger, by the end of its name: that of a loss, an error or a score.
 *
 * @param log - the name of a log, such as `valLoss` or `accuracy`
 * @throws OptionError for a name that does not tell
 * @example
 * monitorMode('valBrierScore'); // => min
 * monitorMode('binaryAccuracy'); // => max
 */
export function monitorMode(log: string): 'min' | 'max' {
  aString('monitorMode', 'log', log);
  if (falling.test(log)) return 'min';
  if (rising.test(log)) return 'max';
  throw new OptionError(
    `monitorMode: \`log\` must be the name of a loss, an error or a score, got ${log}; pass \`mode: 'min'\` if less is better, or 'max'`,
  );
}
