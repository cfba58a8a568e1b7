import { showShape } from '@chainrule/errors';
import type { Tensor } from '@chainrule/tensor';
import type { CompiledProgram } from './compileProgram.ts';

/** The largest values of a program, as an error prints them. */
export function largestBuffers({ plan }: CompiledProgram): string {
  const made = plan.steps.flatMap((step) => step.outputs.map((t) => ({ t, op: step.kind === 'loop' ? step.nodes.at(-1)!.op : step.node.op })));
  const bytes = (t: Tensor): number => t.size * 4;
  return made
    .sort((a, b) => bytes(b.t) - bytes(a.t))
    .slice(0, 3)
    .map(({ t, op }) => `${op} ${showShape(t.shape)} (${(bytes(t) / 2 ** 20).toFixed(1)} MiB)`)
    .join(', ');
}
