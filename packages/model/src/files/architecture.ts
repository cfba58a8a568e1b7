import { ChainruleError, FormatError, showValue } from '@chainrule/errors';
import { describeArguments, type Json, type Layer, reviveArguments } from '@chainrule/layers-core';
import type { DType } from '@chainrule/tensor';
import { treeMap } from '@chainrule/tensor/graph';
import { applyTo } from '../graph/apply.ts';
import { type Functional, modelOf } from '../graph/functional.ts';
import { input } from '../graph/input.ts';
import type { Model } from '../graph/model.ts';
import { isModelLayer, modelType } from '../graph/modelLayer.ts';
import type { SymbolicTensor, SymbolicTree } from '../graph/symbolicTensor.ts';
import {
  type GraphJson,
  checkGraph,
  homeOf,
  type NodeJson,
  type PlacesJson,
  type Reference,
} from './architectureChecks.ts';
import type { LoadOptions } from './loadOptions.ts';

/**
 * Describes the inputs, layers, connections and outputs of a model.
 *
 * @param path - the sources that lead to the model from the outermost one
 * @param homes - the layers that are already described, with the paths of their nodes
 */
export function describeGraph(
  model: Model,
  path: readonly number[] = [],
  homes: Map<Layer, readonly number[]> = new Map(),
): GraphJson {
  const graph = model['~graph'];
  const sources = new Map<SymbolicTensor['~node'], number>();
  graph.inputs.forEach((one) => sources.set(one['~node'], sources.size));
  graph.nodes.forEach((node) => sources.set(node, sources.size));
  const reference = (value: SymbolicTensor): Reference => [sources.get(value['~node'])!, value['~index']];
  const nodes = graph.nodes.map((node, i): NodeJson => {
    const at = graph.inputs.length + i;
    const references = node.inputs.map(reference);
    const follows = references.length === 1 && references[0]![0] === at - 1 && references[0]![1] === 0;
    const inputs = follows ? {} : { inputs: references };
    const home = homes.get(node.layer);
    if (home) return { layer: isIn(path, home) ? home.at(-1)! : home, ...inputs };
    homes.set(node.layer, [...path, at]);
    return { ...describeLayer(node.layer, [...path, at], homes), ...inputs };
  });
  return {
    name: model.name,
    inputs: graph.inputs.map(({ name, shape, dtype }) => ({
      name,
      shape: shape.map((n) => (n === Infinity ? null : n)),
      ...(dtype && { dtype }),
    })),
    nodes,
    outputs: graph.outputs.map(reference),
    ...places('inputPlaces', model.inputs),
    ...places('outputPlaces', model.outputs),
  };
}

/** Whether a node is one of the model at a path, not of another model. */
function isIn(path: readonly number[], node: readonly number[]): boolean {
  return node.length === path.length + 1 && path.every((source, i) => source === node[i]);
}

function describeLayer(layer: Layer, path: readonly number[], homes: Map<Layer, readonly number[]>): NodeJson {
  if (isModelLayer(layer)) return { type: modelType, model: describeGraph(layer.model, path, homes) };
  return {
    type: layer.type,
    config: describeArguments(layer.name, layer.config()),
    ...(!layer.trainable && { frozen: true }),
  };
}

/** The tree of a model's inputs or outputs, with the places in the list as leaves; nothing for one. */
function places(key: 'inputPlaces' | 'outputPlaces', tree: SymbolicTree): Partial<GraphJson> {
  let next = 0;
  const found = treeMap(tree, () => next++) as PlacesJson;
  return typeof found === 'number' ? {} : { [key]: found };
}

/**
 * Makes the model that `describeGraph` described, not yet built.
 *
 * @param place - where the model is in the outermost one, for errors
 * @param path - the sources that lead to it
 * @param homes - the layers that are already made, by the paths of their nodes
 */
export function reviveGraph(
  json: unknown,
  known: LoadOptions,
  place = '',
  path: readonly number[] = [],
  homes: Map<string, Layer> = new Map(),
): Functional {
  const graph = checkGraph(json, place, path.length);
  const values: (readonly SymbolicTensor[])[] = graph.inputs.map(({ name, shape, dtype }) => [
    input(shape, { name, ...(dtype && { dtype: dtype as DType }) }),
  ]);
  const valueOf = ([source, index]: Reference, at: string): SymbolicTensor => {
    const found = values[source]?.[index];
    if (!found)
      throw new FormatError(
        `load: ${at}: must refer to an output of an input or a node before it, got ${showValue([source, index])}`,
      );
    return found;
  };
  graph.nodes.forEach((node, i) => {
    const at = `\`${place}nodes[${i}]\``;
    const source = graph.inputs.length + i;
    const home = [...path, source];
    const revive = (inner: unknown): Layer =>
      reviveGraph(inner, known, `${place}nodes[${i}].model.`, home, homes)['~layer'];
    const layer = 'layer' in node ? homes.get(homeOf(node.layer, path)) : reviveLayer(node, known, at, revive);
    if (!layer) throw new FormatError(`load: ${at}: \`layer\` must be a node before it that makes a layer`);
    homes.set(home.join(), layer);
    const inputs = (node.inputs ?? [[source - 1, 0] as const]).map((each) => valueOf(each, at));
    values.push(atPlace(`${at} (${layer.type})`, () => applyTo(layer, inputs)).outputs);
  });
  const outputs = graph.outputs.map((each) => valueOf(each, `\`${place}outputs\``));
  return atPlace(`\`${place}nodes\``, () =>
    modelOf(
      'load',
      graph.name,
      placed(
        graph.inputPlaces,
        values.slice(0, graph.inputs.length).map(([one]) => one!),
      ),
      placed(graph.outputPlaces, outputs),
    ),
  );
}

function placed(tree: PlacesJson = 0, values: readonly SymbolicTensor[]): SymbolicTree {
  return treeMap(tree, (place) => values[place as number]) as SymbolicTree;
}

function reviveLayer(
  node: Exclude<NodeJson, { readonly layer: unknown }>,
  known: LoadOptions,
  at: string,
  revive: (model: unknown) => Layer,
): Layer {
  if ('model' in node) return revive(node.model);
  const layer = atPlace(`${at} (${node.type})`, () => layerOf(node.type, node.config, known));
  if (node.frozen) layer.trainable = false;
  return layer;
}

function layerOf(type: string, config: Json, known: LoadOptions): Layer {
  const factory = Object.hasOwn(known.layers, type) ? known.layers[type] : undefined;
  if (!factory)
    throw new FormatError(`load: the model has a layer ${type}; pass its factory as \`layers: { ${type} }\``);
  const made = factory(...(reviveArguments(type, config, known) as never[])) as Partial<Layer> | undefined;
  if (typeof made?.outputShape !== 'function')
    throw new FormatError(
      `${type} must be a layer, got ${showValue(made)}; pass the factory of a layer as \`layers: { ${type} }\``,
    );
  return made as Layer;
}

/** Runs what a file asks for. Whatever it throws becomes a FormatError that names the place in the architecture. */
export function atPlace<T>(place: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    if (error instanceof FormatError && error.message.startsWith('load: ')) throw error;
    const problem =
      error instanceof ChainruleError
        ? error.message
        : 'the arguments must be those that a model of this library saves';
    throw new FormatError(`load: ${place}: ${problem}`, { cause: error });
  }
}
