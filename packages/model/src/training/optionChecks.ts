import {
  aBoolean,
  aCount,
  aFunction,
  anything,
  belowOne,
  type Check,
  type Checks,
  checkThat,
  importedFrom,
  integerFrom,
  oneOf,
  refuse,
} from '@chainrule/errors/check';
import type { FitOptions } from './trainer.ts';
import type { EvaluateOptions, PredictOptions } from './trainerBase.ts';
import type { Optimizer } from '@chainrule/optim';
import { aSeed } from '@chainrule/tensor/graph';
import type { BuildOptions } from '../graph/model.ts';
import type { TrainingOptions } from './trainingOptions.ts';

const has = (value: unknown, ...methods: readonly string[]): boolean =>
  typeof value === 'object' &&
  value !== null &&
  methods.every((name) => typeof (value as Readonly<Record<string, unknown>>)[name] === 'function');

export const aSignal: Check = /* @__PURE__ */ checkThat('an AbortSignal', (value) => has(value, 'throwIfAborted'));

/** A metric, or a function of predictions and targets. A function without parameters makes metrics and was not called. */
const aMetric: Check = importedFrom(
  '@chainrule/metrics',
  'a metric, or a function of predictions and targets',
  (value) => (typeof value === 'function' ? value.length > 0 : has(value, 'update', 'result', 'reset')),
  '()',
);

/** Metrics of one output. */
export const metricsCheck: Check = (op, name, value) => {
  if (typeof value !== 'object' || value === null) refuse(op, name, 'a list of metrics, or an object of them', value);
  for (const [key, metric] of Object.entries(value))
    aMetric(op, `${name}[${Array.isArray(value) ? key : JSON.stringify(key)}]`, metric);
};

export const aLoss: Check = importedFrom(
  '@chainrule/losses',
  'a loss, a function of predictions and targets',
  (value) => typeof value === 'function',
);

const callbackChecks = {
  name: anything,
  state: anything,
  restore: anything,
  onTrainBegin: aFunction,
  onEpochBegin: aFunction,
  onBatchBegin: aFunction,
  onBatchEnd: aFunction,
  onBadStep: aFunction,
  onValidationBegin: aFunction,
  onValidationEnd: aFunction,
  onEpochLogs: aFunction,
  onEpochEnd: aFunction,
  onTrainEnd: aFunction,
  onTrainError: aFunction,
};

export const buildChecks: Checks<BuildOptions> = {
  seed: aSeed,
  dtype: oneOf('float32', 'float64'),
  weights: anything,
};

export const compileChecks: Checks<TrainingOptions> = {
  ...buildChecks,
  optimizer: importedFrom(
    '@chainrule/optim',
    'an optimizer with a learning rate',
    (value) => has(value, 'init', 'update', 'tick') && (value as Partial<Optimizer>).gives === 'steps',
    '()',
  ),
  loss: checkThat('a loss, or an object of losses by output', (value) => value !== null && value !== undefined),
  lossWeights: anything,
  metrics: anything,
  backend: checkThat('a backend, such as what `await wasm()` gives', (value) => has(value, 'prepare')),
};

/** A list of objects with at least one function that `fit` calls. */
const callbacksCheck: Check = (op, name, value) => {
  if (!Array.isArray(value)) refuse(op, name, 'a list of callbacks', value);
  const hooks = Object.keys(callbackChecks);
  value.forEach((item: unknown, i) => {
    if (typeof item !== 'object' || item === null)
      refuse(
        op,
        `${name}[${i}]`,
        'an object such as { onEpochEnd }',
        item,
        typeof item !== 'function'
          ? undefined
          : /^[a-z]/.test(item.name)
            ? `call it: \`${item.name}()\``
            : 'write `{ onEpochEnd: (logs) => … }`',
      );
    if (Object.keys(item).length > 0 && !hooks.some((hook) => hook in item))
      refuse(op, `${name}[${i}]`, `an object with some of ${hooks.slice(3).join(', ')}`, item);
  });
};

export const fitChecks: Checks<FitOptions> = {
  epochs: integerFrom(0),
  initialEpoch: integerFrom(0),
  batchSize: aCount,
  shuffle: aBoolean,
  stepsPerEpoch: aCount,
  validation: anything,
  validationSteps: aCount,
  validationSplit: belowOne,
  classWeights: checkThat(
    'an object of weights by label, finite numbers from 0',
    (value) =>
      typeof value === 'object' &&
      value !== null &&
      Object.values(value).every((weight) => typeof weight === 'number' && weight >= 0 && weight < Infinity),
  ),
  signal: aSignal,
  callbacks: callbacksCheck,
  ...callbackChecks,
};

export const predictChecks: Checks<PredictOptions> = { batchSize: aCount, signal: aSignal };
export const evaluateChecks: Checks<EvaluateOptions> = { ...predictChecks, steps: aCount };
