import { digits, type LabelledImages } from '@chainrule/data-loaders';
import { fashionMnist, mnist } from '@chainrule/data-loaders/node';
import type { Options } from './options.ts';
import type { Samples } from './runTask.ts';

/** The images that a pipeline learns and is tested on. */
export async function loadImages({ dataset, dataDir, limit, seed }: Options): Promise<{ train: Samples; test: Samples }> {
  if (dataset === 'digits') {
    return { train: samplesOf(digits({ count: limit ?? 6000, seed })), test: samplesOf(digits({ count: 2000, seed: seed + 1_000_003 })) };
  }
  const load = dataset === 'mnist' ? mnist : fashionMnist;
  const from = dataDir === undefined ? {} : { dataDir };
  const train = await load({ ...from, split: 'train', ...(limit !== undefined && { limit }) });
  return { train: samplesOf(train), test: samplesOf(await load({ ...from, split: 'test' })) };
}

function samplesOf({ images, labels }: LabelledImages): Samples {
  return { x: images, y: labels };
}
