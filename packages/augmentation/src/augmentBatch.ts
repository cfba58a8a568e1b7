import { aCount, anything, aString, checkOptions, refuse } from '@chainrule/errors/check';
import { type Backend, compile } from '@chainrule/compiler';
import { Generator, RandomSource, Tensor } from '@chainrule/tensor';
import { aSeed, type Tree } from '@chainrule/tensor/graph';
import { type FieldOptions, fieldsOf, roleOrRoles } from './batchFields.ts';
import { anAugmentation } from './compose.ts';
import type { Augmentation } from './defineAugmentation.ts';
import type { ImageBatch } from './imageBatch.ts';
import { firstOfPairs, pairsOf } from './pairs.ts';

/** Options of {@link augmentBatch}. */
export interface AugmentBatchOptions extends FieldOptions {
  /** An integer; each epoch has draws of its own. */
  readonly seed: number;
  /** The size of full batches; the last one may be smaller. It serves to number the images. */
  readonly batchSize: number;
  /** The backend that runs the augmentation. By default that of `setDefaultBackend`. */
  readonly backend?: Backend;
}

/** The place of a batch in a data set, which `Dataset.map` passes. */
interface Place {
  readonly epoch: number;
  readonly item: number;
}

/** A batch of a data set: images, or a batch for `fit`. */
type OneBatch = Tensor | ImageBatch | { readonly x: Tree; readonly y?: Tree };

/**
 * Returns a function for `Dataset.map` that augments batches in a compiled program. Batches are tensors, `{ x, y }`, or `{ images, masks, boxes,
 * labels }`; other entries stay. If `x` or `y` are trees, the options `x` and `y` name their entries.
 *
 * With the same seed, image i of epoch n gets the same changes for any size of batches, also in a run that resumes in the
 * middle of an epoch. For {@link mixUp} and {@link cutMix} this holds for batches of even size, and for any size with zipped data sets,
 * `data.shuffle(1).zip(data.shuffle(2)).batch(32)`: images then mix with those of the second data set, and the batch that is
 * returned is that of the first.
 *
 * @throws OptionError for options outside their ranges, and for batches that do not fit them
 * @example
 * const augment = augmentBatch(randomFlip('horizontal'), { seed: 1, batchSize: 2 });
 * augment({ x: zeros([2, 4, 4, 1]), y: zeros([2]) }, { epoch: 0, item: 0 }).x.shape; // => 2,4,4,1
 */
export function augmentBatch(
  augment: Augmentation,
  options: AugmentBatchOptions,
): <Item extends OneBatch | readonly [OneBatch, OneBatch]>(
  item: Item,
  place: Place,
) => Item extends readonly [infer First, unknown] ? First : Item {
  anAugmentation('augmentBatch', 'augment', augment);
  checkOptions<AugmentBatchOptions>('augmentBatch', options, {
    seed: aSeed,
    batchSize: aCount,
    x: aString,
    y: roleOrRoles,
    backend: anything,
  });
  const { seed, batchSize, backend } = options ?? {};
  aSeed('augmentBatch', 'seed', seed);
  aCount('augmentBatch', 'batchSize', batchSize);
  const rng = new Generator(seed);
  const run = compile(
    ([own, partner]: readonly ImageBatch[]) =>
      partner ? firstOfPairs(augment(pairsOf(own!, partner), rng)) : augment(own!, rng),
    { name: 'augmentBatch', ...(backend && { backend }) },
  );
  return (item, place) => {
    if (typeof place?.item !== 'number')
      refuse('augmentBatch', 'place', 'the place of a batch, which `Dataset.map` passes', place);
    if (Array.isArray(item) && item.length !== 2)
      refuse('augmentBatch', 'item', 'a batch, or two of zipped data sets', item);
    const parts = (Array.isArray(item) ? item : [item]).map((part) => fieldsOf('augmentBatch', part, options));
    goTo(rng, seed, parts.length * batchSize, place);
    return parts[0]!.with(run(parts.map(({ fields }) => fields))) as never;
  };
}

/** Sets the generator to the first image of a batch: each epoch has a key, each image a number. */
function goTo(rng: Generator, seed: number, batchSize: number, { epoch, item }: Place): void {
  const source = new RandomSource(seed, 'augmentation', epoch);
  rng.key.assign(new Tensor([2], 'int32', Int32Array.of(source.bits(), source.bits())));
  rng.counter.assign(new Tensor([], 'int32', Int32Array.of(item * batchSize)));
}
