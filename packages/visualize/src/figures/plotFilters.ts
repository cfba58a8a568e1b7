import { aCount, aString, checkOptions, integerFrom, optional, refuse } from '@chainrule/errors/check';
import { isTensor, slice, type Tensor, transpose } from '@chainrule/tensor';
import type { ImageFigure } from '../figure.ts';
import { plotImages } from './plotImages.ts';

/** Options of {@link plotFilters}. */
export interface FiltersOptions {
  /** The input channel to show. By default the first, and all three together for filters of colored images. */
  readonly channel?: number;
  /** The number of filters at most, by default 64. */
  readonly count?: number;
  readonly title?: string;
}

/**
 * The filters of a convolution as images, from the least weight in black to the largest in white.
 *
 * @param kernel - `[height, width, inputs, filters]`, such as the value of the variable `conv2d/kernel`
 * @throws OptionError for another shape, or a channel that does not exist
 * @example
 * plotFilters(ones([3, 3, 1, 8])).images.length; // => 8
 */
export function plotFilters(kernel: Tensor, options: FiltersOptions = {}): ImageFigure {
  const op = 'plotFilters';
  checkOptions(op, options, { channel: optional(integerFrom(0)), count: aCount, title: aString });
  if (!isTensor(kernel) || kernel.rank !== 4)
    refuse(op, 'kernel', '[height, width, inputs, filters]', isTensor(kernel) ? kernel.shape : kernel);
  const { channel, count = 64, title = 'filters' } = options;
  const [height, width, inputs, filters] = kernel.shape;
  if (channel !== undefined && channel >= inputs)
    refuse(op, 'channel', `below ${inputs}, the number of inputs`, channel);
  const all = transpose(kernel, [3, 0, 1, 2]);
  const isColor = inputs === 3 && channel === undefined;
  const images = isColor ? all : slice(all, [0, 0, 0, channel ?? 0], [filters, height, width, 1]);
  return plotImages(images, { labels: [...Array(filters).keys()], count, title });
}
