import type { KnownFunctions } from './config.ts';
import { maxNorm, nonNeg, unitNorm } from './constraints.ts';
import { constant, normal, onesInitializer, truncatedNormal, uniform, zerosInitializer } from './initializers.ts';
import { normalizedPositiveDefinite } from './normalizedPositiveDefinite.ts';
import { identityInitializer, orthogonal } from './orthogonal.ts';
import { l1, l1l2, l2 } from './regularizers.ts';
import { glorotNormal, glorotUniform, heNormal, heUniform, lecunNormal, lecunUniform } from './varianceScaling.ts';

/**
 * All initializers, regularizers and constraints of this package by their names in saved models.
 *
 * @example
 * Object.keys(knownFunctions.regularizers); // => l1,l2,l1l2
 */
export const knownFunctions: Required<Omit<KnownFunctions, 'activations' | 'layers'>> = {
  initializers: {
    zeros: zerosInitializer,
    ones: onesInitializer,
    constant,
    uniform,
    normal,
    truncatedNormal,
    glorotUniform,
    glorotNormal,
    heUniform,
    heNormal,
    lecunUniform,
    lecunNormal,
    orthogonal,
    identity: identityInitializer,
    normalizedPositiveDefinite,
  },
  regularizers: { l1, l2, l1l2 },
  constraints: { maxNorm, nonNeg, unitNorm },
};
