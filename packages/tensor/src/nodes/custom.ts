import type { TypedArray } from '../array/dtype.ts';
import { interpret } from '../graph/interpret.ts';
import type { NodeOf, Pullback } from '../graph/node.ts';
import type { Tensor } from '../array/tensor.ts';
import { Capture, emit, isTracing, withTrace } from '../graph/trace.ts';
import { advanceCounter } from './draws.ts';

/** What {@link customNode} is made of. */
export interface CustomOptions {
  readonly name: string;
  readonly inputs: readonly Tensor[];
  readonly body: (inputs: Tensor[]) => readonly Tensor[];
  readonly pullback: Pullback;
  readonly barrier?: boolean;
}

/**
 * Node `custom`: a body with a pullback of its own. What the body closes over becomes an input without a cotangent.
 * Inlined before a backend sees it.
 */
export function customNode({ name, inputs, body, pullback, barrier = false }: CustomOptions): readonly Tensor[] {
  if (!isTracing()) return body([...inputs]);
  const capture = new Capture(`custom \`${name}\``);
  const symbols = inputs.map((x) => capture.input(x));
  const graph = withTrace(capture, () => capture.graph(body(symbols)));
  const hidden = capture.hidden();
  for (const [counter, draws] of capture.draws) advanceCounter(counter, draws);
  const attrs = { name, body: graph, barrier, pullback: padded(pullback, inputs.length, hidden.length) };
  return emit('custom', attrs, [...inputs, ...hidden], graph.outputs, evaluateCustom);
}

/** The pullback knows the explicit inputs; the hidden ones get nothing. */
function padded(pullback: Pullback, explicit: number, hidden: number): Pullback {
  if (hidden === 0) return pullback;
  return (cotangents, inputs, outputs) => [
    ...pullback(cotangents, inputs.slice(0, explicit), outputs),
    ...Array.from({ length: hidden }, () => null),
  ];
}

export function evaluateCustom(node: NodeOf<'custom'>, inputs: readonly TypedArray[]): TypedArray[] {
  return interpret(node.attrs.body, inputs);
}
