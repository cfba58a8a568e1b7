import { aCount, aString, checkOptions, refuse } from '@chainrule/errors/check';
import type { Model } from '@chainrule/model';
import { cast, concat, isTensor, mean, slice, square, sub, type Tensor } from '@chainrule/tensor';
import { figureOf, type ImageFigure, type Picture } from '../figure.ts';
import { callOf } from './explain.ts';
import { countImages, picturesOf } from './pictures.ts';
import { aModel } from './plotActivations.ts';

/** Options of {@link plotReconstructions}. */
export interface ReconstructionsOptions {
  /** The number of images at most, by default 10. */
  readonly count?: number;
  readonly title?: string;
}

/**
 * Images above what an autoencoder makes of them, with the mean of the squared differences, mean((x − x̂)²).
 *
 * @param model - built, from images to images of the same shape
 * @param images - `[n, height, width]` or `[n, height, width, channels]`
 * @throws OptionError for other shapes
 * @example
 * const model = sequential(input([4, 4, 1]), flatten(), dense(2), dense(16), reshape([4, 4, 1])).build({ seed: 1 });
 * plotReconstructions(model, zeros([3, 4, 4, 1])).images.map(({ caption }) => caption); // => ['error 0','error 0','error 0']
 */
export function plotReconstructions(model: Model, images: Tensor, options: ReconstructionsOptions = {}): ImageFigure {
  const op = 'plotReconstructions';
  checkOptions(op, options, { count: aCount, title: aString });
  const { count = 10, title = 'images and their reconstructions' } = options;
  const call = callOf(aModel(op, model));
  const n = Math.min(count, countImages(op, 'images', images));
  const begin = images.shape.map(() => 0);
  const x = cast(slice(images, begin, [n, ...images.shape.slice(1)]), 'float32') as Tensor;
  const made = call(x) as unknown;
  if (!isTensor(made) || String(made.shape) !== String(x.shape))
    return refuse(
      op,
      'model',
      `a model from images to images ${x.shape.join(' × ')}`,
      isTensor(made) ? made.shape : made,
    );
  const errors = mean(square(sub(x, made)), { axis: x.shape.map((_, i) => i).slice(1) }).data;
  // Scaled together, so that the same number has the same gray.
  const pictures = picturesOf(concat([x, made], 0), [...Array(2 * n).keys()]);
  return figureOf({
    kind: 'images',
    title,
    images: Array.from({ length: n }, (_, i) => ({
      ...above(pictures[i]!, pictures[n + i]!),
      caption: `error ${Number(errors[i]!.toPrecision(3))}`,
    })),
  });
}

type Pixels = Omit<Picture, 'caption' | 'marked'>;

/** One picture above the other, with a transparent line between them. */
function above(upper: Pixels, lower: Pixels): Pixels {
  const { width, height } = upper;
  const gap = Math.max(1, Math.round(height / 14));
  const data = new Uint8Array(width * (2 * height + gap) * 4);
  data.set(withAlpha(upper), 0);
  data.set(withAlpha(lower), width * (height + gap) * 4);
  return { width, height: 2 * height + gap, channels: 4, data };
}

function withAlpha({ width, height, channels, data }: Pixels): Uint8Array {
  const all = new Uint8Array(width * height * 4);
  for (let at = 0; at < width * height; at++)
    for (let color = 0; color < 4; color++) {
      const opaque = color === 3 && channels < 4;
      all[at * 4 + color] = opaque ? 255 : data[at * channels + (channels === 1 ? 0 : color)]!;
    }
  return all;
}
