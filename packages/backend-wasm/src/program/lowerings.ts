import type { NodeStep } from '@chainrule/compiler/backend';
import type { Tensor } from '@chainrule/tensor';
import type { Node, NodeKind, NodeOf } from '@chainrule/tensor/graph';
import type { Lowered, LoweringOptions } from '../kernels/common/kernel.ts';
import { lowerArg } from '../kernels/ordering/arg.ts';
import { lowerArgsort } from '../kernels/ordering/argsort.ts';
import { lowerConcat } from '../kernels/layout/concat.ts';
import { lowerConv } from '../kernels/conv/conv.ts';
import { convolutionOf } from '../kernels/conv/convolution.ts';
import { lowerGather } from '../kernels/indexing/gather.ts';
import { lowerMatmul } from '../kernels/gemm/matmul.ts';
import { lowerPad } from '../kernels/layout/pad.ts';
import { lowerPool } from '../kernels/pooling/pool.ts';
import { lowerMaxPoolGradient } from '../kernels/pooling/maxGradient.ts';
import { lowerPrefix } from '../kernels/prefix/prefix.ts';
import { lowerRandom } from '../kernels/random/random.ts';
import { lowerScatterAdd } from '../kernels/indexing/scatterAdd.ts';
import { lowerTakeAlongAxis } from '../kernels/indexing/takeAlongAxis.ts';
import { lowerWinograd } from '../kernels/winograd/winograd.ts';

/** Facts about the program that a lowering may use in addition to its node. */
export interface LoweringContext extends LoweringOptions {
  /** The node that computes a value, through views that keep the order of elements. */
  readonly producer: (t: Tensor) => Node | undefined;
  /** Whether a value is the same in every step of the enclosing scan. Kernels that read only such values run once. */
  readonly fixed: (t: Tensor) => boolean;
  /** The base of a `scatterAdd` is zeros. */
  readonly zeroBase: boolean;
}

/** Returns undefined for a node that has no kernel and therefore runs in JavaScript. */
type Lowering<K extends NodeKind> = (node: NodeOf<K>, context: LoweringContext) => Lowered | undefined;

/**
 * Kinds of nodes that are lowered elsewhere. Loops compute `map` and `cast`. The others only name memory, are loops
 * over steps, or were replaced by their graph.
 */
type OtherKind = 'map' | 'cast' | 'input' | 'constant' | 'variable' | 'scan' | 'custom';

/** The lowering of every other kind. JavaScript evaluates a node without kernels. */
const lowerings: { readonly [K in Exclude<NodeKind, OtherKind>]: Lowering<K> } = {
  conv: lowerConvolution,
  matmul: (node, context) => lowerMatmul(node, context, node.inputs.map(context.fixed)),
  pool: lowerPool,
  random: lowerRandom,
  gather: lowerGather,
  takeAlongAxis: lowerTakeAlongAxis,
  scatterAdd: (node, context) => lowerPooled(node, context) ?? lowerScatterAdd(node, context),
  concat: lowerConcat,
  view: lowerPad,
  prefix: lowerPrefix,
  argsort: lowerArgsort,
  reduce: lowerArg,
};

/** Lowers a step to kernels. JavaScript evaluates nodes with empty tensors or float64. */
export function lowerNode(
  { node, inputs, outputs, zeroBase }: NodeStep,
  context: Omit<LoweringContext, 'zeroBase'>,
): Lowered | undefined {
  if ([...inputs, ...outputs].some((t) => t.size === 0 || t.dtype === 'float64')) return undefined;
  const lower = (lowerings as Partial<Record<NodeKind, Lowering<NodeKind>>>)[node.kind];
  return lower?.(node as NodeOf<NodeKind>, { ...context, zeroBase });
}

function lowerConvolution(node: NodeOf<'conv'>, context: LoweringContext): Lowered | undefined {
  if (node.types[0]!.dtype !== 'float32') return undefined;
  const conv = convolutionOf(node);
  return lowerWinograd(conv, context) ?? lowerConv(conv, context);
}

/** The gradient of max pooling is a `scatterAdd` to zeros at the positions that the pooling has found. */
function lowerPooled(
  { attrs, inputs, types }: NodeOf<'scatterAdd'>,
  { producer, zeroBase }: LoweringContext,
): Lowered | undefined {
  const pool = producer(inputs[1]!);
  if (!zeroBase || !attrs.along || attrs.axis !== 1 || pool?.kind !== 'pool' || types[0]!.dtype !== 'float32')
    return undefined;
  const [batch, ...rest] = pool.inputs[0]!.shape;
  if (types[0]!.shape.length !== 3 || types[0]!.shape[0] !== batch || types[0]!.shape[2] !== rest.at(-1))
    return undefined;
  const { temporaries, steps } = lowerMaxPoolGradient(pool.attrs, batch, rest.slice(0, -1), rest.at(-1)!);
  return { temporaries, steps: steps.map((step) => ({ ...step, buffers: step.buffers.map((i) => i + 1) })) };
}
