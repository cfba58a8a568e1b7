import {
  type Borders,
  type CroppingRule,
  defineLayer,
  expectRank,
  type Layer,
  type SpatialAxes,
} from '@chainrule/layers-core';
import { ShapeError, showShape } from '@chainrule/errors';
import { anything, aString, checkOptions } from '@chainrule/errors/check';
import { type Shape, slice } from '@chainrule/tensor';
import { bordersOf } from './borders.ts';
import { layouts } from './spatial.ts';

/** Options of cropping. */
export interface CroppingOptions<B> {
  /** One number for all ends, one an axis, or `[before, after]` for each axis (of a row: for it). */
  readonly cropping?: B;
  readonly name?: string;
}

/** A layer that cuts the ends off one to three axes; `cropping` is Keras' default. */
export function croppingLayer<N extends SpatialAxes, B, Name extends string>(
  type: Name,
  axes: N,
  cropping: Borders<N>,
  options: CroppingOptions<Borders<N>>,
): Layer<CroppingRule<N, B, Name>> {
  checkOptions(type, options, { cropping: anything, name: aString });
  const pairs = bordersOf(type, 'cropping', options.cropping ?? cropping, axes);
  const left = (input: Shape): number[] => [
    input[0]!,
    ...pairs.map(([before, after], i) => input[i + 1]! - before - after),
    input.at(-1)!,
  ];
  return defineLayer<CroppingRule<N, B, Name>>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank(type, input, layouts[axes]);
      if (
        left(input)
          .slice(1, -1)
          .some((n) => n < 1)
      )
        throw new ShapeError(`${type}: nothing is left of ${showShape(input)}`);
      return left(input);
    },
    call: (x) => slice(x, [0, ...pairs.map(([before]) => before), 0], left(x.shape)),
    passesMask: false,
  });
}
