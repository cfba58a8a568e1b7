import { ChainruleError, FormatError, OptionError, showValue } from '@chainrule/errors';
import { describeArguments, type Json, type Layer, reviveArguments } from '@chainrule/layers-core';
import type { DType } from '@chainrule/tensor';
import { treeMap } from '@chainrule/tensor/graph';
import { applyTo } from '../graph/apply.ts';
import { type Functional, modelOf } from '../graph/functional.ts';
import { type Graph, innerGraph } from '../graph/graph.ts';
import { input } from '../graph/input.ts';
import type { Model } from '../graph/model.ts';
import { isModelLayer, modelType } from '../graph/modelLayer.ts';
import type { SymbolicTensor, SymbolicTree } from '../graph/symbolicTensor.ts';
import { type GraphJson, checkGraph, type NodeJson, type PlacesJson, type Reference } from './architectureChecks.ts';
import type { LoadOptions } from './loadOptions.ts';

/** Describes the inputs, layers, connections and outputs of a model. */
export function describeGraph(model: Model): GraphJson {
  const graph = model['~graph'];
  const sources = new Map<SymbolicTensor['~node'], number>();
  graph.inputs.forEach((one) => sources.set(one['~node'], sources.size));
  graph.nodes.forEach((node) => sources.set(node, sources.size));
  const reference = (value: SymbolicTensor): Reference => [sources.get(value['~node'])!, value['~index']];
  const first = new Map<Layer, number>();
  const nodes = graph.nodes.map((node, i): NodeJson => {
    const at = graph.inputs.length + i;
    const references = node.inputs.map(reference);
    const follows = references.length === 1 && references[0]![0] === at - 1 && references[0]![1] === 0;
    const inputs = follows ? {} : { inputs: references };
    const made = first.get(node.layer);
    if (made !== undefined) return { layer: made, ...inputs };
    first.set(node.layer, at);
    return { ...describeLayer(node.layer), ...inputs };
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

function describeLayer(layer: Layer): NodeJson {
  if (isModelLayer(layer)) return { type: modelType, model: describeGraph(layer.model) };
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

/** Throws for a layer that is in a model and in another one inside it: a file would hold it twice. */
export function checkOneHome(model: Model): void {
  const seen = new Map<Layer, string>();
  const visit = (graph: Graph, home: string): void => {
    for (const { layer, path } of graph.layers) {
      const other = seen.get(layer);
      if (other !== undefined)
        throw new OptionError(
          `architectureOf: each layer must be in one model, got ${path} in ${home} and in ${other}; share the model that holds it instead`,
        );
      seen.set(layer, home);
      const inner = innerGraph(layer);
      if (inner) visit(inner, path);
    }
  };
  visit(model['~graph'], model.name);
}

/** Makes the model that `describeGraph` described, not yet built. */
export function reviveGraph(json: unknown, known: LoadOptions, place = '', depth = 0): Functional {
  const graph = checkGraph(json, place, depth);
  const values: (readonly SymbolicTensor[])[] = graph.inputs.map(({ name, shape, dtype }) => [
    input(shape, { name, ...(dtype && { dtype: dtype as DType }) }),
  ]);
  const layers = new Map<number, Layer>();
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
    const layer =
      'layer' in node ? layers.get(node.layer) : reviveLayer(node, known, `${place}nodes[${i}].model.`, at, depth);
    if (!layer) throw new FormatError(`load: ${at}: \`layer\` must be a node before it that makes a layer`);
    layers.set(source, layer);
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
  node: Exclude<NodeJson, { readonly layer: number }>,
  known: LoadOptions,
  place: string,
  at: string,
  depth: number,
): Layer {
  if ('model' in node) return reviveGraph(node.model, known, place, depth + 1)['~layer'];
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
