import { aString, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import { figureOf, type LineFigure, type PanelFigure, type Point } from '../figure.ts';
import type { TrainingRecord } from './recordTraining.ts';

/** Options of {@link plotHistogramsOverTime}. */
export interface HistogramsOverTimeOptions {
  /** What to show. Default `weights`. */
  readonly of?: 'weights' | 'gradients' | 'activations';
  readonly title?: string;
}

/** Options of {@link plotGradientSizes}. */
export interface GradientSizesOptions {
  readonly title?: string;
}

/**
 * How weights, gradients or activations spread over the steps of training: the median with the middle half and the middle 90%
 * of the numbers of each variable or layer.
 *
 * @param records - of `recordTraining`
 * @throws OptionError for something else than records
 * @example
 * const distribution = { quantiles: [-2, -1, 0, 1, 2] as const, norm: 3 };
 * const records = [{ step: 5, weights: { 'dense/kernel': distribution }, gradients: {}, activations: {} }];
 * plotHistogramsOverTime(records).panels[0].series[1].band; // => [[5,-1,1]]
 */
export function plotHistogramsOverTime(
  records: readonly TrainingRecord[],
  options: HistogramsOverTimeOptions = {},
): PanelFigure<LineFigure> {
  const op = 'plotHistogramsOverTime';
  checkOptions(op, options, { of: oneOf('weights', 'gradients', 'activations'), title: aString });
  checkRecords(op, records);
  const { of = 'weights', title } = options;
  const panels = [...new Set(records.flatMap((record) => Object.keys(record[of])))].map((name): LineFigure => {
    const known = records.flatMap((record) =>
      name in record[of] ? [{ step: record.step, ...record[of][name]! }] : [],
    );
    const band = (low: 0 | 1, high: 3 | 4) =>
      known.map(({ step, quantiles }) => [step, quantiles[low], quantiles[high]] as const);
    return {
      kind: 'lines',
      title: name,
      x: 'step',
      y: { weights: 'weight', gradients: 'gradient', activations: 'activation' }[of],
      series: [
        { name: '5% to 95%', points: [], band: band(0, 4), color: 0 },
        {
          name: 'median, 25% to 75%',
          points: known.map(({ step, quantiles }): Point => [step, quantiles[2]]),
          band: band(1, 3),
          color: 0,
        },
      ],
    };
  });
  return figureOf({ kind: 'panels', title: title ?? `${of} over time`, panels });
}

/**
 * The size of the gradient of each layer, √Σ g², over the steps of training, on a logarithmic axis. Sizes that differ by
 * orders of magnitude between layers show gradients that vanish or explode.
 *
 * @param records - of `recordTraining`
 * @throws OptionError for something else than records
 * @example
 * const sized = (norm: number) => ({ quantiles: [0, 0, 0, 0, 0] as const, norm });
 * const records = [{ step: 1, weights: {}, gradients: { 'dense/kernel': sized(3), 'dense/bias': sized(4) }, activations: {} }];
 * plotGradientSizes(records).series; // => [{ name: 'dense', points: [[1,5]] }]
 */
export function plotGradientSizes(records: readonly TrainingRecord[], options: GradientSizesOptions = {}): LineFigure {
  const op = 'plotGradientSizes';
  checkOptions(op, options, { title: aString });
  checkRecords(op, records);
  const layers = new Map<string, Map<number, number>>();
  for (const { step, gradients } of records)
    for (const [name, { norm }] of Object.entries(gradients)) {
      const layer = name.includes('/') ? name.slice(0, name.lastIndexOf('/')) : name;
      const squares = layers.get(layer) ?? new Map<number, number>();
      layers.set(layer, squares.set(step, (squares.get(step) ?? 0) + norm ** 2));
    }
  return figureOf({
    kind: 'lines',
    title: options.title ?? 'sizes of gradients',
    x: 'step',
    y: 'norm of the gradient',
    scale: 'log',
    series: [...layers].map(([name, squares]) => ({
      name,
      points: [...squares].map(([step, sum]): Point => [step, Math.sqrt(sum)]),
    })),
  });
}

function checkRecords(op: string, records: readonly TrainingRecord[]): void {
  const isRecord = (record: Partial<TrainingRecord> | null): boolean =>
    typeof record?.step === 'number' &&
    [record.weights, record.gradients, record.activations].every((all) => typeof all === 'object' && all !== null);
  if (!Array.isArray(records) || !records.every(isRecord))
    refuse(op, 'records', 'the `records` of `recordTraining`', records);
}
