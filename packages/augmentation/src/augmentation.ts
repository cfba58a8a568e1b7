import { ShapeError, showShape } from '@chainrule/errors';
import { checkOptions } from '@chainrule/errors/check';
import { defineLayer, type Layer, nameCheck, type NameOption, type SameShapeRule } from '@chainrule/layers-core';
import { sameShape } from '@chainrule/tensor/graph';
import { anAugmentation } from './compose.ts';
import type { Augmentation } from './defineAugmentation.ts';

/**
 * A layer that augments its inputs while the model trains, and passes them on otherwise.
 *
 * @param augment - one that keeps the size of what it changes
 * @throws OptionError for what is not an augmentation; ShapeError in training for one that changes the size
 * @example
 * augmentation(randomFlip('horizontal')).outputShape([[32, 28, 28, 1]]); // => 32,28,28,1
 */
export function augmentation(augment: Augmentation, options: NameOption = {}): Layer<SameShapeRule> {
  anAugmentation('augmentation', 'augment', augment);
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
