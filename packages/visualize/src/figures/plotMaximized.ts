import { grad } from '@chainrule/autograd';
import {
  aCount,
  aString,
  checkOptions,
  type Checks,
  integerFrom,
  listOf,
  nonNegative,
  numberThat,
  optional,
  positive,
  refuse,
} from '@chainrule/errors/check';
import { functional, type Model, type SymbolicTensor } from '@chainrule/model';
import {
  abs,
  add,
  div,
  filterImage,
  gaussianBlurKernel,
  Generator,
  max,
  maximum,
  mean,
  mul,
  oneHot,
  randomNormal,
  sqrt,
  square,
  sum,
  type Tensor,
  tensor,
} from '@chainrule/tensor';
import { aSeed } from '@chainrule/tensor/graph';
import { figureOf, type ImageFigure } from '../figure.ts';
import { callOf } from './explain.ts';
import { picturesOf } from './pictures.ts';
import { aModel } from './plotActivations.ts';

/** Options of {@link plotMaximized}. */
export interface MaximizedOptions {
  /** The name of a layer, by default the last one. */
  readonly layer?: string;
  /** The numbers of the units, or of the channels of a convolution; by default the first 16. */
  readonly units?: readonly number[];
  /** Steps of gradient ascent, by default 100. */
  readonly steps?: number;
  /** The share by which each step shrinks the image, by default 0.05. */
  readonly l2?: number;
  /** The standard deviation of the Gaussian blur of gradients, in pixels, by default 0.8; 0 blurs nothing. */
  readonly blur?: number;
  /** The root mean square of the pixels that the image reaches, by default 1. Take about 100 for models that take bytes. */
  readonly scale?: number;
  /** The seed of the noise that the images start from, by default 0. */
  readonly seed?: number;
  readonly title?: string;
}

const checks: Checks<MaximizedOptions> = {
  layer: optional(aString),
  units: optional(listOf('a list of numbers of units', integerFrom(0))),
  steps: aCount,
  l2: numberThat('above 0 and at most 1', (value) => value > 0 && value <= 1),
  blur: nonNegative,
  scale: positive,
  seed: aSeed,
  title: aString,
};

/**
 * Images that maximize units of a layer, each with the value that its unit reaches (Erhan, Bengio, Courville, Vincent,
 * "Visualizing higher-layer features of a deep network", 2009). For a convolution, the value of a channel is its mean over all
 * places. Gray is 0, white and black are the largest absolute value of an image.
 *
 * Gradient ascent starts from noise. Each step is x ← (1 − l2)·x + l2·scale·g / rms(g), where g is the gradient of the unit,
 * blurred. It shrinks the image, as an L2 penalty does (Simonyan, Vedaldi, Zisserman 2014), and the blur keeps high frequencies
 * out (Yosinski et al. 2015). At its end x = scale·g / rms(g): no other small change of the image with the same root mean square
 * raises the unit. An image of a unit whose gradient is 0, such as a unit with `relu` that is below 0, stays noise.
 *
 * @param model - built, from images of a fixed size
 * @throws OptionError for other models, and a layer or a unit that does not exist
 * @example
 * const model = sequential(input([4, 4, 1]), flatten(), dense(3)).build({ seed: 1 });
 * plotMaximized(model, { units: [0, 2] }).images.map(({ caption }) => caption.split(':')[0]); // => ['unit 0','unit 2']
 */
export function plotMaximized(model: Model, options: MaximizedOptions = {}): ImageFigure {
  const op = 'plotMaximized';
  checkOptions(op, options, checks);
  const shape = imageShape(op, aModel(op, model));
  const { name, output, size } = layerOf(op, model, options.layer);
  const { units = [...Array(Math.min(16, size)).keys()], title = `images that maximize ${name}` } = options;
  const bad = units.find((unit) => unit >= size);
  if (bad !== undefined) refuse(op, 'units', `below ${size}, the number of units of ${name}`, bad);
  if (units.length === 0) return figureOf({ kind: 'images', title, images: [] });
  const call = callOf(functional(model.inputs as never, output as never));
  const chosen = oneHot(tensor(units, [units.length], 'int32'), size);
  // Units have an image each, so the gradient of their sum holds the gradient of each.
  const valuesOf = (x: Tensor): Tensor => sum(mul(placeMeans(call(x)), chosen), { axis: 1 });
  const x = ascend(valuesOf, [units.length, ...shape], options);
  const values = valuesOf(x).data;
  const most = max(abs(x), { axis: [1, 2, 3], keepDims: true });
  const pictures = picturesOf(add(div(x, mul(2, maximum(most, 1e-30))), 0.5), [...units.keys()]);
  return figureOf({
    kind: 'images',
    title,
    images: pictures.map((picture, i) => ({
      ...picture,
      caption: `unit ${units[i]}: ${Number(values[i]!.toPrecision(3))}`,
    })),
  });
}

/** Gradient ascent on the sum of values from noise. */
function ascend(valuesOf: (x: Tensor) => Tensor, shape: readonly number[], options: MaximizedOptions): Tensor {
  const { steps = 100, l2 = 0.05, blur = 0.8, scale = 1, seed = 0 } = options;
  const kernel = blur > 0 ? gaussianBlurKernel(2 * Math.ceil(2 * blur) + 1, blur) : undefined;
  const slopes = grad((x: Tensor) => sum(valuesOf(x)));
  let x: Tensor = randomNormal(new Generator(seed), shape, { std: scale });
  for (let step = 0; step < steps; step++) {
    const slope = slopes(x);
    const g = kernel ? filterImage(slope, kernel) : slope;
    const rms = sqrt(mean(square(g), { axis: [1, 2, 3], keepDims: true }));
    x = add(mul(x, 1 - l2), mul(g, div(l2 * scale, maximum(rms, 1e-30))));
    // Each step is computed at once, so that the graph of the next one starts from numbers.
    void x.data;
  }
  return x;
}

/** The shape of the images that a model takes. */
function imageShape(op: string, { inputs }: Model): readonly number[] {
  const { shape } = inputs as SymbolicTensor;
  if (shape.length !== 3 || !shape.every(Number.isFinite) || ![1, 3, 4].includes(shape[2]!))
    refuse(op, 'model', 'a model of images [height, width, channels] with fixed sizes and 1, 3 or 4 channels', shape);
  return shape;
}

/** The output of a layer, and its number of units. */
function layerOf(op: string, model: Model, given: string | undefined) {
  const paths = model['~graph'].layers.map(({ path }) => path);
  const name = given ?? paths.at(-1) ?? '';
  if (!paths.includes(name)) refuse(op, 'layer', `one of ${paths.join(', ')}`, name);
  const output = model.output(name);
  return { name, output, size: output.shape.at(-1)! };
}

/** The mean over all axes between the first and the last. */
function placeMeans(y: Tensor): Tensor {
  return y.rank > 2 ? mean(y, { axis: [...y.shape.keys()].slice(1, -1) }) : y;
}
