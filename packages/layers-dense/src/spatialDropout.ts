import { belowOne, checkOptions } from '@chainrule/errors/check';
import {
  defineLayer,
  drop,
  expectRank,
  type Layer,
  nameCheck,
  type NameOption,
  type SpatialAxes,
  type SpatialSameRule,
} from '@chainrule/layers-core';

const spatial = ['width', 'height', 'depth'];

function spatialDropout<N extends SpatialAxes, Name extends string>(
  type: Name,
  axes: N,
  rate: number,
  options: NameOption,
): Layer<SpatialSameRule<N, Name>> {
  checkOptions(type, options, nameCheck);
  belowOne(type, 'rate', rate);
  return defineLayer<SpatialSameRule<N, Name>>({
    type,
    name: options.name,
    args: [rate, options],
    outputShape: (shape) => (
      expectRank(type, shape, ['batch', ...spatial.slice(0, axes).reverse(), 'channels']),
      shape
    ),
    call: (x, context) =>
      drop(
        x,
        rate,
        x.shape.map((n, i) => (i === 0 || i === x.rank - 1 ? n : 1)),
        context,
      ),
  });
}

/**
 * Drops whole channels of `[batch, width, channels]` while training.
 *
 * As `dropout`, with one u a sample and channel (Tompson et al. 2015).
 *
 * @param rate - the part that is dropped, in [0, 1)
 * @throws OptionError for another rate; ShapeError for inputs of another rank
 * @example
 * spatialDropout1d(0.2).outputShape([[32, 10, 8]]); // => 32,10,8
 */
export function spatialDropout1d(
  rate: number,
  options: NameOption = {},
): Layer<SpatialSameRule<1, 'spatialDropout1d'>> {
  return spatialDropout('spatialDropout1d', 1, rate, options);
}

/**
 * Drops whole channels of `[batch, height, width, channels]` while training.
 *
 * As `dropout`, with one u a sample and channel (Tompson et al. 2015).
 *
 * @param rate - the part that is dropped, in [0, 1)
 * @throws OptionError for another rate; ShapeError for inputs of another rank
 * @example
 * spatialDropout2d(0.2).outputShape([[32, 7, 7, 8]]); // => 32,7,7,8
 */
export function spatialDropout2d(
  rate: number,
  options: NameOption = {},
): Layer<SpatialSameRule<2, 'spatialDropout2d'>> {
  return spatialDropout('spatialDropout2d', 2, rate, options);
}

/**
 * Drops whole channels of `[batch, depth, height, width, channels]` while training.
 *
 * As `dropout`, with one u a sample and channel (Tompson et al. 2015).
 *
 * @param rate - the part that is dropped, in [0, 1)
 * @throws OptionError for another rate; ShapeError for inputs of another rank
 * @example
 * spatialDropout3d(0.2).outputShape([[2, 4, 7, 7, 8]]); // => 2,4,7,7,8
 */
export function spatialDropout3d(
  rate: number,
  options: NameOption = {},
): Layer<SpatialSameRule<3, 'spatialDropout3d'>> {
  return spatialDropout('spatialDropout3d', 3, rate, options);
}
