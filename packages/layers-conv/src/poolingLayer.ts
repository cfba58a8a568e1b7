import { anything, aString, checkOptions } from '@chainrule/errors/check';
import {
  defineLayer,
  expectRank,
  type Layer,
  type PerAxis,
  type ShapeRule,
  type SpatialAxes,
} from '@chainrule/layers-core';
import { type Padding, perAxis, resolveWindow, type Tensor, windowPositions } from '@chainrule/tensor';
import { layouts } from './spatial.ts';

/** Options of poolings over any number of axes. */
export interface PoolingOptions<K, S, P> {
  /** One number for all axes, or one each. Default 2. */
  readonly poolSize?: K;
  /** Default the pool size. */
  readonly strides?: S;
  /** 'valid', 'same', or `[before, after]` for each axis. Default 'valid'. */
  readonly padding?: P;
  readonly name?: string;
}

type Numbers = number | readonly number[];
interface PoolingWindow<N extends SpatialAxes> {
  readonly poolSize: PerAxis<N>;
  readonly strides: PerAxis<N>;
  readonly padding: Padding;
}

/** A layer of pooling over one to three axes. */
export function poolingLayer<R extends ShapeRule, N extends SpatialAxes>(
  type: string,
  axes: N,
  pool: (x: Tensor, window: PoolingWindow<N>) => Tensor,
  options: PoolingOptions<Numbers, Numbers, Padding>,
): Layer<R> {
  checkOptions(type, options, { poolSize: anything, strides: anything, padding: anything, name: aString });
  const { padding = 'valid' } = options;
  const poolSize = perAxis(type, 'poolSize', options.poolSize ?? 2, axes);
  const strides = perAxis(type, 'strides', options.strides ?? poolSize, axes);
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank(type, input, layouts[axes]);
      const spatial = input.slice(1, -1);
      return [
        input[0]!,
        ...windowPositions(type, spatial, poolSize, resolveWindow(type, spatial, poolSize, { strides, padding })),
        input.at(-1)!,
      ];
    },
    call: (x) => pool(x, { poolSize, strides, padding } as unknown as PoolingWindow<N>),
    passesMask: false,
  });
}
