import type { Layer, UpSamplingRule } from '@chainrule/layers-core';
import { checkOptions, type Checks, oneOf } from '@chainrule/errors/check';
import { type PerAxis2d, resizeBilinear, type Tensor } from '@chainrule/tensor';
import { repeatPositions, sizeChecks, upSamplingLayer, type UpSamplingOptions } from './upSamplingLayer.ts';

/** Options of {@link upSampling2d}. */
export interface UpSampling2dOptions<Times> extends UpSamplingOptions<Times> {
  /** 'nearest' repeats pixels, 'bilinear' goes from one to the next (half-pixel centres). Default 'nearest'. */
  readonly interpolation?: 'nearest' | 'bilinear';
}

const interpolations = {
  nearest: repeatPositions,
  bilinear: (x: Tensor, [height, width]: readonly number[]): Tensor =>
    resizeBilinear(x, [x.shape[1]! * height!, x.shape[2]! * width!]),
};

const checks2d: Checks<UpSampling2dOptions<unknown>> = /* @__PURE__ */ (() => ({
  ...sizeChecks,
  interpolation: oneOf('nearest', 'bilinear'),
}))();

/**
 * Enlarges images `[batch, height, width, channels]` by whole factors.
 *
 * @param options - as Keras' UpSampling2D
 * @throws OptionError for bad options; ShapeError for other inputs than images
 * @example
 * upSampling2d().outputShape([[2, 5, 6, 3]]); // => 2,10,12,3
 */
export function upSampling2d<const Times extends PerAxis2d = 2>(
  options: UpSampling2dOptions<Times> = {},
): Layer<UpSamplingRule<2, Times, 'upSampling2d'>> {
  checkOptions<UpSampling2dOptions<unknown>>('upSampling2d', options, checks2d);
  const { interpolation = 'nearest' } = options;
  return upSamplingLayer('upSampling2d', 2, options, interpolations[interpolation], checks2d);
}
