import { FormatError, showShape } from '@chainrule/errors';
import { aBoolean } from '@chainrule/errors/check';
import { aLayer, type Layer, type Named } from '@chainrule/layers-core';
import type { FloatDType, Shape, Tensor, Variable } from '@chainrule/tensor';
import { sameShape } from '@chainrule/tensor/graph';
import type { Model } from './model.ts';
import { namedTensors, withVariables } from '../files/savedChecks.ts';

/** Anything with named variables, such as a model. */
export interface WithVariables {
  variables(): Named<Variable>[];
}

/**
 * The values of all variables, by name.
 *
 * @example
 * const model = sequential(input([2]), dense(1)).build();
 * Object.keys(getWeights(model)); // => dense/kernel,dense/bias
 */
export function getWeights(model: WithVariables): Record<string, Tensor> {
  withVariables('getWeights', 'model', model);
  return Object.fromEntries(model.variables().map(({ name, value }) => [name, value.value]));
}

/** Reads variables by name. Waits for values that a device holds. */
export async function readVariables(variables: readonly Named<Variable>[]): Promise<Record<string, Tensor>> {
  return Object.fromEntries(
    await Promise.all(variables.map(async ({ name, value }) => [name, await value.read()] as const)),
  );
}

/**
 * Assigns values to all variables by name. Assigns all or none.
 *
 * @param weights - one for each variable of the model
 * @throws FormatError that names the values that are missing, left over, or have another shape or dtype
 * @example
 * const [a, b] = [1, 2].map((seed) => sequential(input([2]), dense(1)).build({ seed }));
 * setWeights(a, getWeights(b));
 */
export function setWeights(model: WithVariables, weights: Readonly<Record<string, Tensor>>): void {
  withVariables('setWeights', 'model', model);
  namedTensors('setWeights', 'weights', weights);
  const variables = model.variables();
  const names = new Set(variables.map(({ name }) => name));
  const extra = Object.keys(weights).filter((name) => !names.has(name));
  const missing = [...names].filter((name) => !Object.hasOwn(weights, name));
  if (missing.length > 0 || extra.length > 0) {
    throw new FormatError(
      `setWeights: needs a value for every variable and no other; missing: ${missing.join(', ') || 'none'}; left over: ${extra.join(', ') || 'none'}`,
    );
  }
  for (const { name, value } of variables) {
    const given = weights[name]!;
    if (!sameShape(given.shape, value.shape) || given.dtype !== value.dtype) {
      throw new FormatError(
        `setWeights: ${name} must be ${value.dtype} ${showShape(value.shape)}, got ${given.dtype} ${showShape(given.shape)}`,
      );
    }
  }
  for (const { name, value } of variables) value.assign(weights[name]!);
}

/** Values for a model that is being built. */
export interface GivenWeights {
  /** The value of a variable. */
  take(name: string, shape: Shape): Tensor;
  /** Throws for values that no variable took. */
  checkAllTaken(): void;
}

/**
 * Hands values out to the variables of a model that is being built, each checked before anything of its size is made.
 *
 * @throws FormatError that names the values that are missing, left over, or have another shape or dtype
 */
export function givenWeights(weights: Readonly<Record<string, Tensor>>, dtype: FloatDType): GivenWeights {
  const left = new Set(Object.keys(weights));
  return {
    take(name, shape) {
      if (!Object.hasOwn(weights, name))
        throw new FormatError(`load: the model needs a value for ${name} ${showShape(shape)}, which is missing`);
      const value = weights[name]!;
      if (!sameShape(value.shape, shape) || value.dtype !== dtype) {
        throw new FormatError(
          `load: ${name} must be ${dtype} ${showShape(shape)}, got ${value.dtype} ${showShape(value.shape)}`,
        );
      }
      left.delete(name);
      return value;
    },
    checkAllTaken() {
      if (left.size > 0)
        throw new FormatError(
          `load: the model needs no other values than those of its variables; left over: ${[...left].join(', ')}`,
        );
    },
  };
}

/**
 * Freezes or thaws layers: sets `trainable` of each. Call it before `compile`, which decides what is trained; after it,
 * training throws until `compile` is called again. The penalties of frozen weights do not count, and frozen batch
 * normalization uses its moving statistics in training, too, as in Keras.
 *
 * @param layers - a layer, a model, or a list of them, such as `model.layers.slice(0, 5)`
 * @example
 * const model = sequential(input([2]), dense(8), dense(1)).build();
 * setTrainable(model.layers.slice(0, 1), false);
 * model.countParameters(); // => {"total":33,"trainable":9}
 */
export function setTrainable(layers: Layer | Model | readonly (Layer | Model)[], trainable: boolean): void {
  aBoolean('setTrainable', 'trainable', trainable);
  const all = Array.isArray(layers) ? (layers as readonly (Layer | Model)[]) : [layers as Layer | Model];
  all.forEach((each, i) => {
    if (typeof each !== 'object' || each === null || !('~layer' in each))
      aLayer('setTrainable', all === layers ? `layers[${i}]` : 'layers', each);
  });
  for (const each of all) each.trainable = trainable;
}
