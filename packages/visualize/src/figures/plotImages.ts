import { aCount, anything, aString, checkOptions, integerFrom, optional } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { figureOf, type ImageFigure, type Picture } from '../figure.ts';
import { countImages, picturesOf } from './pictures.ts';
import { checkSameLength, className, classesOf, names, type Numbers, numbersOf, predictedClasses } from './values.ts';

/** Options of {@link plotImages}. */
export interface ImagesOptions {
  /** The true class numbers, for captions. */
  readonly labels?: Numbers;
  /** Predicted class numbers, or scores `[n, classes]`. Captions of wrong ones stand out. */
  readonly predictions?: Numbers;
  /** The names of the classes. */
  readonly classes?: readonly string[];
  /** The number of images at most, by default 25, or 12 of {@link plotTopLosses}. */
  readonly count?: number;
  readonly title?: string;
}

/**
 * A sheet of images with their labels, and with predictions where they are given. Numbers other than bytes are shown as shares
 * if all lie between 0 and 1.
 *
 * @param images - `[n, height, width]` or `[n, height, width, channels]`
 * @throws OptionError for another shape, or a number of labels or predictions that differs from the number of images
 * @example
 * const sheet = plotImages(zeros([2, 4, 4, 1]), { labels: [1, 7], predictions: [1, 2] });
 * sheet.images.map(({ caption, marked }) => [caption, marked]); // => [['1',false],['7 read as 2',true]]
 */
export function plotImages(images: Tensor, options: ImagesOptions = {}): ImageFigure {
  const { total, truth, read, classes, count, title } = readSheet('plotImages', images, options, 25, 'images');
  const which = [...Array(Math.min(count, total)).keys()];
  return sheet(title, images, which, (i) => captionOf(truth?.[i], read?.[i], classes));
}

/** The options of a sheet, with labels and predictions as class numbers. */
function readSheet(op: string, images: Tensor, options: ImagesOptions, most: number, name: string) {
  checkOptions(op, options, {
    labels: anything,
    predictions: anything,
    classes: names,
    count: aCount,
    title: aString,
  });
  const { labels, predictions, classes, count = most, title = name } = options;
  const total = countImages(op, 'images', images);
  const truth = labels && classesOf(op, 'labels', labels);
  const read = predictions && predictedClasses(op, 'predictions', predictions);
  if (truth) checkSameLength(op, 'labels', truth, total, 'images');
  if (read) checkSameLength(op, 'predictions', read, total, 'images');
  return { total, truth, read, classes, count, title };
}

/** Options of {@link plotMisclassified}. */
export interface MisclassifiedOptions extends Pick<ImagesOptions, 'classes' | 'count' | 'title'> {
  /** Only images of this class. */
  readonly label?: number;
  /** Only images that were taken for this class. */
  readonly prediction?: number;
}

/**
 * The images whose predicted class is not the true one.
 *
 * @param images - `[n, height, width]` or `[n, height, width, channels]`
 * @param predictions - class numbers, or scores `[n, classes]`
 * @param labels - the true class numbers
 * @throws OptionError for another shape, or a number of labels or predictions that differs from the number of images
 * @example
 * plotMisclassified(zeros([3, 4, 4]), [1, 2, 0], [1, 7, 0]).images.map(({ caption }) => caption); // => ['7 read as 2']
 */
export function plotMisclassified(
  images: Tensor,
  predictions: Numbers,
  labels: Numbers,
  options: MisclassifiedOptions = {},
): ImageFigure {
  const op = 'plotMisclassified';
  const aClass = optional(integerFrom(0));
  checkOptions(op, options, { classes: names, count: aCount, title: aString, label: aClass, prediction: aClass });
  const { classes, count = 24, title, label, prediction } = options;
  const total = countImages(op, 'images', images);
  const [truth, read] = [classesOf(op, 'labels', labels), predictedClasses(op, 'predictions', predictions)];
  checkSameLength(op, 'labels', truth, total, 'images');
  checkSameLength(op, 'predictions', read, total, 'images');
  const wrong = truth.flatMap((is, i) => (is === read[i] ? [] : [i]));
  const chosen = wrong.filter((i) => (label ?? truth[i]) === truth[i] && (prediction ?? read[i]) === read[i]);
  return sheet(title ?? `${wrong.length} of ${truth.length} misclassified`, images, chosen.slice(0, count), (i) =>
    captionOf(truth[i], read[i], classes),
  );
}

/**
 * The images that a model fits worst: those with the largest losses. Losses that are not a number come first.
 *
 * @param images - `[n, height, width]` or `[n, height, width, channels]`
 * @param losses - of each image, such as a loss with `{ reduction: 'none' }` returns
 * @throws OptionError for another shape, or a number of losses, labels or predictions that differs from the number of images
 * @example
 * const sheet = plotTopLosses(zeros([3, 4, 4]), [0.5, 3.25, 1], { labels: [1, 7, 0], predictions: [1, 2, 0], count: 2 });
 * sheet.images.map(({ caption }) => caption); // => ['7 read as 2, loss 3.25','0, loss 1']
 */
export function plotTopLosses(images: Tensor, losses: Numbers, options: ImagesOptions = {}): ImageFigure {
  const op = 'plotTopLosses';
  const { total, truth, read, classes, count, title } = readSheet(op, images, options, 12, 'top losses');
  const values = numbersOf(op, 'losses', losses);
  checkSameLength(op, 'losses', values, total, 'images');
  const size = (i: number): number => (Number.isNaN(values[i]) ? Infinity : values[i]!);
  const order = [...values.keys()].sort((a, b) => (size(a) === size(b) ? a - b : size(b) - size(a)));
  return sheet(title, images, order.slice(0, count), (i) => {
    const { caption, ...rest } = captionOf(truth?.[i], read?.[i], classes);
    const loss = `loss ${Number(values[i]!.toPrecision(3))}`;
    return { caption: caption ? `${caption}, ${loss}` : loss, ...rest };
  });
}

type Caption = Pick<Picture, 'caption' | 'marked'>;

function captionOf(label: number | undefined, prediction: number | undefined, classes?: readonly string[]): Caption {
  const [is, read] = [label, prediction].map((k) => (k === undefined ? '' : className(classes, k)));
  if (label === undefined || prediction === undefined) return { caption: is || read || '', marked: false };
  return label === prediction ? { caption: is!, marked: false } : { caption: `${is} read as ${read}`, marked: true };
}

function sheet(title: string, images: Tensor, which: readonly number[], caption: (i: number) => Caption): ImageFigure {
  const pictures = picturesOf(images, which);
  return figureOf({
    kind: 'images',
    title,
    images: pictures.map((picture, n) => ({ ...picture, ...caption(which[n]!) })),
  });
}
