import { map, scalar as e, type Tensor } from '@chainrule/tensor';
import type { Node } from '@chainrule/tensor/graph';
import type { Backward, Vjps, Rule } from './rules/rule.ts';
import { rules } from './rules/rules.ts';

/**
 * Walks a tape backward, from cotangents of `outputs` to those of `wanted`.
 *
 * @returns for each wanted tensor its cotangent, or `null` if the outputs do not depend on it
 */
export const backward: Backward = (tape, outputs, cotangents, wanted) => {
  const sums = new Map<Tensor, Tensor>();
  const kept = new Set(wanted);
  const accumulate = (t: Tensor, g: Tensor): void => {
    const known = sums.get(t);
    sums.set(t, known ? map(e.add, [known, g]) : g);
  };
  outputs.forEach((t, i) => cotangents[i] && accumulate(t, cotangents[i]));
  for (let at = tape.nodes.length - 1; at >= 0; at--) {
    const node = tape.nodes[at]!;
    const gs = node.outputs.map((t) => sums.get(t) ?? null);
    if (gs.every((g) => g === null)) continue;
    const needed = node.inputs.map((t) => tape.tracked.has(t));
    const vjps = vjpsOf(node, gs, needed);
    node.inputs.forEach((t, i) => {
      const g = needed[i] ? vjps[i]?.() : null;
      if (g) accumulate(t, g);
    });
    for (const t of node.outputs) if (!kept.has(t)) sums.delete(t);
  }
  return wanted.map((t) => sums.get(t) ?? null);
};

function vjpsOf(node: Node, cotangents: readonly (Tensor | null)[], needed: readonly boolean[]): Vjps {
  const rule = rules[node.kind] as Rule<Node['kind']>;
  return rule(node as never, cotangents[0] as Tensor, { cotangents, needed, backward });
}
