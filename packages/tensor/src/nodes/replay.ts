import { emitScan } from './scan.ts';
import type { Graph, Node } from '../graph/node.ts';
import { withOpName } from '../graph/opName.ts';
import type { Tensor } from '../array/tensor.ts';
import { emit } from '../graph/trace.ts';

/** Emits a node again, with other inputs of the same types. */
export function replayNode(node: Node, inputs: readonly Tensor[]): readonly Tensor[] {
  return withOpName(node.op, () =>
    node.kind === 'scan'
      ? emitScan(node.attrs, inputs)
      : emit(node.kind, node.attrs as never, inputs, node.types, node.evaluate as never),
  );
}

/** Emits all nodes of a graph again; `inputs` replaces the inputs of the graph. */
export function replayGraph(graph: Graph, inputs: readonly Tensor[]): Tensor[] {
  const values = new Map<Tensor, Tensor>(graph.inputs.map((symbol, i) => [symbol, inputs[i]!]));
  for (const node of graph.nodes) {
    if (node.kind === 'input') continue;
    const outputs = replayNode(
      node,
      node.inputs.map((t) => values.get(t)!),
    );
    node.outputs.forEach((t, i) => outputs[i] && values.set(t, outputs[i]));
  }
  return graph.outputs.map((t) => values.get(t)!);
}
