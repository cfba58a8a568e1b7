export {
  balancedAccuracy,
  type BalancedAccuracyOptions,
  cohenKappa,
  type CohenKappaOptions,
  matthewsCorrelation,
} from './agreement.ts';
export type { Values } from './arrays.ts';
export { auc, type AucOptions } from './auc.ts';
export { binaryAccuracy, type BinaryOptions } from './binaryAccuracy.ts';
export { bleu, type BleuOptions, type Sentence } from './bleu.ts';
export { brierScore } from './brierScore.ts';
export { type CalibrationCurve, calibrationCurve, type CalibrationOptions } from './calibrationCurve.ts';
export { categoricalAccuracy } from './categoricalAccuracy.ts';
export type { CountOptions } from './classCounts.ts';
export {
  type ClassificationReport,
  classificationReport,
  type ClassScores,
  type ReportOptions,
} from './classificationReport.ts';
export { type ConfusionMatrix, confusionMatrix, type MatrixOptions } from './confusionMatrix.ts';
export { explainedVariance } from './explainedVariance.ts';
export type { Average } from './hits.ts';
export { logLoss, type ProbabilityOptions } from './logLoss.ts';
export { meanAbsoluteError, meanAbsolutePercentageError } from './meanAbsoluteError.ts';
export { meanSquaredError, rootMeanSquaredError } from './meanSquaredError.ts';
export { measure } from './measure.ts';
export { medianAbsoluteError } from './medianAbsoluteError.ts';
export type { Metric } from './metric.ts';
export type { OutputOptions } from './outputs.ts';
export { perplexity, type PerplexityOptions } from './perplexity.ts';
export { type PrecisionRecallCurve, precisionRecallCurve } from './precisionRecallCurve.ts';
export { r2, type R2Options } from './r2.ts';
export { rocAuc, type RocAucOptions } from './rocAuc.ts';
export { type CurveOptions, type RocCurve, rocCurve, type RocOptions } from './rocCurve.ts';
export { type ClassOptions, fScore, type FScoreOptions, precision, recall, type ScoreOptions } from './scores.ts';
export { sparseCategoricalAccuracy } from './sparseCategoricalAccuracy.ts';
export { sparseCategoricalAccuracyOf } from './sparseCategoricalAccuracyOf.ts';
export { sparseTopKAccuracy, topKAccuracy, type TopKOptions } from './topKAccuracy.ts';
