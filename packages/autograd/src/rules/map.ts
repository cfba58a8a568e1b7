import type { Tensor } from '@chainrule/tensor';
import { arg, mapNode, type NodeOf, substitute } from '@chainrule/tensor/graph';
import { exprVjps } from '../derivative.ts';
import type { Vjps } from './rule.ts';
import { sumTo } from './shapes.ts';

/** g·∂expr/∂xᵢ as one map, summed over the axes along which xᵢ was broadcast. */
export function mapRule(n: NodeOf<'map'>, g: Tensor): Vjps {
  const operands = [...n.inputs, g];
  const parts = exprVjps(
    n.attrs.expr,
    arg(n.inputs.length),
    operands.map((x) => x.dtype),
  );
  return n.inputs.map((x, i) => {
    const part = parts.get(i);
    if (!part) return null;
    if (part.op === 'arg') return () => sumTo(operands[part.index]!, x.shape);
    return () => {
      const used: number[] = [];
      const expr = substitute(part, (index) => {
        if (!used.includes(index)) used.push(index);
        return arg(used.indexOf(index));
      });
      return sumTo(
        mapNode(
          expr,
          used.map((index) => operands[index]!),
        ),
        x.shape,
      );
    };
  });
}
