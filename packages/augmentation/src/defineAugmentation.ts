import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { checkOptions, refuse } from '@chainrule/errors/check';
import { cast, drawRows, type Generator, isTensor, map, scalar as e, type Tensor } from '@chainrule/tensor';
import { aGenerator, aTensor, withOpName } from '@chainrule/tensor/graph';
import type { ImageBatch } from './imageBatch.ts';
import { Scene } from './scene.ts';

/** The kind of data that an augmentation changes. */
export type AugmentationKind = 'images' | 'sequences' | 'texts';

/**
 * A function that changes a batch at random: images alone, or images with masks, boxes and labels. The same seed gives the
 * same changes for any size of batches.
 */
export interface Augmentation {
  (images: Tensor, rng: Generator): Tensor;
  <B extends ImageBatch>(batch: B, rng: Generator): B;
  /** The name of the factory. */
  readonly type: string;
  readonly kind: AugmentationKind;
  /** The arguments of the factory. */
  config(): readonly unknown[];
  /** The change itself; `compose`, `randomApply` and `randomChoice` use it. */
  readonly '~apply': (scene: Scene) => Scene;
}

/** The parts of an {@link Augmentation}. */
export interface AugmentationSpec {
  /** The name of the factory, which errors begin with. */
  readonly type: string;
  /** Default 'images'. */
  readonly kind?: AugmentationKind;
  /** The arguments of the factory. */
  readonly args: readonly unknown[];
  /** Makes the change. The number of random numbers that it draws must be the same for each image. */
  readonly apply: (scene: Scene) => Scene;
}

/**
 * Creates an augmentation from a function that changes a {@link Scene}. The augmentation checks the batch, converts uint8 to
 * float32 and back, and samples pending geometric changes.
 *
 * @param spec - the parts that differ between augmentations
 * @example
 * const darken = defineAugmentation({
 *   type: 'darken',
 *   args: [],
 *   apply: (scene) => scene.with({ images: mul(scene.sampled().fields.images, 0.5) }),
 * });
 * darken(ones([1, 1, 2, 1]), new Generator(1)).toArray(); // => [[[[0.5],[0.5]]]]
 */
export function defineAugmentation({ type, kind = 'images', args, apply }: AugmentationSpec): Augmentation {
  const change = (scene: Scene): Scene => withOpName(type, () => apply(scene));
  const run = (given: Tensor | ImageBatch, rng: Generator): Tensor | ImageBatch => {
    aGenerator(type, 'rng', rng);
    const fields = isTensor(given) ? { images: given } : given;
    checkFields(type, kind, fields);
    const { images } = fields;
    const bytes = kind === 'images' && images.dtype === 'uint8';
    const start = new Scene(
      bytes ? { ...fields, images: cast(images, 'float32') } : fields,
      drawRows(rng, images.shape[0]),
      bytes,
    );
    const { fields: changed } = withOpName(type, () => change(start).sampled());
    const result = bytes ? { ...changed, images: toBytes(changed.images) } : changed;
    return isTensor(given) ? result.images : result;
  };
  return Object.assign(run as unknown as Augmentation, { type, kind, config: () => args, '~apply': change });
}

function toBytes(images: Tensor): Tensor {
  return cast(
    map((x) => e.round(e.max(0, e.min(x, 255))), [images]),
    'uint8',
  );
}

const axes = {
  images: '[batch,height,width,channels]',
  sequences: '[batch,time,features]',
  texts: '[batch,time]',
} as const;
const ranks = { images: 4, sequences: 3, texts: 2 } as const;

function checkFields(op: string, kind: AugmentationKind, fields: ImageBatch): void {
  checkOptions<ImageBatch>(op, fields, { images: aTensor, masks: aTensor, boxes: aTensor, labels: aTensor });
  const { images, masks, boxes, labels } = fields;
  if (images === undefined) refuse(op, 'batch', 'a tensor, or an object with `images`', fields);
  if (images.rank !== ranks[kind])
    throw new ShapeError(`${op}: \`images\` expects ${axes[kind]}, got ${showShape(images.shape)}`);
  checkDType(op, kind, images);
  const [batch, height, width] = images.shape;
  const expect = (name: string, given: Tensor | undefined, fits: boolean, shape: string): void => {
    if (given && !fits) throw new ShapeError(`${op}: \`${name}\` expects ${shape}, got ${showShape(given.shape)}`);
  };
  const beside = (t: Tensor | undefined, ...sizes: number[]): boolean => sizes.every((n, i) => t?.shape[i] === n);
  const maskRank = masks?.rank === 3 || masks?.rank === 4;
  expect(
    'masks',
    masks,
    maskRank && beside(masks, batch, height, width),
    `[${batch},${height},${width}] for the images`,
  );
  expect('boxes', boxes, boxes?.rank === 3 && beside(boxes, batch) && boxes.shape[2] === 4, `[${batch},boxes,4]`);
  expect('labels', labels, beside(labels, batch), `${batch} rows`);
  if (boxes && boxes.dtype !== (images.dtype === 'float64' ? 'float64' : 'float32'))
    throw new DTypeError(`${op}: \`boxes\` must be float32, or float64 as the images, got ${boxes.dtype}`);
}

function checkDType(op: string, kind: AugmentationKind, { dtype }: Tensor): void {
  const isFloat = dtype === 'float32' || dtype === 'float64';
  const fits = kind === 'texts' ? dtype === 'int32' : isFloat || (kind === 'images' && dtype === 'uint8');
  const expected = { images: 'uint8, float32 or float64', sequences: 'float32 or float64', texts: 'int32' }[kind];
  if (!fits) throw new DTypeError(`${op}: \`images\` must be ${expected}, got ${dtype}; convert it with \`cast\``);
}
