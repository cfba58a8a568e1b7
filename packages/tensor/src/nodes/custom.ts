import type { TypedArray } from '../array/dtype.ts';
import { interpret } from '../graph/interpret.ts';
import type { NodeOf, Pullback } from '../graph/node.ts';
import type { Tensor } from '../array/tensor.ts';
import { Capture, emit, isTracing, withTrace } from '../graph/trace.ts';
import { advanceCounter } from './draws.ts';

/** Options of {@link customNode}. */
export interface CustomOptions {
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly body: (inputs: Tensor[]) => readonly Tensor[];
  readonly pullback: Pullback;
  readonly barrier?: boolean;
}

/**
 * Node `custom`: a body with its own pullback. Tensors that the body closes over become inputs without a cotangent. The
 * compiler inlines the node before a backend sees it.
 */
export function customNode({ name, inputs, body, pullback, barrier = false }: CustomOptions): readonly Tensor[] {
  if (!isTracing()) return body([...inputs]);
  const capture = new Capture(`custom \`${name}\``);
  const symbols = inputs.map((x) => capture.input(x));
  const graph = withTrace(capture, () => capture.graph(body(symbols)));
  const hidden = capture.hidden();
  for (const [counter, draws] of capture.draws) advanceCounter(counter, draws);
  const attrs = { name, body: graph, barrier, pullback: withHiddenInputs(pullback, inputs.length, hidden.length) };
  return emit('custom', attrs, [...inputs, ...hidden], graph.outputs, evaluateCustom);
}

/** Adds `null` for the hidden inputs, which the pullback does not know. */
function withHiddenInputs(pullback: Pullback, explicit: number, hidden: number): Pullback {
  if (hidden === 0) return pullback;
  return (cotangents, inputs, outputs) => [
    ...pullback(cotangents, inputs.slice(0, explicit), outputs),
    ...Array.from({ length: hidden }, () => null),
  ];
}

export function evaluateCustom(node: NodeOf<'custom'>, inputs: readonly TypedArray[]): TypedArray[] {
  return interpret(node.attrs.body, inputs);
}
