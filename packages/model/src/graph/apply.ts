import { ChainruleError } from '@chainrule/errors';
import { refuse } from '@chainrule/errors/check';
import type { Layer, WithShapeRule } from '@chainrule/layers-core';
import { isBranch, treeLeaves, treeMap } from '@chainrule/tensor/graph';
import type { Model } from './model.ts';
import { isModelLayer } from './modelLayer.ts';
import { isSymbolic, makeNode, type SymbolicTensor, type SymbolicTree, withBatch } from './symbolicTensor.ts';
import { flattenLike } from './flattenLike.ts';
import type { CheckedLayers, SequentialOutput, ShapesOf, SymbolicsOf } from './types.ts';

/**
 * Applies layers or models one after the other to a symbolic value. A layer that is applied several times shares its weights.
 * The type checker checks literal shapes, and reports an error at the wrong layer. All shapes are also checked at run time.
 *
 * @param value - what `input` or `apply` returned; for a first layer with several inputs a list, for a model its tree of inputs
 * @returns what the last layer computes; of a layer with several outputs a list, of a model its tree of outputs
 * @throws ShapeError from the layer that does not fit
 * @example
 * const image = input([8, 8, 1]);
 * const features = apply(image, flatten(), dense(16));
 * const model = functional(image, apply([features, apply(features, dense(16))], concatenate(), dense(3)));
 * model.build({ seed: 1 }).call(zeros([2, 8, 8, 1])).shape; // => 2,3
 */
export function apply<const V extends SymbolicTree, const L extends readonly WithShapeRule[]>(
  value: V,
  ...layers: CheckedLayers<ShapesOf<V>, L>
): NoInfer<SymbolicsOf<SequentialOutput<ShapesOf<V>, L>>> {
  checkSymbolic('apply', 'value', value);
  checkLayers('apply', layers);
  return applyLayers(value, layers as unknown as readonly (Layer | Model)[]) as never;
}

/** Applies layers in order, without checks of the arguments. Errors name the index of the layer, as at compile time. */
export function applyLayers(value: SymbolicTree, layers: readonly (Layer | Model)[]): SymbolicTree {
  return layers.reduce<SymbolicTree>((given, layer, i) => {
    try {
      return applyLayer(given, asLayer(layer));
    } catch (error) {
      if (!(error instanceof ChainruleError)) throw error;
      const Kind = error.constructor as typeof ChainruleError;
      throw new Kind(`layer ${i}: ${error.message}`, { cause: error });
    }
  }, value);
}

function applyLayer(value: SymbolicTree, layer: Layer): SymbolicTree {
  if (!isModelLayer(layer)) {
    const { outputs } = applyTo(layer, symbolicsOf(value));
    return outputs.length === 1 ? outputs[0]! : outputs;
  }
  const { inputs, outputs } = layer.model;
  const made = applyTo(layer, flattenLike<SymbolicTensor>(layer.name, 'inputs', inputs, value)).outputs;
  let next = 0;
  return treeMap(outputs, () => made[next++]) as SymbolicTree;
}

/** Makes the node that applies a layer to symbolic tensors. */
export function applyTo(layer: Layer, inputs: readonly SymbolicTensor[]): ReturnType<typeof makeNode> {
  const shapes = layer.outputShape(inputs.map(({ shape }) => withBatch(shape)));
  return makeNode(
    layer,
    inputs,
    shapes.map((shape) => shape.slice(1)),
    layer.name,
  );
}

/** The layer, or the layer that a model is in another one. */
export function asLayer(given: Layer | Model): Layer {
  return '~layer' in given ? given['~layer'] : given;
}

export function symbolicsOf(tree: unknown): SymbolicTensor[] {
  return treeLeaves(tree).map(({ leaf }) => leaf as SymbolicTensor);
}

/** Throws unless a value is a symbolic tensor, or a tree of them. */
export function checkSymbolic(op: string, name: string, value: unknown): void {
  const leaves = isBranch(value) ? treeLeaves(value, name) : [{ path: name, leaf: value }];
  if (leaves.length === 0) refuse(op, name, 'at least one symbolic tensor', value);
  for (const { path, leaf } of leaves)
    if (!isSymbolic(leaf))
      refuse(op, path, 'a symbolic tensor, or several', leaf, 'begin with `input([features])`, without the batch');
}

/** Throws if a value is not a layer, and suggests the likely remedy. */
export function checkLayers(op: string, layers: readonly unknown[]): void {
  layers.forEach((layer, i) => {
    if (isLayer(layer)) return;
    const remedy = Array.isArray(layer)
      ? `pass the layers one after the other${op === 'sequential' ? ', or use `sequentialOf(input, layers)`' : ''}`
      : typeof layer === 'string'
        ? `write \`activation(${layer})\``
        : typeof layer !== 'function'
          ? undefined
          : 'op' in layer
            ? `write \`activation(${(layer.op as { readonly name: string }).name})\``
            : `call it: \`${layer.name}(…)\``;
    refuse(op, `layers[${i}]`, 'a layer', layer, remedy);
  });
}

function isLayer(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return '~layer' in value || typeof (value as Partial<Layer>).outputShape === 'function';
}
