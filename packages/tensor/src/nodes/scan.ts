import { DTypeError, ShapeError, showShape } from '@chainrule/errors';
import { allocate, type TypedArray } from '../array/dtype.ts';
import { interpret } from '../graph/interpret.ts';
import type { Graph, Node, NodeOf } from '../graph/node.ts';
import { sameShape } from '../array/shape.ts';
import type { Tensor } from '../array/tensor.ts';
import { Capture, emit, isTaped, withTrace } from '../graph/trace.ts';
import { advanceCounter } from './draws.ts';

/** One step: takes carries and slices of `xs`, returns carries and slices of `ys`. */
export type ScanBody = (carry: Tensor[], x: Tensor[], t: Tensor) => readonly [readonly Tensor[], readonly Tensor[]];

export interface ScanNodeOptions {
  readonly length: number;
  readonly reverse: boolean;
  /**
   * Returns the step number that the body sees and that its draws fold into their key; `null` if the loop does not
   * number steps.
   */
  readonly step?: ((t: Tensor) => Tensor) | null;
  /**
   * Whether the draws of the loop advance the counter. A loop that another loop continues leaves that to it. Default
   * true.
   */
  readonly advances?: boolean;
}

/**
 * Node `scan`: runs the body `length` times and hands the carries from step to step. Step t reads slice t of each of
 * `xs` and writes slice t of each stacked output; with `reverse`, steps run from the last to the first. Tensors that
 * the body closes over become constants of the loop. Draws in the body fold the step into their key.
 *
 * @returns the final carries and the stacked outputs
 */
export function scanNode(
  body: ScanBody,
  init: readonly Tensor[],
  xs: readonly Tensor[],
  options: ScanNodeOptions,
): [Tensor[], Tensor[]] {
  const { length, reverse } = options;
  for (const x of xs) {
    if (x.shape[0] !== length)
      throw new ShapeError(
        `scan: every one of \`xs\` must have ${length} steps in its first axis, got ${showShape(x.shape)}`,
      );
  }
  const capture = new Capture('scan body');
  const carry = init.map((t) => capture.input(t));
  const slices = xs.map((t) => capture.input({ shape: t.shape.slice(1), dtype: t.dtype }));
  const t = capture.input({ shape: [], dtype: 'int32' });
  const graph = withTrace(capture, () => {
    const number = options.step?.(t) ?? t;
    if (options.step !== null) capture.step = number;
    const [next, y] = body(carry, slices, number);
    checkCarry(init, next);
    return capture.graph([...next, ...y]);
  });
  const attrs = { body: graph, length, reverse, carries: init.length, xs: xs.length };
  const outputs = emitScan(attrs, [...init, ...xs, ...capture.hidden()]);
  if (options.advances ?? true) for (const [counter, draws] of capture.draws) advanceCounter(counter, draws);
  return [outputs.slice(0, init.length), outputs.slice(init.length)];
}

function checkCarry(init: readonly Tensor[], next: readonly Tensor[]): void {
  if (next.length !== init.length)
    throw new ShapeError(`scan: \`body\` must return ${init.length} carries, got ${next.length}`);
  next.forEach((t, i) => {
    const from = init[i]!;
    if (!sameShape(t.shape, from.shape))
      throw new ShapeError(`scan: carry ${i} must keep its shape ${showShape(from.shape)}, got ${showShape(t.shape)}`);
    if (t.dtype !== from.dtype)
      throw new DTypeError(`scan: carry ${i} must stay ${from.dtype}, got ${t.dtype}; convert it with \`cast\``);
  });
}

/**
 * Emits a scan with an existing body. An output that the body returns twice is stacked once. Under a tape, the scan
 * also outputs what the gradient needs of each step: the carries at its start and the results of expensive nodes. The
 * gradient recomputes the cheap arithmetic and inner scans. Returns the requested outputs.
 */
export function emitScan(given: NodeOf<'scan'>['attrs'], all: readonly Tensor[]): Tensor[] {
  const { attrs, inputs } = dropUnread(given, all);
  const { body, length, carries } = attrs;
  const stacked = new Set([...body.outputs.slice(carries), ...(isTaped() ? savedValues(body, carries) : [])]);
  const graph = { ...body, outputs: [...body.outputs.slice(0, carries), ...stacked] };
  const types = graph.outputs.map(({ shape, dtype }, i) => ({
    shape: i < carries ? shape : [length, ...shape],
    dtype,
  }));
  const outputs = emit('scan', { ...attrs, body: graph }, inputs, types, evaluateScan);
  const order = [...stacked];
  return body.outputs.map((symbol, i) => outputs[i < carries ? i : carries + order.indexOf(symbol)]!);
}

/** Drops slices and constants that no step reads, so that they need not be kept. */
function dropUnread(
  attrs: NodeOf<'scan'>['attrs'],
  inputs: readonly Tensor[],
): { attrs: NodeOf<'scan'>['attrs']; inputs: readonly Tensor[] } {
  const { body, carries, xs } = attrs;
  const read = new Set([...body.outputs, ...body.nodes.flatMap((node) => node.inputs)]);
  const kept = body.inputs.map((symbol, i) => i < carries || i === carries + xs || read.has(symbol));
  if (kept.every(Boolean)) return { attrs, inputs };
  const symbols = body.inputs.filter((_, i) => kept[i]);
  const nodes = body.nodes.filter((node) => node.kind !== 'input' || symbols.includes(node.outputs[0]!));
  return {
    attrs: {
      ...attrs,
      body: { ...body, inputs: symbols, nodes },
      xs: kept.slice(carries, carries + xs).filter(Boolean).length,
    },
    inputs: inputs.filter((_, i) => kept[i < carries + xs ? i : i + 1]),
  };
}

function savedValues(body: Graph, carries: number): Tensor[] {
  return [...body.inputs.slice(0, carries), ...body.nodes.filter(isExpensive).flatMap((node) => node.outputs)];
}

const expensiveKinds: readonly string[] = ['matmul', 'conv', 'pool', 'reduce', 'prefix', 'argsort'];
/** Parts of the names of expensive scalar functions. */
const expensiveFunctions = /exp|log|sin|cos|tan|sigm|erf|pow/;

/** Tells whether recomputing a value costs more than keeping it. */
function isExpensive(node: Node): boolean {
  // A custom node that is kept apart is a checkpoint, which must be computed again.
  if (node.kind === 'custom') return !node.attrs.barrier && node.attrs.body.nodes.some(isExpensive);
  return node.kind === 'map' ? expensiveFunctions.test(node.attrs.expr.key) : expensiveKinds.includes(node.kind);
}

export function evaluateScan(node: NodeOf<'scan'>, inputs: readonly TypedArray[]): TypedArray[] {
  const { body, length, carries, xs, reverse } = node.attrs;
  let carry = inputs.slice(0, carries);
  const slices = inputs.slice(carries, carries + xs);
  const consts = inputs.slice(carries + xs);
  const stacked = node.types.slice(carries).map((type) => allocate(type.dtype, type.shape, node.op));
  for (let i = 0; i < length; i++) {
    const t = reverse ? length - 1 - i : i;
    const x = slices.map((all) => all.subarray((all.length / length) * t, (all.length / length) * (t + 1)));
    const results = interpret(body, [...carry, ...x, Int32Array.of(t), ...consts]);
    carry = results.slice(0, carries);
    stacked.forEach((all, k) => all.set(results[carries + k]!, (all.length / length) * t));
  }
  return [...carry.map((c) => c.slice()), ...stacked];
}
