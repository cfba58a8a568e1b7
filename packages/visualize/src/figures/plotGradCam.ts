import { grad } from '@chainrule/autograd';
import { aString, checkOptions, integerFrom, optional, refuse } from '@chainrule/errors/check';
import { functional, input, type Model, sequentialOf } from '@chainrule/model';
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
 * score, in orange over each image (Selvaraju et al., "Grad-CAM", 2017). The layers of the model must be a chain.
 *
 * @param model - built, from images to scores `[n, classes]`
 * @param images - `[n, height, width, channels]`
 * @throws OptionError for other shapes, a class or a layer that does not exist, or a model that is no chain
 * @example
 * const model = sequential(input([8, 8, 1]), conv2d({ filters: 4, kernelSize: 3 }), flatten(), dense(3)).build({ seed: 1 });
 * plotGradCam(model, ones([2, 8, 8, 1])).images.length; // => 4
 */
export function plotGradCam(model: Model, images: Tensor, options: GradCamOptions = {}): ImageFigure {
  const op = 'plotGradCam';
  checkOptions(op, options, { class: optional(integerFrom(0)), title: aString, layer: optional(aString) });
  const { x, classes, scoreOf } = explain(op, model, images, options.class);
  const { head, tail } = splitAt(op, model, options.layer);
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

/** The model up to a layer, and the layers after it. */
function splitAt(op: string, model: Model, name: string | undefined): Record<'head' | 'tail', (x: Tensor) => Tensor> {
  const graph = model['~graph'];
  const isChain = graph.inputs.length === 1 && graph.outputs.length === 1 && graph.nodes.length === graph.layers.length;
  if (!isChain || graph.nodes.some(({ inputs }) => inputs.length > 1))
    refuse(op, 'model', 'a chain of layers', model.name, 'use plotSaliency for models that branch');
  const paths = graph.layers.map(({ path }) => path);
  const chosen = name ?? paths.findLast((path) => model.output(path).shape.length === 3);
  const place = paths.indexOf(chosen ?? '');
  if (place < 0) refuse(op, 'layer', `one of ${paths.join(', ')}`, chosen);
  const output = model.output(chosen!);
  if (output.shape.length !== 3) refuse(op, 'layer', 'a layer whose output is an image', chosen);
  const rest = model.layers.slice(place + 1);
  if (rest.length === 0) refuse(op, 'layer', 'a layer before the last', chosen);
  return {
    head: callOf(functional(model.inputs as never, output as never)),
    tail: callOf(sequentialOf(input(output.shape as number[]), rest).build()),
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
