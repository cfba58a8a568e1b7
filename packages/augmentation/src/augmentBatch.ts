import { aCount, anything, checkOptions, oneOf, refuse } from '@chainrule/errors/check';
import { type Backend, compile } from '@chainrule/compiler';
import { Generator, RandomSource, Tensor } from '@chainrule/tensor';
import { aSeed } from '@chainrule/tensor/graph';
import { anAugmentation } from './compose.ts';
import type { Augmentation } from './defineAugmentation.ts';
import type { ImageBatch } from './imageBatch.ts';

/** Options of {@link augmentBatch}. */
export interface AugmentBatchOptions {
  /** An integer; each epoch has draws of its own. */
  readonly seed: number;
  /** The size of full batches; the last one may be smaller. It serves to number the images. */
  readonly batchSize: number;
  /** The role of `y` in a batch: 'labels' (default), 'masks' or 'boxes'. */
  readonly y?: 'labels' | 'masks' | 'boxes';
  /** The backend that runs the augmentation. By default that of `setDefaultBackend`. */
  readonly backend?: Backend;
}

/** The place of a batch in a data set, which `Dataset.map` passes. */
interface Place {
  readonly epoch: number;
  readonly item: number;
}

/** A batch of a data set for `fit`. */
interface Pair {
  readonly x: Tensor;
  readonly y?: Tensor;
}

const anItem = 'a tensor, `{ x, y }` or `{ images, … }`';
const aPart = /* @__PURE__ */ oneOf('labels', 'masks', 'boxes');

/**
 * Returns a function for `Dataset.map` that augments batches in a compiled program. Batches are tensors, `{ x, y }`, or `{ images, masks, boxes,
 * labels }`; other entries stay.
 *
 * With the same seed, image i of epoch n gets the same changes for any size of batches, also in a run that resumes in the
 * middle of an epoch.
 *
 * @throws OptionError for options outside their ranges
 * @example
 * const augment = augmentBatch(randomFlip('horizontal'), { seed: 1, batchSize: 2 });
 * augment({ x: zeros([2, 4, 4, 1]), y: zeros([2]) }, { epoch: 0, item: 0 }).x.shape; // => 2,4,4,1
 */
export function augmentBatch(
  augment: Augmentation,
  options: AugmentBatchOptions,
): <Item extends Tensor | Pair | ImageBatch>(item: Item, place: Place) => Item {
  anAugmentation('augmentBatch', 'augment', augment);
  checkOptions<AugmentBatchOptions>('augmentBatch', options, {
    seed: aSeed,
    batchSize: aCount,
    y: aPart,
    backend: anything,
  });
  const { seed, batchSize, y = 'labels', backend } = options ?? {};
  aSeed('augmentBatch', 'seed', seed);
  aCount('augmentBatch', 'batchSize', batchSize);
  const rng = new Generator(seed);
  const run = compile((fields: ImageBatch) => augment(fields, rng), {
    name: 'augmentBatch',
    ...(backend && { backend }),
  });
  return (item, place) => {
    if (typeof place?.item !== 'number')
      refuse('augmentBatch', 'place', 'the place of a batch, which `Dataset.map` passes', place);
    goTo(rng, seed, batchSize, place);
    if (item instanceof Tensor) return run({ images: item }).images as typeof item;
    if (typeof item !== 'object' || item === null) refuse('augmentBatch', 'item', anItem, item);
    if ('images' in item) return { ...item, ...run(fieldsOf(item)) };
    if (!(item?.x instanceof Tensor)) refuse('augmentBatch', 'item', anItem, item);
    const changed = run({ images: item.x, ...(item.y && { [y]: item.y }) });
    return { ...item, x: changed.images, ...(item.y && { y: changed[y] }) };
  };
}

/** Returns the entries that augmentations change. */
function fieldsOf({ images, masks, boxes, labels }: ImageBatch): ImageBatch {
  return { images, ...(masks && { masks }), ...(boxes && { boxes }), ...(labels && { labels }) };
}

/** Sets the generator to the first image of a batch: each epoch has a key, each image a number. */
function goTo(rng: Generator, seed: number, batchSize: number, { epoch, item }: Place): void {
  const source = new RandomSource(seed, 'augmentation', epoch);
  rng.key.assign(new Tensor([2], 'int32', Int32Array.of(source.bits(), source.bits())));
  rng.counter.assign(new Tensor([], 'int32', Int32Array.of(item * batchSize)));
}
