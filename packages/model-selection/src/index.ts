export { adjustPriors, type AdjustPriorsOptions, type Priors } from './probabilities/adjustPriors.ts';
export {
  chooseThreshold,
  type Counts,
  type Threshold,
  type ThresholdOptions,
} from './probabilities/chooseThreshold.ts';
export { temperatureScaling } from './probabilities/temperatureScaling.ts';
export { crossValidate, type CrossValidation } from './search/crossValidate.ts';
export { gridSearch } from './search/gridSearch.ts';
export { halvingSearch, type HalvingSearchOptions } from './search/halvingSearch.ts';
export { randomSearch, type RandomSearchOptions } from './search/randomSearch.ts';
export type { Axis, SearchResult, TrialResult } from './search/result.ts';
export type { Refitted, SearchOptions, SearchProgress } from './search/search.ts';
export { serveTrials } from './search/serveTrials.ts';
export {
  type Distribution,
  uniformInteger,
  logUniformFloat,
  type Setting,
  type SettingsOf,
  type Space,
  uniformFloat,
} from './search/space.ts';
export type { SearchStore } from './search/store.ts';
export type { Fittable, Run, Trial, TrialContext, TrialData } from './search/trial.ts';
