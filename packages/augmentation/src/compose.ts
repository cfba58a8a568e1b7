import { aFunction, refuse } from '@chainrule/errors/check';
import { type Augmentation, defineAugmentation, type AugmentationKind } from './defineAugmentation.ts';

/**
 * One augmentation of several, one after the other. Geometric neighbors become one transformation, so that images are
 * sampled once.
 *
 * @throws OptionError for values that are not augmentations, or augmentations of different kinds
 * @example
 * const augment = compose(randomFlip('horizontal'), randomTranslation(0.1), randomBrightness(0.2));
 * augment(zeros([2, 4, 4, 1]), new Generator(1)).shape; // => 2,4,4,1
 */
export function compose(...augmentations: readonly Augmentation[]): Augmentation {
  return defineAugmentation({
    type: 'compose',
    kind: kindOf('compose', augmentations),
    args: augmentations,
    apply: (scene) => augmentations.reduce((now, augmentation) => augmentation['~apply'](now), scene),
  });
}

/** The kind that augmentations share. */
export function kindOf(op: string, augmentations: readonly Augmentation[]): AugmentationKind {
  augmentations.forEach((augmentation, i) => anAugmentation(op, `augmentations[${i}]`, augmentation));
  const kinds = [...new Set(augmentations.map(({ kind }) => kind))];
  if (kinds.length > 1) refuse(op, 'augmentations', 'all for the same kind of data', kinds.join(' and '));
  return kinds[0] ?? 'images';
}

/** Checks for an augmentation. */
export function anAugmentation(op: string, name: string, value: unknown): void {
  aFunction(op, name, value);
  if (!Object.hasOwn(value as object, '~apply'))
    refuse(op, name, 'an augmentation such as `randomFlip()`', value, 'make one with `defineAugmentation`');
}
