import { arg, castExpr, evaluateMap, type NodeOf } from '@chainrule/tensor/graph';

/** A conversion as an elementwise node, which others can be fused with. */
export function castAsMap(node: NodeOf<'cast'>): NodeOf<'map'> {
  return { ...node, kind: 'map', attrs: { expr: castExpr(arg(0), node.types[0]!.dtype) }, evaluate: evaluateMap };
}
