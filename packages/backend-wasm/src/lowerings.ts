import type { NodeStep } from '@chainrule/compiler';
import type { NodeKind } from '@chainrule/tensor';
import type { Lowered, LoweringOptions } from './kernels/kernel.ts';

/** A node as kernels; undefined where JavaScript has to do it. */
export type Lowering = (step: NodeStep, options: LoweringOptions) => Lowered | undefined;

const lowerings: Partial<Record<NodeKind, Lowering>> = {};

/** The kernels of a step; a node of nothing, and one of float64, is left to JavaScript. */
export function lowerNode(step: NodeStep, options: LoweringOptions): Lowered | undefined {
  const all = [...step.inputs, ...step.outputs];
  if (all.some((t) => t.size === 0 || t.dtype === 'float64')) return undefined;
  return lowerings[step.node.kind]?.(step, options);
}
