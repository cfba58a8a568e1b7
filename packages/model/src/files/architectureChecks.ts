import { FormatError, OptionError, showValue } from '@chainrule/errors';
import { isName } from '@chainrule/errors/check';
import type { Json } from '@chainrule/layers-core';
import { isBranch, treeLeaves } from '@chainrule/tensor/graph';
import { modelType } from '../graph/modelLayer.ts';

/** A value in a saved model: the number of its source, and the place among the outputs of that. Sources are inputs, then nodes. */
export type Reference = readonly [source: number, index: number];

/** A tree of places in a list. */
export type PlacesJson = number | readonly PlacesJson[] | { readonly [key: string]: PlacesJson };

/**
 * A node of a saved model: a layer, an inner model, or another application of the layer of an earlier node. That node is given
 * by its source, or, if it is in another model, by the sources that lead to it from the outermost one.
 */
export type NodeJson = {
  /** The values that the layer takes; by default the first output of the source before. */
  readonly inputs?: readonly Reference[];
} & (
  | { readonly type: string; readonly config: Json; readonly frozen?: boolean }
  | { readonly type: typeof modelType; readonly model: GraphJson }
  | { readonly layer: number | readonly number[] }
);

/** The graph of a saved model. */
export interface GraphJson {
  readonly name: string;
  readonly inputs: readonly {
    readonly name: string;
    readonly shape: readonly (number | null)[];
    readonly dtype?: string;
  }[];
  readonly nodes: readonly NodeJson[];
  readonly outputs: readonly Reference[];
  /** The form of the inputs and outputs, unless there is one of each. */
  readonly inputPlaces?: PlacesJson;
  readonly outputPlaces?: PlacesJson;
}

/** Maximum nesting of models. */
const maxDepth = 20;

/** Maximum number of nodes, where those of an inner model count at each of its uses: building and running visit them all. */
const maxNodes = 100_000;

/** Checks that a value has the form of a graph. Whether references and arguments make sense is found out later. */
export function checkGraph(json: unknown, place: string, depth: number): GraphJson {
  if (depth > maxDepth) throw new FormatError(`load: models must be nested at most ${maxDepth} deep`);
  const graph = objectOf(json);
  const fail = (key: string, expectation: string): never => {
    throw new FormatError(`load: \`${place}${key}\` must be ${expectation}, got ${showValue(graph[key])}`);
  };
  if (!isName(graph['name'])) fail('name', 'a name of at least one character, without /');
  const inputs = listOf(graph['inputs']);
  if (!inputs?.length || !inputs.every(isInput)) fail('inputs', 'a list of `{ name, shape }`');
  const nodes = listOf(graph['nodes']);
  if (!nodes?.every(isNode)) fail('nodes', 'a list of `{ type, config }`, `{ type, model }` or `{ layer }`');
  const outputs = listOf(graph['outputs']);
  if (!outputs?.length || !outputs.every(isReference)) fail('outputs', 'a list of `[source, index]`');
  for (const [key, count] of [
    ['inputPlaces', inputs!.length],
    ['outputPlaces', outputs!.length],
  ] as const)
    if (!arePlaces(graph[key] ?? 0, count)) fail(key, `a tree that holds the places 0 to ${count - 1} once each`);
  if (depth === 0 && countNodes(graph) > maxNodes)
    throw new FormatError(
      `load: the model must have at most ${maxNodes} nodes, with those of an inner model counted at each use, got ${countNodes(graph)}`,
    );
  return graph as unknown as GraphJson;
}

/** Throws for a model that could be saved, but not loaded. */
export function checkLoadable(graph: GraphJson): void {
  const visit = (inner: GraphJson, depth: number): void => {
    checkGraph(inner, '', depth);
    for (const node of inner.nodes) if ('model' in node) visit(node.model, depth + 1);
  };
  try {
    visit(graph, 0);
  } catch (error) {
    throw new OptionError(`architectureOf: the saved model could not be loaded again: ${(error as Error).message}`);
  }
}

/** Counts each node once, and all nodes of an inner model at each of its uses. Graphs that `checkGraph` refuses may count less. */
function countNodes(json: unknown, path: readonly number[] = [], counts = new Map<string, number>()): number {
  const { inputs, nodes } = objectOf(json);
  const first = listOf(inputs)?.length ?? 0;
  let sum = 0;
  (path.length > maxDepth ? [] : (listOf(nodes) ?? [])).forEach((node, i) => {
    const { layer, model } = objectOf(node);
    const home = [...path, first + i];
    const count = isHome(layer) ? (counts.get(homeOf(layer, path)) ?? 1) : 1 + countNodes(model, home, counts);
    counts.set(home.join(), count);
    sum += count;
  });
  return sum;
}

/** The key of a node, given by its source in the model at a path, or by the path from the outermost model. */
export function homeOf(layer: number | readonly number[], path: readonly number[]): string {
  return (typeof layer === 'number' ? [...path, layer] : layer).join();
}

const isHome = (value: unknown): value is number | readonly number[] =>
  isIndex(value) || (Array.isArray(value) && value.length > 0 && value.length <= maxDepth + 1 && value.every(isIndex));

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  isBranch(value) && !Array.isArray(value) ? (value as Readonly<Record<string, unknown>>) : {};

const listOf = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);

const isIndex = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

const isReference = (value: unknown): boolean => Array.isArray(value) && value.length === 2 && value.every(isIndex);

function isInput(value: unknown): boolean {
  const { name, shape, dtype = 'float32' } = objectOf(value);
  const isSize = (n: unknown): boolean => n === null || (isIndex(n) && n !== 0);
  const isDType = ['float32', 'float64', 'int32', 'uint8', 'bool'].includes(dtype as string);
  return isName(name) && Array.isArray(shape) && shape.every(isSize) && isDType;
}

function isNode(value: unknown): boolean {
  const { type, config, model, layer, inputs = [], frozen = false } = objectOf(value);
  if (!Array.isArray(inputs) || !inputs.every(isReference) || typeof frozen !== 'boolean') return false;
  if (layer !== undefined) return isHome(layer);
  if (typeof type !== 'string') return false;
  return type === modelType ? isBranch(model) : model === undefined && config !== undefined;
}

/** Whether the leaves of a tree are 0 to `count - 1`, in this order. */
function arePlaces(tree: unknown, count: number): boolean {
  const depth = (value: unknown, left: number): boolean =>
    left > 0 && (!isBranch(value) || Object.values(value).every((part) => depth(part, left - 1)));
  if (!depth(tree, 100)) return false;
  const leaves = treeLeaves(tree);
  return leaves.length === count && leaves.every(({ leaf }, i) => leaf === i);
}
