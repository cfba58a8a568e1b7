import { aCount, checkOptions } from '@chainrule/errors/check';
import { expandDims, Generator, repeat, type Tensor } from '@chainrule/tensor';
import { aSeed, aTensor } from '@chainrule/tensor/graph';
import { anAugmentation } from './compose.ts';
import type { Augmentation } from './defineAugmentation.ts';

/** Options of {@link preview}. */
export interface PreviewOptions {
  /** The number of variants. Default 16. */
  readonly count?: number;
  /** An integer. Default 1. */
  readonly seed?: number;
}

/**
 * Returns variants of one image, sequence or text. `plotImages` of `@chainrule/visualize` makes a sheet of them,
 * as SVG or PNG.
 *
 * @param image - `[height, width, channels]`
 * @returns `[count, ...]`, the first axis for the variants
 * @throws OptionError if `augment` is not an augmentation or `count` not a positive integer
 * @example
 * preview(zeros([4, 4, 1]), randomRotation(0.1), { count: 9 }).shape; // => 9,4,4,1
 */
export function preview(image: Tensor, augment: Augmentation, options: PreviewOptions = {}): Tensor {
  aTensor('preview', 'image', image);
  anAugmentation('preview', 'augment', augment);
  checkOptions<PreviewOptions>('preview', options, { count: aCount, seed: aSeed });
  const { count = 16, seed = 1 } = options;
  return augment(repeat(expandDims(image, 0), count, 0), new Generator(seed));
}
