import { OptionError } from '@chainrule/errors';
import type { BuildContext, ConstrainedVariable, Layer, Named, Value } from '@chainrule/layers-core';
import type { Generator, Shape, Tensor, Variable } from '@chainrule/tensor';
import { inPlace } from './place.ts';
import { type GraphNode, type SymbolicTensor, withBatch } from './symbolicTensor.ts';

/** A layer under the name that it has in a model. */
export interface NamedLayer {
  readonly path: string;
  readonly layer: Layer;
}

/**
 * The layers between inputs and outputs, in an order in which they can run. Everything that a model does is one walk over
 * this list; a chain is the graph in which each layer has one input, the layer before it.
 */
export class Graph {
  readonly inputs: readonly SymbolicTensor[];
  readonly outputs: readonly SymbolicTensor[];
  /** The names of the inputs, all different. */
  readonly inputNames: readonly string[];
  /** The applications of layers. A shared layer has several. */
  readonly nodes: readonly (GraphNode & { readonly layer: Layer })[];
  /** Each layer once, in the order of its first application. */
  readonly layers: readonly NamedLayer[];
  readonly #paths: ReadonlyMap<Layer, string>;

  /** @throws OptionError for inputs that are missing, not needed, or not inputs */
  constructor(op: string, inputs: readonly SymbolicTensor[], outputs: readonly SymbolicTensor[]) {
    this.inputs = inputs;
    this.outputs = outputs;
    this.inputNames = numbered(inputs.map(({ name }) => name));
    this.nodes = sortedNodes(op, inputs, outputs);
    const layers = [...new Set(this.nodes.map(({ layer }) => layer))];
    const paths = numbered(layers.map(({ name }) => name));
    this.layers = layers.map((layer, i) => ({ path: paths[i]!, layer }));
    this.#paths = new Map(this.layers.map(({ path, layer }) => [layer, path]));
  }

  /** The name of a layer of this graph. */
  pathOf(layer: Layer): string {
    return this.#paths.get(layer)!;
  }

  /** Makes the weights of each layer that has none. */
  build(at: BuildContext): void {
    const { values } = at;
    for (const { layer, inputs } of this.nodes) {
      const path = this.pathOf(layer);
      layer.build(
        inputs.map(({ shape }) => withBatch(shape)),
        {
          ...at,
          rng: at.rng.stream(path),
          ...(values && { values: (name: string, shape: Shape) => values(`${path}/${name}`, shape) }),
        },
      );
    }
  }

  /**
   * Runs the layers. Each application of a layer draws from a random stream of its own.
   *
   * @param replaced - values that later layers take in place of those that layers compute
   */
  run(
    values: readonly Value[],
    training: boolean,
    rng: Generator,
    replaced?: ReadonlyMap<SymbolicTensor, Value>,
  ): Value[] {
    const found = new Map(this.inputs.map((input, i) => [input, values[i]!]));
    const applied = new Map<Layer, number>();
    for (const { layer, inputs, outputs } of this.nodes) {
      const path = this.pathOf(layer);
      const before = applied.get(layer) ?? 0;
      applied.set(layer, before + 1);
      const context = { training, rng: rng.stream(before === 0 ? path : `${path}#${before}`) };
      const given = inputs.map((input) => found.get(input)!);
      const made = inPlace({ layer: path }, () => layer.call(given, context));
      outputs.forEach((output, i) => found.set(output, replaced?.get(output) ?? made[i]!));
    }
    return this.outputs.map((output) => found.get(output)!);
  }

  /** The shapes of the outputs for inputs of other shapes, with the batch. */
  outputShapes(shapes: readonly Shape[]): Shape[] {
    const found = new Map(this.inputs.map((input, i) => [input, shapes[i]!]));
    for (const { layer, inputs, outputs } of this.nodes) {
      const made = layer.outputShape(inputs.map((input) => found.get(input)!));
      outputs.forEach((output, i) => found.set(output, made[i]!));
    }
    return this.outputs.map((output) => found.get(output)!);
  }

  /** Each layer once, those of inner models in place of the models, under names such as `encoder/dense`. */
  leaves(): NamedLayer[] {
    const found = new Map<Layer, string>();
    const visit = (graph: Graph, prefix: string): void => {
      for (const { path, layer } of graph.layers) {
        const inner = innerGraph(layer);
        if (inner) visit(inner, `${prefix}${path}/`);
        else if (!found.has(layer)) found.set(layer, prefix + path);
      }
    };
    visit(this, '');
    return Array.from(found, ([layer, path]) => ({ layer, path }));
  }

  variables(): Named<Variable>[] {
    return this.leaves().flatMap(({ layer, path }) =>
      layer.variables().map(({ name, value }) => ({ name: `${path}/${name}`, value })),
    );
  }

  penalties(): Tensor[] {
    return this.leaves().flatMap(({ layer }) => layer.penalties?.() ?? []);
  }

  constraints(): ConstrainedVariable[] {
    return this.leaves().flatMap(({ layer }) => layer.constraints?.() ?? []);
  }
}

/** The graph of a model that is used as a layer. */
export function innerGraph(layer: Layer): Graph | undefined {
  return (layer as { readonly '~graph'?: Graph })['~graph'];
}

/** The nodes that the outputs need, in the order in which they were made. */
function sortedNodes(
  op: string,
  inputs: readonly SymbolicTensor[],
  outputs: readonly SymbolicTensor[],
): (GraphNode & { readonly layer: Layer })[] {
  inputs.forEach(({ '~node': node, name }, i) => {
    if (node.layer)
      throw new OptionError(`${op}: \`inputs\` must be what \`input(shape)\` gives, got the output of ${name}`);
    if (inputs.findIndex((other) => other['~node'] === node) < i)
      throw new OptionError(`${op}: \`inputs\` must be different, got ${name} twice`);
  });
  const given = new Set(inputs.map((one) => one['~node']));
  const found = new Set<GraphNode>();
  const open = outputs.map((one) => one['~node']);
  for (let node = open.pop(); node; node = open.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    if (!node.layer && !given.has(node))
      throw new OptionError(
        `${op}: \`outputs\` depend on the input ${node.outputs[0]!.name}, which \`inputs\` must list`,
      );
    open.push(...node.inputs.map((one) => one['~node']));
  }
  const unused = inputs.find((one) => !found.has(one['~node']));
  if (unused)
    throw new OptionError(
      `${op}: \`inputs\` must be those that the outputs need, got ${unused.name}, which none needs`,
    );
  return [...found]
    .filter((node): node is GraphNode & { readonly layer: Layer } => node.layer !== undefined)
    .sort((a, b) => a.order - b.order);
}

/** Numbers repeated names, as Keras does: dense, dense_1, dense_2. */
export function numbered(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let path = name;
    for (let n = 1; used.has(path); n++) path = `${name}_${n}`;
    used.add(path);
    return path;
  });
}
