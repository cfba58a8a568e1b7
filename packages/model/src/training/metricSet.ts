import { OptionError } from '@chainrule/errors';
import type { Metric } from '@chainrule/metrics';
import type { Tensor } from '@chainrule/tensor';
import { functionMetric } from './functionMetric.ts';
import type { Logs, TrainingMetric, TrainingMetrics } from './trainingMetric.ts';

/** All metrics of a training. */
export interface MetricSet {
  readonly metrics: readonly Metric[];
  /** Adds a batch to each, inside a compiled step. */
  update(predictions: Tensor, targets: Tensor, weights?: Tensor): void;
  reset(): void;
  /** The results by name. Waits for sums that a device holds. */
  results(): Promise<Logs>;
  /** Saves the sums. Returns a function that restores them. */
  keep(): Promise<() => void>;
}

/** The metrics of several outputs together; tensors are lists, one for each output. */
export interface OutputMetrics extends Omit<MetricSet, 'update' | 'metrics'> {
  readonly sets: readonly MetricSet[];
  update(predictions: readonly Tensor[], targets: readonly Tensor[], weights: readonly (Tensor | undefined)[]): void;
}

/** Joins the metrics of outputs. If there are several, their logs have the output's name before their own. */
export function joinMetrics(
  outputs: readonly { readonly name: string; readonly metrics: TrainingMetrics }[],
): OutputMetrics {
  const sets = outputs.map(({ metrics }) => metricSet(metrics));
  checkDifferent(outputs.flatMap(({ metrics }) => Object.values<TrainingMetric>(metrics)));
  const prefix = (i: number): string => (sets.length > 1 ? outputs[i]!.name : '');
  return {
    sets,
    update: (predictions, targets, weights) =>
      sets.forEach((set, i) => set.update(predictions[i]!, targets[i]!, weights[i])),
    reset: () => sets.forEach((set) => set.reset()),
    async results() {
      const found = await Promise.all(sets.map((set) => set.results()));
      return Object.assign({}, ...found.map((logs, i) => prefixed(prefix(i), logs))) as Logs;
    },
    async keep() {
      const restored = await Promise.all(sets.map((set) => set.keep()));
      return () => restored.forEach((restore) => restore());
    },
  };
}

/** Puts a prefix before all names: loss → valLoss. */
export function prefixed(prefix: string, logs: Logs): Logs {
  if (prefix === '') return logs;
  return Object.fromEntries(
    Object.entries(logs).map(([name, value]) => [`${prefix}${name[0]!.toUpperCase()}${name.slice(1)}`, value]),
  );
}

/** The metrics by name: their own, or the keys of an object. Functions are averaged. */
export function metricSet(given: TrainingMetrics): MetricSet {
  const entries = namedMetrics(given);
  const metrics = entries.map(([, metric]) => metric);
  const variables = metrics.flatMap((metric) => metric.variables);
  const read = (): Promise<Tensor[]> => Promise.all(variables.map((v) => v.read()));
  return {
    metrics,
    update: (predictions, targets, weights) =>
      metrics.forEach((metric) => metric.update(predictions, targets, weights)),
    reset: () => metrics.forEach((metric) => metric.reset()),
    async results() {
      await read(); // from here on `result` finds the values on the host
      return Object.fromEntries(entries.map(([name, metric]) => [name, metric.result()]));
    },
    async keep() {
      const values = await read();
      return () => variables.forEach((v, i) => v.assign(values[i]!));
    },
  };
}

function namedMetrics(given: TrainingMetrics): (readonly [string, Metric])[] {
  const entries: (readonly [string, TrainingMetric])[] = isList(given)
    ? given.map((metric) => [metric.name, metric])
    : Object.entries(given);
  entries.forEach(([name], i) => {
    const before = entries.slice(0, i);
    if (name === '')
      throw new OptionError(
        'compile: `metrics` must have names, got a function without one; pass an object, `{ name: metric }`',
      );
    if (name === 'loss' || name === 'epoch')
      throw new OptionError(`compile: \`metrics\` must have names other than loss and epoch, got ${name}`);
    if (before.some(([other]) => other === name))
      throw new OptionError(
        `compile: \`metrics\` must have different names, got ${name} twice; pass an object, \`{ name: metric }\``,
      );
  });
  return entries.map(([name, metric]) => [name, typeof metric === 'function' ? functionMetric(name, metric) : metric]);
}

/** Throws for an object that is given twice: the sums of both would be mixed. Functions have no sums of their own. */
function checkDifferent(metrics: readonly TrainingMetric[]): void {
  const twice = metrics.find((metric, i) => typeof metric !== 'function' && metrics.indexOf(metric) < i);
  if (twice)
    throw new OptionError(
      `compile: \`metrics\` must be different objects, got ${twice.name} twice; make one for each name`,
    );
}

function isList(given: TrainingMetrics): given is readonly TrainingMetric[] {
  return Array.isArray(given);
}
