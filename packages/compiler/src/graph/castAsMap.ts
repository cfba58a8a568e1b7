import { arg, castExpr, evaluateMap, type NodeOf } from '@chainrule/tensor/graph';

/** Converts a `cast` to a `map` node, which can be fused with others. */
export function castAsMap(node: NodeOf<'cast'>): NodeOf<'map'> {
  return { ...node, kind: 'map', attrs: { expr: castExpr(arg(0), node.types[0]!.dtype) }, evaluate: evaluateMap };
}
