import { belowOne, checkOptions } from '@chainrule/errors/check';
import {
  applyDropout,
  checkRank,
  defineLayer,
  type FixedRankRule,
  type Layer,
  nameCheck,
  type NameOption,
} from '@chainrule/layers-core';

function spatialDropout<Name extends string, const Axes extends readonly string[]>(
  type: Name,
  axes: Axes,
  rate: number,
  options: NameOption,
): Layer<FixedRankRule<Name, Axes>> {
  checkOptions(type, options, nameCheck);
  belowOne(type, 'rate', rate);
  return defineLayer<FixedRankRule<Name, Axes>>({
    type,
    name: options.name,
    args: [rate, options],
    outputShape: (shape) => (checkRank(type, shape, axes), shape),
    call: (x, context) =>
      applyDropout(
        x,
        rate,
        x.shape.map((n, i) => (i === 0 || i === x.rank - 1 ? n : 1)),
        context,
      ),
  });
}

/**
 * Drops entire channels of `[batch, width, channels]` during training.
 *
 * Like `dropout`, with one random number per sample and channel (Tompson et al. 2015).
 *
 * @param rate - probability to drop a channel, in [0, 1)
 * @throws OptionError for a rate outside [0, 1); ShapeError for an input of another rank
 * @example
 * spatialDropout1d(0.2).outputShape([[32, 10, 8]]); // => 32,10,8
 */
export function spatialDropout1d(
  rate: number,
  options: NameOption = {},
): Layer<FixedRankRule<'spatialDropout1d', readonly ['batch', 'width', 'channels']>> {
  return spatialDropout('spatialDropout1d', ['batch', 'width', 'channels'], rate, options);
}

/**
 * Drops entire channels of `[batch, height, width, channels]` during training.
 *
 * Like `dropout`, with one random number per sample and channel (Tompson et al. 2015).
 *
 * @param rate - probability to drop a channel, in [0, 1)
 * @throws OptionError for a rate outside [0, 1); ShapeError for an input of another rank
 * @example
 * spatialDropout2d(0.2).outputShape([[32, 7, 7, 8]]); // => 32,7,7,8
 */
export function spatialDropout2d(
  rate: number,
  options: NameOption = {},
): Layer<FixedRankRule<'spatialDropout2d', readonly ['batch', 'height', 'width', 'channels']>> {
  return spatialDropout('spatialDropout2d', ['batch', 'height', 'width', 'channels'], rate, options);
}

/**
 * Drops entire channels of `[batch, depth, height, width, channels]` during training.
 *
 * Like `dropout`, with one random number per sample and channel (Tompson et al. 2015).
 *
 * @param rate - probability to drop a channel, in [0, 1)
 * @throws OptionError for a rate outside [0, 1); ShapeError for an input of another rank
 * @example
 * spatialDropout3d(0.2).outputShape([[2, 4, 7, 7, 8]]); // => 2,4,7,7,8
 */
export function spatialDropout3d(
  rate: number,
  options: NameOption = {},
): Layer<FixedRankRule<'spatialDropout3d', readonly ['batch', 'depth', 'height', 'width', 'channels']>> {
  return spatialDropout('spatialDropout3d', ['batch', 'depth', 'height', 'width', 'channels'], rate, options);
}
