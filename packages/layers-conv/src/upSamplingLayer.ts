import { anything, aString, checkOptions, type Checks } from '@chainrule/errors/check';
import { defineLayer, expectRank, type Layer, type ShapeRule, type SpatialAxes } from '@chainrule/layers-core';
import { perAxis, repeat, type Tensor } from '@chainrule/tensor';
import { layouts } from './spatial.ts';

/** Options of up-sampling. */
export interface UpSamplingOptions<Times> {
  /** How often: one number for all axes, or one each. Default 2. */
  readonly size?: Times;
  readonly name?: string;
}

/** Repeats positions along the spatial axes. */
export function repeatPositions(x: Tensor, times: readonly number[]): Tensor {
  return times.reduce((y, n, i) => (n === 1 ? y : repeat(y, n, i + 1)), x);
}

export const sizeChecks: Checks<UpSamplingOptions<unknown>> = { size: anything, name: aString };

/** A layer with more positions along one to three axes; by default the same ones repeated. */
export function upSamplingLayer<R extends ShapeRule>(
  type: string,
  axes: SpatialAxes,
  options: UpSamplingOptions<number | readonly number[]>,
  enlarge: (x: Tensor, times: readonly number[]) => Tensor = repeatPositions,
  checks: Checks<UpSamplingOptions<unknown>> = sizeChecks,
): Layer<R> {
  checkOptions(type, options, checks);
  const times = perAxis(type, 'size', options.size ?? 2, axes);
  return defineLayer<R>({
    type,
    name: options.name,
    args: [options],
    outputShape(input) {
      expectRank(type, input, layouts[axes]);
      return [input[0]!, ...times.map((n, i) => n * input[i + 1]!), input.at(-1)!];
    },
    call: (x) => enlarge(x, times),
    passesMask: false,
  });
}
