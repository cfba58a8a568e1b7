import { grad } from '@chainrule/autograd';
import { aString, checkOptions, integerFrom, optional, refuse } from '@chainrule/errors/check';
import { functional, type Model, type SymbolicTensor } from '@chainrule/model';
import { mean, mul, relu, reshape, resizeBilinear, sum, type Tensor } from '@chainrule/tensor';
import type { ImageFigure, Picture } from '../figure.ts';
import { channelsOf, palette } from '../svg/theme.ts';
import { besideImages, callOf, explain, scaledMaps } from './explain.ts';
import { picturesOf } from './pictures.ts';
import type { SaliencyOptions } from './plotSaliency.ts';

/** Options of {@link plotGradCam}. */
export interface GradCamOptions extends SaliencyOptions {
  /** The name of a convolutional layer, by default the last whose output is an image. */
  readonly layer?: string;
}

/**
 * The places in which a convolutional layer found what speaks for a class: its maps, weighted by the mean gradients of the
 * score, in orange over each image: relu(Σ_k α_k·A_k) with α_k the mean of ∂score/∂A_k over places (Selvaraju et al., "Grad-CAM",
 * 2017). The model may have branches and shortcuts.
 *
 * @param model - built, from images to scores `[n, classes]`
 * @param images - `[n, height, width, channels]`
 * @throws OptionError for other shapes, or a class or a layer that does not exist
 * @example
 * const model = sequential(input([8, 8, 1]), conv2d({ filters: 4, kernelSize: 3 }), flatten(), dense(3)).build({ seed: 1 });
 * plotGradCam(model, ones([2, 8, 8, 1])).images.length; // => 4
 */
export function plotGradCam(model: Model, images: Tensor, options: GradCamOptions = {}): ImageFigure {
  const op = 'plotGradCam';
  checkOptions(op, options, { class: optional(integerFrom(0)), title: aString, layer: optional(aString) });
  const { x, classes, scoreOf } = explain(op, model, images, options.class);
  const { head, tail } = cutAt(op, model, options.layer, x);
  const maps = head(x);
  const slopes = grad((at: Tensor) => scoreOf(tail(at)))(maps);
  const heat = relu(sum(mul(maps, mean(slopes, { axis: [1, 2], keepDims: true })), { axis: -1, keepDims: true }));
  const size = [x.shape[1], x.shape[2]] as const;
  const large = scaledMaps(reshape(resizeBilinear(heat, size), [classes.length, ...size]));
  const shares = large.data;
  const overlays = picturesOf(images, [...classes.keys()]).map((picture, i) =>
    tinted(picture, shares.subarray(i * size[0] * size[1], (i + 1) * size[0] * size[1])),
  );
  return besideImages(options.title ?? 'Grad-CAM', images, overlays, classes);
}

/** The model up to a layer, and its scores for the images as a function of what that layer computes. */
function cutAt(
  op: string,
  model: Model,
  name: string | undefined,
  x: Tensor,
): Record<'head' | 'tail', (x: Tensor) => Tensor> {
  const graph = model['~graph'];
  const paths = graph.layers.map(({ path }) => path);
  const isImage = (path: string): boolean => model.output(path).shape.length === 3;
  const chosen = name ?? paths.findLast(isImage) ?? '';
  if (!paths.includes(chosen)) refuse(op, 'layer', `one of ${paths.join(', ')}`, chosen);
  if (!isImage(chosen)) refuse(op, 'layer', 'a layer whose output is an image', chosen);
  const output: SymbolicTensor = model.output(chosen);
  return {
    head: callOf(functional(model.inputs as never, output as never)),
    tail: (maps) => graph.run([{ data: x }], false, model.rng, new Map([[output, { data: maps }]]))[0]!.data,
  };
}

/** The picture with orange where the shares are large. */
function tinted({ width, height, channels, data }: Omit<Picture, 'caption' | 'marked'>, shares: ArrayLike<number>) {
  const orange = channelsOf(palette[1]!);
  const mixed = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++)
    for (let color = 0; color < 3; color++) {
      const base = data[at * channels + (channels === 1 ? 0 : color)]!;
      const share = 0.75 * shares[at]!;
      mixed[at * 3 + color] = Math.round((1 - share) * base + share * orange[color]!);
    }
  return { width, height, channels: 3, data: mixed } as const;
}
