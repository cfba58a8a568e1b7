import type { Metric } from '@chainrule/metrics';
import { tensor } from '@chainrule/tensor';

/** Applies a metric to forecasts of single values. */
export function measureForecast(metric: Metric, forecast: readonly number[], truth: readonly number[]): number {
  metric.update(tensor([...forecast], [forecast.length], 'float64'), tensor([...truth], [truth.length], 'float64'));
  return metric.result();
}
