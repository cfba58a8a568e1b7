import { aCount, aString, checkOptions, integerFrom, numberThat, optional, refuse } from '@chainrule/errors/check';
import type { Model } from '@chainrule/model';
import { tensor, type Tensor } from '@chainrule/tensor';
import { type CellFigure, figureOf, type ImageFigure, type PanelFigure } from '../figure.ts';
import { callOf, explain } from './explain.ts';
import { picturesOf } from './pictures.ts';
import type { SaliencyOptions } from './plotSaliency.ts';

/** Options of {@link plotOcclusion}. */
export interface OcclusionOptions extends SaliencyOptions {
  /** The side of the square that covers a part of the image, by default a quarter of the shorter side. */
  readonly size?: number;
  /** The pixels between places of the square, by default half its side. */
  readonly stride?: number;
  /** The value of the pixels of the square, by default 0. */
  readonly fill?: number;
}

/** Covered images that the model sees at once. */
const batch = 32;

/**
 * How much the score of a class falls where a square covers the image: score(image) − score(covered image), for each place of the
 * square (Zeiler, Fergus, "Visualizing and understanding convolutional networks", 2014). Negative numbers are places that speak
 * against the class.
 *
 * @param model - built, from images to scores `[n, classes]`
 * @param images - `[n, height, width, channels]`
 * @returns two panels an image: the image, and a cell for each place of the square
 * @throws OptionError for other shapes, a class that does not exist, or a square that is larger than the images
 * @example
 * const model = sequential(input([4, 4, 1]), flatten(), dense(3)).build({ seed: 1 });
 * plotOcclusion(model, ones([1, 4, 4, 1]), { size: 2 }).panels[1].values.length; // => 3
 */
export function plotOcclusion(
  model: Model,
  images: Tensor,
  options: OcclusionOptions = {},
): PanelFigure<ImageFigure | CellFigure> {
  const op = 'plotOcclusion';
  checkOptions(op, options, {
    class: optional(integerFrom(0)),
    title: aString,
    size: optional(aCount),
    stride: optional(aCount),
    fill: numberThat('a finite number', Number.isFinite),
  });
  const { x, classes } = explain(op, model, images, options.class);
  const [height, width] = [x.shape[1], x.shape[2]];
  const shorter = Math.min(height, width);
  const { size = Math.max(1, Math.round(shorter / 4)), fill = 0, title = 'occlusion' } = options;
  const { stride = Math.max(1, Math.floor(size / 2)) } = options;
  if (size > shorter) refuse(op, 'size', `at most ${shorter}, the shorter side of the images`, size);
  const [tops, lefts] = [height, width].map((side) => placesOf(side, size, stride)) as [number[], number[]];
  const places = tops.flatMap((top) => lefts.map((left) => [top, left] as const));
  const scoreOf = scorer(callOf(model), x);
  const panels = picturesOf(images, [...classes.keys()]).flatMap((picture, i): (ImageFigure | CellFigure)[] => {
    const [whole] = scoreOf(i, classes[i]!, 1, () => undefined) as [number];
    const falls = scoreOf(i, classes[i]!, places.length, (pixels, k) =>
      cover(pixels, x.shape, places[k]!, size, fill),
    ).map((score) => whole - score);
    return [
      figureOf({ kind: 'images', title: 'image', images: [{ ...picture, caption: '' }] }),
      figureOf({
        kind: 'cells',
        title: `class ${classes[i]}`,
        x: 'left edge of the square',
        y: 'upper edge of the square',
        columns: lefts.map(String),
        rows: tops.map(String),
        values: tops.map((_, r) => falls.slice(r * lefts.length, (r + 1) * lefts.length)),
        scale: 'fall of the score',
      }),
    ];
  });
  return figureOf({ kind: 'panels', title, panels, columns: 2 });
}

/** The places of a square along a side: every `stride` pixels, and at the end. */
function placesOf(side: number, size: number, stride: number): number[] {
  const last = side - size;
  const places = Array.from({ length: Math.floor(last / stride) + 1 }, (_, i) => i * stride);
  return places.at(-1) === last ? places : [...places, last];
}

type Pixels = Float32Array;

/** The scores of copies of an image for a class, a batch at a time. */
function scorer(call: (x: Tensor) => Tensor, x: Tensor) {
  const [, ...shape] = x.shape;
  const length = x.size / Math.max(1, x.shape[0]);
  return (image: number, group: number, count: number, change: (pixels: Pixels, k: number) => void): number[] => {
    const pixels = x.data.subarray(image * length, (image + 1) * length);
    return Array.from({ length: Math.ceil(count / batch) }).flatMap((_, b) => {
      const some = Math.min(batch, count - b * batch);
      const copies = new Float32Array(some * length);
      for (let k = 0; k < some; k++) {
        copies.set(pixels, k * length);
        change(copies.subarray(k * length, (k + 1) * length), b * batch + k);
      }
      const scores = call(tensor(copies, [some, ...shape]));
      const [data, classes] = [scores.data, scores.shape[1]];
      return Array.from({ length: some }, (__, k) => data[k * classes + group]!);
    });
  };
}

/** Gives the pixels of a square a value. */
function cover(
  pixels: Pixels,
  [, , width, channels]: readonly number[],
  [top, left]: readonly [number, number],
  size: number,
  fill: number,
): void {
  for (let y = top; y < top + size; y++) {
    const from = (y * width! + left) * channels!;
    pixels.fill(fill, from, from + size * channels!);
  }
}
