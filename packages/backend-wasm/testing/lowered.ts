import { type Tensor, type TypedArray, zeros } from '@chainrule/tensor';
import { Capture, type NodeKind, type NodeOf, sizeOf, withTrace } from '@chainrule/tensor/graph';
import { evaluateOracle } from '@chainrule/tensor/oracle';
import { expect } from 'vitest';
import { features } from '../src/platform/features.ts';
import type { Lowered, LoweringOptions } from '../src/kernels/common/kernel.ts';
import { type Mode, runKernel } from './kernel.ts';

/** Ways to cut the units of a kernel. */
type Cutting = 'whole' | 'single' | 'backwards' | 'halves';

function cutsOf(units: number, cutting: Cutting): number[] {
  if (cutting === 'single') return Array.from({ length: units + 1 }, (_, i) => i);
  // From the end of one unit to the start of the one before, the range is empty.
  if (cutting === 'backwards') return Array.from({ length: units }, (_, i) => [units - 1 - i, units - i]).flat();
  return cutting === 'halves' ? [0, units >> 1, units] : [0, units];
}

/** Runs the steps of a lowered float32 node in order, and returns its outputs. */
export function runLowered(
  { temporaries, steps }: Lowered,
  inputs: readonly Float32Array[],
  outputs: readonly number[],
  mode: Mode,
  cutting: Cutting = 'whole',
): Float32Array<ArrayBuffer>[] {
  const buffers: Float32Array<ArrayBuffer>[] = [
    ...inputs.map((x) => x.slice()),
    ...[...outputs, ...temporaries].map((bytes) => new Float32Array(bytes / 4).fill(NaN)),
  ];
  for (const { kernel, buffers: used } of steps) {
    const to = used.at(-1)!;
    const read = used.slice(0, -1).map((i) => buffers[i]!);
    const [out] = runKernel(kernel, read, [buffers[to]!.byteLength], mode, cutsOf(kernel.units, cutting));
    buffers[to] = new Float32Array(out!);
  }
  return buffers.slice(inputs.length, inputs.length + outputs.length);
}

/** The options of a lowering for each mode. */
export function optionsOf(mode: Mode): LoweringOptions {
  return { simd: mode !== 'scalar', relaxed: mode === 'relaxed', reproducible: false };
}

export const modes: readonly Mode[] = features().relaxed ? ['simd', 'relaxed', 'scalar'] : ['simd', 'scalar'];
const cuttings: readonly Cutting[] = ['whole', 'single', 'backwards', 'halves'];

/** Captures `fn` for inputs of the given shapes, and returns its node of the given kind. */
export function captured<K extends NodeKind>(
  kind: K,
  fn: (...inputs: Tensor[]) => Tensor,
  shapes: readonly (readonly number[])[],
  dtype: 'float32' | 'float64' = 'float32',
): NodeOf<K> {
  const capture = new Capture('program');
  const inputs = shapes.map((shape) => capture.input(zeros(shape, dtype)));
  const output = withTrace(capture, () => fn(...inputs));
  return capture.graph([output]).nodes.find((node) => node.kind === kind) as unknown as NodeOf<K>;
}

/** Numbers in [−2, 2). */
export function randoms(shape: readonly number[], seed: number): Float32Array<ArrayBuffer> {
  let state = seed >>> 0;
  return Float32Array.from({ length: sizeOf(shape) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 30 - 2;
  });
}

/** The most products that the oracle, with its naive loops, computes; the reference backend computes more. */
const maxProducts = 1e5;

/** Runs the lowered node in every mode. Expects the numbers of the oracle, within `(terms + 1)·2⁻²⁴·Σ|a||b|`. */
export function expectLowered<K extends 'matmul' | 'conv'>(
  node: NodeOf<K>,
  lower: (node: NodeOf<K>, options: LoweringOptions) => Lowered | undefined,
  inputs: readonly Float32Array[],
  terms: number,
): void {
  const isSmall = terms * node.outputs[0]!.size < maxProducts;
  const evaluate = (values: readonly Float32Array[]): TypedArray =>
    (isSmall
      ? evaluateOracle(
          node as never,
          values.map((x) => Float64Array.from(x)),
        )
      : node.evaluate(node, values))[0]!;
  const [expected, scale] = [evaluate(inputs), evaluate(inputs.map((x) => x.map(Math.abs)))];
  for (const mode of modes) {
    const [actual] = runLowered(lower(node, optionsOf(mode))!, inputs, [expected.length * 4], mode);
    const wrong = actual!.findIndex(
      (value, i) => !(Math.abs(value - expected[i]!) <= (terms + 1) * 2 ** -24 * scale[i]!),
    );
    if (wrong >= 0)
      expect.fail(
        `element ${wrong} is ${actual![wrong]}, the oracle says ${expected[wrong]} (${mode}, inputs ${node.inputs.map((x) => x.shape.join('x')).join(' and ')}, ${JSON.stringify(node.attrs)})`,
      );
  }
}

/** Expects the same bits however the units are divided into calls. */
export function expectSameBits(lowered: Lowered, inputs: readonly Float32Array[], bytes: number, mode: Mode): void {
  const [whole, ...others] = cuttings.map((cutting) => runLowered(lowered, inputs, [bytes], mode, cutting)[0]!);
  for (const other of others) expect(other).toEqual(whole);
}
