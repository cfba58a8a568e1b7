import { expect, test } from 'vitest';
import { monitorMode } from './monitorMode.ts';

test.each([
  [
    'loss valLoss scoreLoss valScoreLoss logLoss meanAbsoluteError valMeanSquaredError brierScore valBrierScore perplexity',
    'min',
  ],
  ['accuracy valBinaryAccuracy topKAccuracy auc precision recall fScore r2 valExplainedVariance cohenKappa', 'max'],
  ['matthewsCorrelation balancedAccuracy bleu pAccuracy valPAuc confusionMatrix', 'max'],
])('%s: %s', (names, mode) => {
  for (const name of names.split(' ')) expect(monitorMode(name), name).toBe(mode);
});

test('a name that does not tell is refused, with the remedy', () => {
  expect(() => monitorMode('valScore')).toThrow("got valScore; pass `mode: 'min'` if less is better, or 'max'");
});
