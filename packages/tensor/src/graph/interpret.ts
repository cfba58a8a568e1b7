import { CaptureError } from '@chainrule/errors';
import type { TypedArray } from '../array/dtype.ts';
import type { Graph, Node } from './node.ts';
import type { Tensor } from '../array/tensor.ts';

/** Options of {@link interpret}. */
export interface InterpretOptions {
  /** Called after every node with the number of live bytes. Arguments, constants and variables do not count. */
  readonly onAlive?: (bytes: number) => void;
  /** Replaces the evaluators of nodes, for example by the oracle's. */
  readonly evaluate?: (node: Node, inputs: readonly TypedArray[]) => TypedArray[];
}

/**
 * Evaluates a graph node by node. Drops every value after its last use.
 *
 * @param args - the values of `graph.inputs`
 * @returns the values of `graph.outputs`
 */
export function interpret(graph: Graph, args: readonly TypedArray[], options: InterpretOptions = {}): TypedArray[] {
  const { evaluate = evaluateNode, onAlive } = options;
  const last = lastUses(graph);
  const values = new Map<Tensor, TypedArray>();
  /** The number of values that share a computed buffer. */
  const uses = new Map<ArrayBufferLike, number>();
  let alive = 0;
  graph.inputs.forEach((symbol, i) => values.set(symbol, args[i]!));
  graph.nodes.forEach((node, at) => {
    if (node.kind === 'input') return;
    const results =
      bindLeaf(node) ??
      evaluate(
        node,
        node.inputs.map((t) => values.get(t)!),
      );
    node.outputs.forEach((t, i) => {
      if (!last.has(t)) return;
      values.set(t, results[i]!);
      if (node.inputs.length === 0) return;
      const { buffer } = results[i]!;
      const count = uses.get(buffer) ?? 0;
      if (count === 0) alive += buffer.byteLength;
      uses.set(buffer, count + 1);
    });
    onAlive?.(alive);
    for (const t of new Set(node.inputs)) {
      if (last.get(t) !== at) continue;
      const { buffer } = values.get(t)!;
      const count = uses.get(buffer) ?? 0;
      if (count === 1) alive -= buffer.byteLength;
      if (count > 1) uses.set(buffer, count - 1);
      else uses.delete(buffer);
      values.delete(t);
    }
  });
  return graph.outputs.map((t) => values.get(t)!);
}

/** Runs the evaluator that the node carries. */
export function evaluateNode(node: Node, inputs: readonly TypedArray[]): TypedArray[] {
  return (node.evaluate as (n: Node, x: readonly TypedArray[]) => TypedArray[])(node, inputs);
}

function bindLeaf(node: Node): TypedArray[] | undefined {
  if (node.kind === 'constant') return [node.attrs.value['~values']];
  if (node.kind === 'variable') return [node.attrs.variable['~committed']['~values']];
  if (node.kind === 'input') throw new CaptureError('interpret: an input has no value');
  return undefined;
}

const lastUsesCache = new WeakMap<Graph, Map<Tensor, number>>();

/** For each value, the position of its last use. Outputs are used after the end. */
function lastUses(graph: Graph): Map<Tensor, number> {
  const found = lastUsesCache.get(graph);
  if (found) return found;
  const last = new Map<Tensor, number>();
  lastUsesCache.set(graph, last);
  graph.nodes.forEach((node, at) => node.inputs.forEach((t) => last.set(t, at)));
  for (const t of graph.outputs) last.set(t, graph.nodes.length);
  return last;
}
