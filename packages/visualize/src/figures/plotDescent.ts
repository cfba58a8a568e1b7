import { aCount, aFunction, aString, type Check, checkOptions, oneOf, optional, refuse } from '@chainrule/errors/check';
import { isTensor, tensor, type Tensor } from '@chainrule/tensor';
import { figureOf, type Path, type Point, type Range, type SurfaceFigure } from '../figure.ts';
import { rangeAround } from './rangeAround.ts';
import { type NumberTable, tableOf } from './values.ts';

/** A function of the plane: of two numbers, or of a tensor `[2]` with a scalar result. */
export type PlaneFunction = ((x: number, y: number) => number) | ((point: Tensor<[2]>) => Tensor);

/** Options of {@link plotDescent}. */
export interface DescentOptions {
  /** The rectangle to show; by default it holds all points of the paths. */
  readonly bounds?: { readonly x: Range; readonly y: Range };
  /** How the levels of the contours follow each other, by default linear. `'log'` suits ravines. */
  readonly levels?: 'linear' | 'log';
  /** The number of points along each axis at which `f` is computed. Default 60. */
  readonly resolution?: number;
  readonly title?: string;
  /** The titles of the axes, by default `first parameter` and `second parameter`. */
  readonly x?: string;
  readonly y?: string;
  /** What `f` is: the title of the color scale, by default `loss`. */
  readonly scale?: string;
}

const bounds: Check = (op, name, value) => {
  for (const axis of ['x', 'y'] as const) {
    const range = (value as DescentOptions['bounds'] | null)?.[axis];
    if (!Array.isArray(range) || range.length !== 2 || !(range[1] - range[0] < Infinity && range[0] < range[1]))
      refuse(op, `${name}.${axis}`, '[from, to] with from < to', range);
  }
};

/**
 * The paths of optimizers on the contours of a function of the plane. `descentPath` computes a path.
 *
 * @param f - of two numbers, or of one tensor `[2]`
 * @param paths - the points of each optimizer `[steps, 2]`, by name
 * @throws OptionError for paths of other shapes, or a function with other results
 * @example
 * const bowl = (x: number, y: number) => x * x + 10 * y * y;
 * const figure = plotDescent(bowl, { 'gradient descent': [[1, 1], [0.8, -1], [0.64, 1]] }, { levels: 'log' });
 * figure.heights.x.map((edge) => edge.toFixed(3)); // => ['0.604','1.036']
 */
export function plotDescent(
  f: PlaneFunction,
  paths: Readonly<Record<string, NumberTable>> = {},
  options: DescentOptions = {},
): SurfaceFigure {
  const op = 'plotDescent';
  aFunction(op, 'f', f);
  checkOptions(op, options, {
    bounds: optional(bounds),
    levels: optional(oneOf('linear', 'log')),
    resolution: aCount,
    title: aString,
    x: aString,
    y: aString,
    scale: aString,
  });
  const { levels = 'linear', resolution = 60, title = 'descent', scale = 'loss' } = options;
  if (typeof paths !== 'object' || paths === null) refuse(op, 'paths', 'points by name', paths);
  const all = Object.entries(paths).map(([name, points]) => pathOf(op, name, points));
  const coordinates = (axis: 0 | 1): number[] => all.flatMap(({ points }) => points.map((point) => point[axis]));
  const { x, y } = options.bounds ?? { x: rangeAround(coordinates(0)), y: rangeAround(coordinates(1)) };
  const at = ([from, to]: Range, i: number): number => from + ((to - from) * (i + 0.5)) / resolution;
  const cells = [...Array(resolution).keys()];
  const heightOf = heightsBy(op, f);
  return figureOf({
    kind: 'surface',
    title,
    x: options.x ?? 'first parameter',
    y: options.y ?? 'second parameter',
    scale,
    levels,
    heights: { x, y, values: cells.map((r) => cells.map((c) => heightOf(at(x, c), at(y, resolution - 1 - r)))) },
    paths: all,
  });
}

function pathOf(op: string, name: string, given: NumberTable): Path {
  const points = tableOf(op, `paths.${name}`, given);
  if (points.length > 0 && points[0]!.length !== 2) refuse(op, `paths.${name}`, 'points [steps, 2]', given);
  return { name, points: points as unknown as Point[] };
}

/** The function of two numbers. One with a single parameter takes a tensor. */
function heightsBy(op: string, f: PlaneFunction): (x: number, y: number) => number {
  const takesTensor = f.length === 1;
  return (x, y) => {
    const made: unknown = takesTensor
      ? (f as (point: Tensor) => Tensor)(tensor([x, y]))
      : (f as (x: number, y: number) => number)(x, y);
    const height: unknown = takesTensor && isTensor(made) && made.size === 1 ? made.data[0] : made;
    return typeof height === 'number'
      ? height
      : refuse(
          op,
          'f',
          takesTensor ? 'a function from a tensor [2] to a scalar' : 'a function from two numbers to a number',
          made,
        );
  };
}
