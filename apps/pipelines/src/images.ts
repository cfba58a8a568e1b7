import { digits, type LabeledImages } from '@chainrule/data-loaders';
import { fashionMnist, mnist } from '@chainrule/data-loaders/node';
import { filesOf } from './filesOf.ts';
import type { TaskRun } from './task.ts';
import type { Samples } from './trainModel.ts';

/** Sets of images of 28 × 28 pixels in ten classes. */
export const imageSets = ['digits', 'mnist', 'fashion-mnist'] as const;

/** Training and test images: `[count, 28, 28, 1]` in uint8, labels in int32. */
export async function loadImages({
  dataset,
  options,
}: Pick<TaskRun, 'dataset' | 'options'>): Promise<{ train: Samples; test: Samples }> {
  const { limit, seed } = options;
  if (dataset === 'digits') {
    return {
      train: samplesOf(digits({ count: limit ?? 6000, seed })),
      test: samplesOf(digits({ count: 2000, seed: seed + 1_000_003 })),
    };
  }
  const load = dataset === 'mnist' ? mnist : fashionMnist;
  const from = filesOf(options);
  const train = await load({ ...from, split: 'train', ...(limit !== undefined && { limit }) });
  return { train: samplesOf(train), test: samplesOf(await load({ ...from, split: 'test' })) };
}

function samplesOf({ images, labels }: LabeledImages): Samples {
  return { x: images, y: labels };
}
