import { OptionError, ShapeError, showShape } from '@chainrule/errors';
import { checkOptions } from '@chainrule/errors/check';
import { defineLayer, type Layer, nameCheck, type NameOption, type SameShapeRule } from '@chainrule/layers-core';
import { sameShape } from '@chainrule/tensor/graph';
import { anAugmentation } from './compose.ts';
import type { Augmentation } from './defineAugmentation.ts';

/**
 * Creates a layer that augments its inputs during training and returns them unchanged otherwise.
 *
 * @param augment - an augmentation that keeps the shape of its input
 * @throws OptionError if `augment` is not an augmentation, or mixes images with their labels, as `mixUp` does; ShapeError in training if it changes the shape
 * @example
 * augmentation(randomFlip('horizontal')).outputShape([[32, 28, 28, 1]]); // => 32,28,28,1
 */
export function augmentation(augment: Augmentation, options: NameOption = {}): Layer<SameShapeRule> {
  anAugmentation('augmentation', 'augment', augment);
  const mixing = mixerIn(augment);
  if (mixing)
    throw new OptionError(
      `augmentation: \`augment\` must leave labels alone, because a layer does not see them, got ${mixing}; mix in the data set, with \`augmentBatch\``,
    );
  checkOptions('augmentation', options, nameCheck);
  return defineLayer<SameShapeRule>({
    type: 'augmentation',
    name: options.name,
    args: [augment, options],
    outputShape: (shape) => shape,
    call(x, { training, rng }) {
      const y = training ? augment(x, rng) : x;
      if (!sameShape(x.shape, y.shape))
        throw new ShapeError(
          `augmentation: \`augment\` must keep the shape ${showShape(x.shape)}, got ${showShape(y.shape)}; crop in the data set, with \`augmentBatch\``,
        );
      return y;
    },
  });
}

/** The name of the first augmentation in `augment` that mixes images with their labels. */
function mixerIn(augment: Augmentation): string | undefined {
  if (augment.type === 'mixUp' || augment.type === 'cutMix') return augment.type;
  const inner = augment
    .config()
    .flat()
    .filter((part): part is Augmentation => typeof part === 'function');
  return inner.map(mixerIn).find((name) => name !== undefined);
}
