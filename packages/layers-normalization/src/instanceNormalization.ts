import { checkOptions } from '@chainrule/errors/check';
import type { Layer, SameShapeRule } from '@chainrule/layers-core';
import { aTensor, type Tensor } from '@chainrule/tensor';
import {
  groupLayer,
  instanceChecks,
  normalizeChecks,
  type InstanceNormalizationOptions,
  normalizeGroups,
  type NormalizeGroupsOptions,
} from './groupNormalization.ts';

/**
 * γ·(x − mean) / √(variance + ε) + β with mean and biased variance of each channel over its positions.
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
 * Instance normalisation: gives each channel of each sample mean 0 and deviation 1.
 *
 * Group normalisation with a group a channel (Ulyanov, Vedaldi, Lempitsky 2016)
 *
 * @param options - as Keras' GroupNormalization with `groups` −1; PyTorch's has no gamma and beta by default
 * @throws OptionError for a negative epsilon
 * @example
 * instanceNormalization().outputShape([[32, 28, 28, 8]]); // => 32,28,28,8
 */
export function instanceNormalization(options: InstanceNormalizationOptions = {}): Layer<SameShapeRule> {
  checkOptions('instanceNormalization', options, instanceChecks);
  return groupLayer('instanceNormalization', -1, options);
}
