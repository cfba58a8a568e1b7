import type { Tensor, TypedArray } from '@chainrule/tensor';
import { Capture, type NodeKind, type NodeOf, withTrace } from '@chainrule/tensor/graph';
import { expect } from 'vitest';
import type { Lowered } from '../src/kernels/common/kernel.ts';
import { type Mode, runKernel } from './kernel.ts';

/** Makes nodes of symbols. It may name as many symbols as it needs. */
export type Build = (...inputs: [Tensor, Tensor, Tensor, ...Tensor[]]) => unknown;

/** Calls `build` with symbols of the types of `inputs`, and returns its node of the given kind. */
export function captureNode<K extends NodeKind>(kind: K, build: Build, inputs: readonly Tensor[]): NodeOf<K> {
  const capture = new Capture('program');
  withTrace(capture, () => build(...(inputs.map((x) => capture.input(x)) as Parameters<Build>)));
  return capture.nodes.find((node) => node.kind === kind) as unknown as NodeOf<K>;
}

/**
 * Runs the only kernel of a node three times: all units in one call, one unit in a call, and half of them in a call.
 * Expects the same bytes each time.
 *
 * @param status - whether the kernel takes a status block, which is then returned as the last buffer
 */
export function runNode(
  { types }: Pick<NodeOf<NodeKind>, 'types'>,
  lowered: Lowered,
  inputs: readonly ArrayBufferView[],
  mode: Mode,
  status = false,
): ArrayBuffer[] {
  expect(lowered.steps.length).toBe(1);
  const { kernel } = lowered.steps[0]!;
  const sizes = types.map(
    ({ shape, dtype }) => shape.reduce((a, b) => a * b, 1) * (dtype === 'bool' || dtype === 'uint8' ? 1 : 4),
  );
  const outputs = status ? [...sizes, 8] : sizes;
  expect(kernel.buffers).toBe(inputs.length + outputs.length);
  const { units } = kernel;
  const [whole, ...others] = [[0, units], [...Array(units + 1).keys()], [0, units >> 1, units]].map((cuts) =>
    runKernel(kernel, inputs, outputs, mode, cuts),
  );
  for (const other of others)
    sizes.forEach((_, i) => expectSameBytes(new Uint8Array(other[i]!), new Uint8Array(whole![i]!)));
  return whole!;
}

/** Expects equal elements, bit for bit. */
export function expectSameBytes(actual: ArrayBufferView, expected: ArrayBufferView): void {
  const [a, b] = [actual, expected].map((x) => new Uint8Array(x.buffer, x.byteOffset, x.byteLength)) as [
    Uint8Array,
    Uint8Array,
  ];
  expect(a.length).toBe(b.length);
  const at = a.findIndex((byte, i) => byte !== b[i]);
  if (at >= 0) expect.fail(`byte ${at} of ${a.length} is ${a[at]}, not ${b[at]}`);
}

/** A buffer as the elements of a dtype. */
export function view(buffer: ArrayBuffer, like: TypedArray): TypedArray {
  if (like instanceof Float32Array) return new Float32Array(buffer);
  return like instanceof Int32Array ? new Int32Array(buffer) : new Uint8Array(buffer);
}
