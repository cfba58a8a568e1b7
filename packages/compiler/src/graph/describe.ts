import { isTensor, type Tensor, Variable } from '@chainrule/tensor';
import type { Graph, Node } from '@chainrule/tensor/graph';
import { identityOf } from './identity.ts';

/**
 * Describes a node as text. Nodes with equal texts compute equal values. `nameOf` names the inputs.
 */
export function describeNode(node: Node, nameOf: (t: Tensor) => string): string {
  const types = node.types.map((t) => `${t.dtype}[${t.shape.join()}]`).join();
  return `${node.kind} ${describeAttrs(node)} (${node.inputs.map(nameOf).join()}) -> ${types}`;
}

/**
 * Describes each node in a line. Values are numbered in the order of their appearance.
 *
 * @example
 * const step = compile((x) => neg(x));
 * step(tensor([1]));
 * describeGraph(step.programs()[0].program.graph).length; // => 3
 */
export function describeGraph(graph: Graph): string[] {
  const names = new Map<Tensor, string>();
  const nameOf = (t: Tensor): string => names.get(t) ?? '?';
  const lines = graph.nodes.map((node) => {
    const line = describeNode(node, nameOf);
    for (const t of node.outputs) names.set(t, `%${names.size}`);
    return line;
  });
  return [...lines, `outputs ${graph.outputs.map(nameOf).join()}`];
}

function describeAttrs(node: Node): string {
  if (node.kind === 'map') return node.attrs.expr.key;
  return JSON.stringify(node.attrs, (key, value: unknown) => {
    if (key === 'pullback') return undefined;
    if (isTensor(value)) return describeValue(value);
    if (value instanceof Variable) return `${value.name} #${identityOf(value)}`;
    if (key === 'body') return describeGraph(value as Graph);
    // JSON cannot express −0, infinities and NaN.
    if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value);
    return value;
  });
}

/** Shows a value that is part of a program. Different bits give different texts. */
export function describeValue(t: Tensor): string {
  const { buffer, byteOffset, byteLength } = t['~values'];
  let [a, b] = [0x811c9dc5, 0];
  for (const byte of new Uint8Array(buffer, byteOffset, byteLength)) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x85ebca6b) + 1;
  }
  return `${t.dtype}[${t.shape.join()}]:${(a >>> 0).toString(16)}${(b >>> 0).toString(16)}`;
}
