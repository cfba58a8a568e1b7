import { refuse } from '@chainrule/errors/check';
import type { Model } from '@chainrule/model';
import { argmax, cast, div, full, isTensor, max, maximum, mul, oneHot, sum, type Tensor } from '@chainrule/tensor';

import { figureOf, type ImageFigure, type Picture } from '../figure.ts';
import { countImages, picturesOf } from './pictures.ts';
import { aModel } from './plotActivations.ts';

type Pixels = Omit<Picture, 'caption' | 'marked'>;

/** Images, the model's scores for them, and the classes that are explained. */
export interface Explained {
  /** `[n, height, width, channels]`, float32. */
  readonly x: Tensor;
  readonly classes: readonly number[];
  /** The sum of the scores of these classes: images do not depend on each other. */
  readonly scoreOf: (scores: Tensor) => Tensor;
}

/** Checks a model and images, and finds the classes to explain. */
export function explain(op: string, model: Model, images: Tensor, given: number | undefined): Explained {
  const n = countImages(op, 'images', images);
  if (images.rank !== 4) refuse(op, 'images', '[n, height, width, channels]', images.shape);
  const x = cast(images, 'float32');
  const scores = callOf(aModel(op, model))(x);
  if (!isTensor(scores) || scores.rank !== 2) refuse(op, 'model', 'a model with scores [n, classes]', scores);
  const classes = scores.shape[1];
  if (given !== undefined && given >= classes) refuse(op, 'class', `below ${classes}, the number of classes`, given);
  const numbers = given === undefined ? argmax(scores, { axis: -1 }) : full([n], given, 'int32');
  const wanted = oneHot(numbers, classes);
  return { x, classes: [...numbers.data], scoreOf: (all) => sum(mul(all, wanted)) };
}

/** The model as a function of one tensor. */
export function callOf(model: Model): (x: Tensor) => Tensor {
  return (x) => model.call(x) as unknown as Tensor;
}

/** Each map divided by its largest value; a map of zeros stays. @param maps - `[n, height, width]`, at least 0 */
export function scaledMaps(maps: Tensor): Tensor {
  const most = max(maps, { axis: [1, 2], keepDims: true });
  return div(maps, maximum(most, 1e-30));
}

/** Each image followed by its explanation. */
export function besideImages(
  title: string,
  images: Tensor,
  maps: readonly Pixels[],
  classes: readonly number[],
): ImageFigure {
  const originals = picturesOf(images, [...maps.keys()]);
  return figureOf({
    kind: 'images',
    title,
    images: originals.flatMap((picture, i) => [
      { ...picture, caption: 'image' },
      { ...maps[i]!, caption: `class ${classes[i]}` },
    ]),
  });
}
