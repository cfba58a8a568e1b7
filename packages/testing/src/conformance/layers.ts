import { StateError } from '@chainrule/errors';
import type { Layer } from '@chainrule/layers-core';
import { Generator, type Tensor, type Variable } from '@chainrule/tensor';

/**
 * The generator for building layers, whose weights are overwritten. It has variables, so it is made outside any
 * capture.
 */
const rng = new Generator(0);

/**
 * Builds a layer and puts golden weights into its variables.
 *
 * @returns the variables by the names of the weights, which golden files and layers share
 */
export function holdWeights(
  layer: Layer,
  inputs: readonly Tensor[],
  weights: Readonly<Record<string, Tensor>>,
): Record<string, Variable> {
  layer.build(
    inputs.map(({ shape }) => shape),
    { rng, dtype: 'float32' },
  );
  const held: Record<string, Variable> = {};
  for (const [name, value] of Object.entries(weights)) {
    held[name] = variableOf(layer, name);
    held[name].assign(value);
  }
  return held;
}

/** The layer's variable of this name. */
export function variableOf(layer: Layer, name: string): Variable {
  const found = layer.variables().find((variable) => variable.name === name);
  if (!found) throw new StateError(`${layer.name}: has no variable \`${name}\``);
  return found.value;
}

/** The layer's outputs. */
export function callLayer(layer: Layer, inputs: readonly Tensor[], training = false): Tensor[] {
  return layer
    .call(
      inputs.map((data) => ({ data })),
      { training, rng },
    )
    .map(({ data }) => data);
}
