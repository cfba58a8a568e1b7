import { digits, type LabeledImages } from '@chainrule/data-loaders';
import { cifar10, cifar10Classes, fashionMnist, fashionMnistClasses, mnist } from '@chainrule/data-loaders/node';
import { shapeClasses, shapes } from './cnn/shapes.ts';
import { filesOf } from './filesOf.ts';
import type { TaskRun } from './task.ts';
import type { Samples } from './trainModel.ts';

/** Sets of gray images of 28 × 28 pixels in ten classes. */
export const imageSets = ['digits', 'mnist', 'fashion-mnist'] as const;

/** Sets of color images: of 16 × 16 pixels in six classes, and of 32 × 32 in ten. */
export const colorSets = ['shapes', 'cifar-10'] as const;

const loaders = { mnist, 'fashion-mnist': fashionMnist, 'cifar-10': cifar10 };

/** How many images to load. */
export interface ImageCounts {
  /** Training images to generate, unless `--limit` says otherwise. Default 6000. */
  readonly count?: number;
  /** Whether the counts also hold for files, of which all images are read otherwise. Default false. */
  readonly few?: boolean;
  /** Test images. Default 2000. */
  readonly testCount?: number;
}

/** Training and test images: `[count, height, width, channels]` in uint8, labels in int32. */
export async function loadImages(
  { dataset, options }: Pick<TaskRun, 'dataset' | 'options'>,
  { count = 6000, few = false, testCount = 2000 }: ImageCounts = {},
): Promise<{ train: Samples; test: Samples }> {
  const { seed } = options;
  if (dataset === 'digits' || dataset === 'shapes') {
    const generate = dataset === 'shapes' ? shapes : (of: Parameters<typeof digits>[0]) => samplesOf(digits(of));
    return {
      train: generate({ count: options.limit ?? count, seed }),
      test: generate({ count: testCount, seed: seed + 1_000_003 }),
    };
  }
  const load = loaders[dataset as keyof typeof loaders];
  const from = filesOf(options);
  const limit = options.limit ?? (few ? count : undefined);
  const train = await load({ ...from, split: 'train', ...(limit !== undefined && { limit }) });
  const test = await load({ ...from, split: 'test', ...(few && { limit: testCount }) });
  return { train: samplesOf(train), test: samplesOf(test) };
}

/** The names of the classes of an image set. */
export function classNames(dataset: string): readonly string[] {
  if (dataset === 'shapes') return shapeClasses;
  if (dataset === 'cifar-10') return cifar10Classes;
  return dataset === 'fashion-mnist' ? fashionMnistClasses : Array.from({ length: 10 }, (_, digit) => String(digit));
}

function samplesOf({ images, labels }: Pick<LabeledImages, 'labels'> & { readonly images: Samples['x'] }): Samples {
  return { x: images, y: labels };
}
