import { type Check, checkOptions } from '@chainrule/errors/check';
import { sampleChecks } from '@chainrule/tensor/graph';
import { type Augmentation, defineAugmentation } from './defineAugmentation.ts';
import { type Factor, rangeOf } from './factor.ts';
import { randomRotation } from './randomRotation.ts';
import { randomShear } from './randomShear.ts';
import { randomTranslation } from './randomTranslation.ts';
import { randomZoom, zoomLimits } from './randomZoom.ts';
import type { SamplingOptions } from './sampling.ts';

/** Options of {@link randomAffine}. Each part has no effect by default. */
export interface RandomAffineOptions extends SamplingOptions {
  /** In turns, as in {@link randomRotation}. */
  readonly rotation?: Factor;
  /** As the height factor of {@link randomZoom}, for both sides. */
  readonly zoom?: Factor;
  /** Down, as a share of the height. */
  readonly heightShift?: Factor;
  /** Right, as a share of the width. */
  readonly widthShift?: Factor;
  /** Along rows, as the x factor of {@link randomShear}. */
  readonly xShear?: Factor;
  /** Along columns. */
  readonly yShear?: Factor;
}

/**
 * Shears, zooms, rotates and shifts images, in this order, in one transformation.
 *
 * @throws OptionError for factors that are not ranges
 * @example
 * randomAffine({ rotation: 0.1, widthShift: 0.1 })(zeros([2, 4, 4, 1]), new Generator(1)).shape; // => 2,4,4,1
 */
export function randomAffine(options: RandomAffineOptions = {}): Augmentation {
  const aFactor: Check = (op, name, value) => void rangeOf(op, name, value as Factor);
  const aZoom: Check = (op, name, value) => void rangeOf(op, name, value as Factor, zoomLimits);
  checkOptions<RandomAffineOptions>('randomAffine', options, {
    rotation: aFactor,
    zoom: aZoom,
    heightShift: aFactor,
    widthShift: aFactor,
    xShear: aFactor,
    yShear: aFactor,
    ...sampleChecks,
  });
  const { rotation = 0, zoom = 0, heightShift = 0, widthShift = 0, xShear = 0, yShear = 0, ...sampling } = options;
  const steps = [
    randomShear(xShear, yShear, sampling),
    randomZoom(zoom, sampling),
    randomRotation(rotation, sampling),
    randomTranslation(heightShift, widthShift, sampling),
  ];
  return defineAugmentation({
    type: 'randomAffine',
    args: [options],
    apply: (scene) => steps.reduce((now, step) => step['~apply'](now), scene),
  });
}
