import { anything, aString, checkOptions } from '@chainrule/errors/check';
import {
  type Borders,
  defineLayer,
  expectRank,
  type Layer,
  type SpatialAxes,
  type ZeroPaddingRule,
} from '@chainrule/layers-core';
import { pad } from '@chainrule/tensor';
import { bordersOf } from './borders.ts';
import { layouts } from './spatial.ts';

/** Options of zero padding. */
export interface ZeroPaddingOptions<B> {
  /** One number for all ends, one an axis, or `[before, after]` for each axis (of a row: for it). Default 1. */
  readonly padding?: B;
  readonly name?: string;
}

/** A layer that puts zeros around one to three axes. */
export function zeroPaddingLayer<N extends SpatialAxes, B, Name extends string>(
  type: Name,
  axes: N,
  options: ZeroPaddingOptions<Borders<N>>,
): Layer<ZeroPaddingRule<N, B, Name>> {
  checkOptions(type, options, { padding: anything, name: aString });
  const pairs = bordersOf(type, 'padding', options.padding ?? 1, axes);
  return defineLayer<ZeroPaddingRule<N, B, Name>>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank(type, input, layouts[axes]);
      return [input[0]!, ...pairs.map(([before, after], i) => input[i + 1]! + before + after), input.at(-1)!];
    },
    call: (x) => pad(x, [[0, 0], ...pairs, [0, 0]]),
    passesMask: false,
  });
}
