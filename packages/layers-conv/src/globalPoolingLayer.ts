import { aBoolean, aString, checkOptions } from '@chainrule/errors/check';
import { defineLayer, expectRank, type Layer, type ShapeRule, type SpatialAxes } from '@chainrule/layers-core';
import type { Tensor } from '@chainrule/tensor';
import { layouts } from './spatial.ts';

/** Options of global poolings. */
export interface GlobalPoolingOptions<Keep extends boolean = boolean> {
  /** Keep the spatial axes with size 1. Default false. */
  readonly keepDims?: Keep;
  readonly name?: string;
}

/** A layer of pooling over all positions of one to three axes. */
export function globalPoolingLayer<R extends ShapeRule>(
  type: string,
  axes: SpatialAxes,
  pool: (x: Tensor, options: { readonly keepDims: boolean }, mask?: Tensor) => Tensor,
  options: GlobalPoolingOptions,
): Layer<R> {
  checkOptions(type, options, { keepDims: aBoolean, name: aString });
  const { keepDims = false } = options;
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank(type, input, layouts[axes]);
      return [input[0]!, ...(keepDims ? input.slice(1, -1).map(() => 1) : []), input.at(-1)!];
    },
    call(x, _context, mask) {
      expectRank(type, x.shape, layouts[axes]);
      return pool(x, { keepDims }, mask);
    },
    passesMask: false,
  });
}
