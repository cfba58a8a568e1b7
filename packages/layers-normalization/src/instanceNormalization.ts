import { checkOptions } from '@chainrule/errors/check';
import type { Layer, SameShapeRule } from '@chainrule/layers-core';
import type { Tensor } from '@chainrule/tensor';
import { aTensor } from '@chainrule/tensor/graph';
import {
  groupNormalizationLayer,
  instanceChecks,
  normalizeChecks,
  type InstanceNormalizationOptions,
  normalizeGroups,
  type NormalizeGroupsOptions,
} from './groupNormalization.ts';

/**
 * Normalizes each channel over its positions: γ·(x − mean) / √(variance + ε) + β, with the biased variance.
 *
 * @param x - `[batch, …, channels]`
 * @example
 * normalizeInstances(tensor([[[1, 10], [3, 30]]]), { epsilon: 0 }).toArray(); // => -1,-1,1,1
 */
export function normalizeInstances(x: Tensor, options: Omit<NormalizeGroupsOptions, 'groups'> = {}): Tensor {
  aTensor('normalizeInstances', 'x', x);
  checkOptions('normalizeInstances', options, normalizeChecks);
  return normalizeGroups(x, { ...options, groups: -1 });
}

/**
 * Instance normalization: normalizes each channel of each sample to mean 0 and variance 1.
 *
 * This is group normalization with one channel per group (Ulyanov, Vedaldi, Lempitsky 2016).
 *
 * @param options - as Keras' GroupNormalization with `groups` −1; PyTorch's InstanceNorm has no gamma and beta by default
 * @throws OptionError for a negative epsilon
 * @example
 * instanceNormalization().outputShape([[32, 28, 28, 8]]); // => 32,28,28,8
 */
export function instanceNormalization(options: InstanceNormalizationOptions = {}): Layer<SameShapeRule> {
  checkOptions('instanceNormalization', options, instanceChecks);
  return groupNormalizationLayer('instanceNormalization', -1, options);
}
