import { defineLayer, type Layer, onesInitializer, type SameShapeRule, zerosInitializer } from '@chainrule/layers-core';
import { ShapeError, showShape } from '@chainrule/errors';
import { aBoolean, aString, checkOptions, type Checks, nonNegative, numberThat } from '@chainrule/errors/check';
import { map, reshape, scalar as e, type Shape, type Tensor, type Variable } from '@chainrule/tensor';
import { aTensor } from '@chainrule/tensor/graph';
import { momentsAlong } from './moments.ts';

/** Options of {@link instanceNormalization}. */
export interface InstanceNormalizationOptions {
  /** Added to the variance. Default 0.001 (PyTorch: 1e-5). */
  readonly epsilon?: number;
  /** Whether to add a learned offset, beta. Default true. */
  readonly center?: boolean;
  /** Whether to multiply by a learned factor, gamma. Default true. */
  readonly scale?: boolean;
  readonly name?: string;
}

/** Options of {@link groupNormalization}. */
export interface GroupNormalizationOptions extends InstanceNormalizationOptions {
  /** Number of groups of channels; −1 makes each channel a group. Default 32. */
  readonly groups?: number;
}

export const instanceChecks: Checks<InstanceNormalizationOptions> = {
  epsilon: nonNegative,
  center: aBoolean,
  scale: aBoolean,
  name: aString,
};

const aGroupCount = /* @__PURE__ */ numberThat(
  'a positive integer or -1',
  (groups) => Number.isInteger(groups) && (groups === -1 || groups > 0),
);

export const normalizeChecks: Checks<Omit<NormalizeGroupsOptions, 'groups'>> = {
  epsilon: nonNegative,
  gamma: aTensor,
  beta: aTensor,
};

/** Options and weights of {@link normalizeGroups}. */
export interface NormalizeGroupsOptions {
  /** Number of groups of channels; −1 makes each channel a group. Default 32. */
  readonly groups?: number;
  /** Added to the variance. Default 0.001. */
  readonly epsilon?: number;
  /** Factor, `[channels]`. Default 1. */
  readonly gamma?: Tensor | undefined;
  /** Offset, `[channels]`. Default 0. */
  readonly beta?: Tensor | undefined;
}

/**
 * Normalizes groups of channels: γ·(x − mean) / √(variance + ε) + β, with mean and biased variance over all positions and the
 * channels of a group.
 *
 * @param x - `[batch, …, channels]`
 * @throws ShapeError if the groups do not divide the channels
 * @example
 * normalizeGroups(tensor([[1, 3, 10, 30]]), { groups: 2, epsilon: 0 }).toArray(); // => -1,1,-1,1
 */
export function normalizeGroups(x: Tensor, options: NormalizeGroupsOptions = {}): Tensor {
  aTensor('normalizeGroups', 'x', x);
  checkOptions('normalizeGroups', options, { ...normalizeChecks, groups: aGroupCount });
  const { groups = 32, epsilon = 1e-3, gamma, beta } = options;
  const count = groupCount('normalizeGroups', groups, x.shape);
  const split = (shape: Shape): number[] => [...shape.slice(0, -1), count, shape.at(-1)! / count];
  const cells = reshape(x, split(x.shape));
  const axes = cells.shape.map((_, i) => i).filter((i) => i !== 0 && i !== cells.rank - 2);
  const { mean, variance } = momentsAlong(cells, axes);
  const align = (weight: Tensor | undefined, otherwise: number): Tensor | number =>
    weight ? reshape(weight, split(weight.shape)) : otherwise;
  const y = map(
    (v, m, s, g, b) => e.add(e.mul(e.div(e.sub(v, m), e.sqrt(e.add(s, epsilon))), g), b),
    [cells, mean, variance, align(gamma, 1), align(beta, 0)],
  );
  return reshape(y, x.shape);
}

function groupCount(type: string, groups: number, input: Shape): number {
  if (input.length < 2)
    throw new ShapeError(`${type}: expects rank 2 or more [batch,…,channels], got ${showShape(input)}`);
  const channels = input.at(-1)!;
  const count = groups === -1 ? channels : groups;
  if (channels % count !== 0)
    throw new ShapeError(`${type}: \`groups\` ${groups} must divide the ${channels} channels of ${showShape(input)}`);
  return count;
}

/**
 * Group normalization: normalizes each group of channels of each sample to mean 0 and variance 1, independent of the batch.
 *
 * γ·(x − mean) / √(variance + ε) + β, with mean and variance over positions and the channels of a group (Wu and He 2018)
 *
 * @param options - as Keras' GroupNormalization; the channels are the last axis
 * @throws OptionError for bad options; ShapeError if the groups do not divide the channels
 * @example
 * groupNormalization({ groups: 4 }).outputShape([[32, 28, 28, 8]]); // => 32,28,28,8
 */
export function groupNormalization(options: GroupNormalizationOptions = {}): Layer<SameShapeRule> {
  checkOptions('groupNormalization', options, { ...instanceChecks, groups: aGroupCount });
  const { groups = 32 } = options;
  return groupNormalizationLayer('groupNormalization', groups, options);
}

/** A group normalization layer of the given type. */
export function groupNormalizationLayer(
  type: string,
  groups: number,
  options: InstanceNormalizationOptions,
): Layer<SameShapeRule> {
  const { epsilon = 1e-3, center = true, scale = true } = options;
  let gamma: Variable | undefined;
  let beta: Variable | undefined;
  return defineLayer<SameShapeRule>({
    type,
    name: options.name,
    args: [options],
    outputShape: (shape) => (groupCount(type, groups, shape), shape),
    build(input, at) {
      const shape = [input.at(-1)!];
      if (scale) gamma = at.weight('gamma', shape, onesInitializer);
      if (center) beta = at.weight('beta', shape, zerosInitializer);
    },
    call: (x) => normalizeGroups(x, { groups, epsilon, gamma: gamma?.value, beta: beta?.value }),
  });
}
