import { grad } from '@chainrule/autograd';
import { aString, checkOptions, integerFrom, optional } from '@chainrule/errors/check';
import type { Model } from '@chainrule/model';
import { abs, max, type Tensor } from '@chainrule/tensor';
import type { ImageFigure } from '../figure.ts';
import { besideImages, callOf, explain, scaledMaps } from './explain.ts';
import { picturesOf } from './pictures.ts';

/** Options of {@link plotSaliency}. */
export interface SaliencyOptions {
  /** The class whose score is explained; by default the one that the model predicts for each image. */
  readonly class?: number;
  readonly title?: string;
}

/**
 * The pixels that the score of a class depends on: the largest absolute gradient of the channels, beside each image (Simonyan,
 * Vedaldi, Zisserman, "Deep inside convolutional networks", 2014).
 *
 * @param model - built, from images to scores `[n, classes]`
 * @param images - `[n, height, width, channels]`
 * @throws OptionError for other shapes, or a class that does not exist
 * @example
 * const model = sequential(input([4, 4, 1]), flatten(), dense(3)).build({ seed: 1 });
 * plotSaliency(model, ones([2, 4, 4, 1])).images.length; // => 4
 */
export function plotSaliency(model: Model, images: Tensor, options: SaliencyOptions = {}): ImageFigure {
  const op = 'plotSaliency';
  checkOptions(op, options, { class: optional(integerFrom(0)), title: aString });
  const { x, classes, scoreOf } = explain(op, model, images, options.class);
  const call = callOf(model);
  const slopes = grad((at: Tensor) => scoreOf(call(at)))(x);
  const maps = scaledMaps(max(abs(slopes), { axis: -1 }));
  return besideImages(options.title ?? 'saliency', images, picturesOf(maps, [...classes.keys()]), classes);
}
