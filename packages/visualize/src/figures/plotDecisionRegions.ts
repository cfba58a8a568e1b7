import { aFunction, aString, checkOptions, integerFrom, optional, refuse } from '@chainrule/errors/check';
import { isTensor, tensor, type Tensor } from '@chainrule/tensor';
import { figureOf, type PointFigure, type Range } from '../figure.ts';
import { rangeAround } from './rangeAround.ts';
import {
  checkSameLength,
  className,
  classesOf,
  names,
  type Numbers,
  type NumberTable,
  predictedClasses,
  tableOf,
} from './values.ts';

/** Options of {@link plotDecisionRegions}. */
export interface DecisionRegionsOptions {
  /** The names of the classes. */
  readonly classes?: readonly string[];
  /** The number of points along each axis at which the model is asked. Default 80. */
  readonly resolution?: number;
  readonly title?: string;
  /** The names of the two features, by default `first feature` and `second feature`. */
  readonly x?: string;
  readonly y?: string;
}

/**
 * The class that a model predicts at each place of a plane, behind samples with their true classes.
 *
 * @param predict - from points `[n, 2]` to class numbers `[n]`, scores `[n, classes]`, or logits `[n, 1]` of class 1
 * @param points - the samples, `[samples, 2]`
 * @param labels - their class numbers
 * @throws OptionError for other shapes
 * @example
 * const figure = await plotDecisionRegions((points) => greater(sum(points, { axis: 1 }), 0), [[-1, 0], [1, 1]], [0, 1]);
 * figure.points.map(({ group }) => group); // => ['0','1']
 */
export async function plotDecisionRegions(
  predict: (points: Tensor<[number, 2]>) => Tensor | Promise<Tensor>,
  points: NumberTable,
  labels: Numbers,
  options: DecisionRegionsOptions = {},
): Promise<PointFigure> {
  const op = 'plotDecisionRegions';
  aFunction(op, 'predict', predict);
  checkOptions(op, options, {
    classes: optional(names),
    resolution: integerFrom(2),
    title: aString,
    x: aString,
    y: aString,
  });
  const { classes, resolution = 80, title = 'decision regions', x = 'first feature', y = 'second feature' } = options;
  const samples = tableOf(op, 'points', points);
  if (samples.length === 0 || samples[0]!.length !== 2) refuse(op, 'points', '[samples, 2], at least one', points);
  const truth = classesOf(op, 'labels', labels);
  checkSameLength(op, 'labels', truth, samples.length, 'points');
  const [across, up] = [0, 1].map((axis) => rangeAround(samples.map((point) => point[axis]!)));
  const at = ([from, to]: Range, i: number): number => from + ((to - from) * (i + 0.5)) / resolution;
  const grid = Array.from({ length: resolution ** 2 }, (_, k) => [
    at(across!, k % resolution),
    at(up!, resolution - 1 - Math.floor(k / resolution)),
  ]);
  const found = regionClasses(op, await predict(tensor(grid)), grid.length);
  const known = [...new Set([...truth, ...found])].sort((a, b) => a - b);
  const nameOf = (k: number): string => className(classes, k);
  return figureOf({
    kind: 'points',
    title,
    x,
    y,
    groups: known.map(nameOf),
    points: samples.map(([px, py], i) => ({ x: px!, y: py!, group: nameOf(truth[i]!) })),
    regions: {
      x: across!,
      y: up!,
      groups: Array.from({ length: resolution }, (_, r) =>
        found.slice(r * resolution, (r + 1) * resolution).map((k) => known.indexOf(k)),
      ),
    },
  });
}

/** The class at each point; of one logit, whether it is above 0. */
function regionClasses(op: string, found: Tensor, count: number): number[] {
  if (!isTensor(found)) refuse(op, 'predict', 'a function from points to a tensor', found);
  const isLogit = found.rank === 2 && found.shape[1] === 1 && found.dtype !== 'int32' && found.dtype !== 'bool';
  const classes = isLogit ? [...found.data].map((v) => Number(v > 0)) : predictedClasses(op, 'predict', found);
  checkSameLength(op, 'predict', classes, count, 'points');
  return classes;
}
