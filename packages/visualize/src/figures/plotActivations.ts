import { aCount, aString, checkOptions, optional, refuse } from '@chainrule/errors/check';
import { functional, type Model } from '@chainrule/model';
import { abs, cast, div, isTensor, max, maximum, reshape, type Tensor, transpose } from '@chainrule/tensor';
import { figureOf, type ImageFigure, type PanelFigure } from '../figure.ts';
import { plotImages } from './plotImages.ts';
import { names } from './values.ts';

/** Options of {@link plotActivations}. */
export interface ActivationsOptions {
  /** The names of layers; by default all layers whose outputs are images. */
  readonly layers?: readonly string[];
  /** The number of channels of a layer at most, by default 16. */
  readonly count?: number;
  readonly title?: string;
}

/**
 * What layers make of an image: a sheet of channels for each layer, each with its own scale.
 *
 * @param model - built, with one input
 * @param x - one image, `[height, width, channels]` or `[1, height, width, channels]`
 * @throws OptionError for other shapes, and for layers that do not exist or do not return images
 * @example
 * const model = sequential(input([8, 8, 1]), conv2d({ filters: 4, kernelSize: 3 }), maxPool2d(), flatten(), dense(2)).build();
 * plotActivations(model, ones([8, 8, 1])).panels.map(({ title }) => title); // => ['conv2d','maxPool2d']
 */
export function plotActivations(model: Model, x: Tensor, options: ActivationsOptions = {}): PanelFigure<ImageFigure> {
  const op = 'plotActivations';
  checkOptions(op, options, { layers: optional(names), count: aCount, title: aString });
  const { count = 16, title = 'activations' } = options;
  aModel(op, model);
  const batch = oneImage(op, x);
  const chosen = options.layers ?? imageLayers(model);
  const panels = chosen.map((name): ImageFigure => {
    const output = model.output(name);
    if (output.shape.length !== 3) refuse(op, 'layers', 'layers whose outputs are images', name);
    const made = functional(model.inputs as never, output as never).call(batch as never) as unknown as Tensor;
    const channels = made.shape[3];
    // Shares of the largest value: numbers up to 255 would be taken for gray values.
    const values = cast(transpose(made, [3, 1, 2, 0]), 'float32');
    const maps = div(values, maximum(max(abs(values)), 1e-30));
    return plotImages(maps, { labels: [...Array(channels).keys()], count, title: name });
  });
  return figureOf({ kind: 'panels', title, panels });
}

export function aModel(op: string, model: Model): Model {
  const { inputs, outputs, output } = (model ?? {}) as Partial<Model>;
  if (typeof output !== 'function') refuse(op, 'model', 'a model', model);
  if (!('shape' in inputs!) || !('shape' in outputs!))
    refuse(op, 'model', 'a model with one input and one output', model.name);
  return model;
}

/** The image as a batch of one. */
function oneImage(op: string, x: Tensor): Tensor {
  if (isTensor(x) && x.rank === 4 && x.shape[0] === 1) return x;
  if (isTensor(x) && x.rank === 3) return reshape(x, [1, ...x.shape]);
  return refuse(op, 'x', 'one image [height, width, channels]', isTensor(x) ? x.shape : x);
}

/** The names of the layers whose outputs are images. */
function imageLayers(model: Model): string[] {
  return model['~graph'].layers.map(({ path }) => path).filter((path) => model.output(path).shape.length === 3);
}
