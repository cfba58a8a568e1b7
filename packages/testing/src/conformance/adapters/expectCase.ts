import { expect } from 'vitest';
import { fileOf, golden, runOn } from '../testFolder.ts';

/** A tensor as `[data, shape]` or `[data, shape, dtype]`. */
export type Spelt = readonly [data: readonly number[], shape: readonly number[], dtype?: string];
export type SpeltTensors = Readonly<Record<string, Spelt>>;

/** A result and the plain loop over numbers that it must equal, whose slopes are the gradients. */
export interface Reference {
  readonly shape: readonly number[];
  readonly of: (inputs: Readonly<Record<string, readonly number[]>>) => number[];
  /** The inputs whose gradients are compared; by default the float32 ones. */
  readonly gradients?: readonly string[];
}

const tensors = (list: SpeltTensors): object =>
  Object.fromEntries(Object.entries(list).map(([name, spelt]) => [name, golden(...spelt)]));

/** Expects the case to pass with the given outputs. */
export async function expectPass(
  op: string,
  attrs: object,
  inputs: SpeltTensors,
  outputs: SpeltTensors,
): Promise<void> {
  const { out, last } = await runOn({
    'a.json': fileOf({ op, attrs, inputs: tensors(inputs), outputs: tensors(outputs), tolerance: 1e-5 }),
  });
  expect(last, out).toBe('1 passed, 0 failed');
}

/** Expects the case to fail with a message. */
export async function expectFailure(op: string, attrs: object, inputs: SpeltTensors, message: string): Promise<void> {
  const { out, last } = await runOn({
    'a.json': fileOf({ op, attrs, inputs: tensors(inputs), outputs: { output: golden([0], [1]) }, tolerance: 1e-5 }),
  });
  expect(last).toBe('0 passed, 1 failed');
  expect(out).toContain(message);
}

/** Expects the case to pass with the values of a plain loop in float64, and with its slopes as gradients. */
export async function expectLike(op: string, attrs: object, inputs: SpeltTensors, reference: Reference): Promise<void> {
  const values = Object.fromEntries(Object.entries(inputs).map(([name, [data]]) => [name, data]));
  const outputs = reference.of(values);
  const cotangent = outputs.map((_, i) => 1 - 0.3 * i);
  const wanted =
    reference.gradients ?? Object.keys(inputs).filter((name) => (inputs[name]![2] ?? 'float32') === 'float32');
  const gradients = Object.fromEntries(
    wanted.map((name) => [name, golden(slopes(reference, values, name, cotangent), inputs[name]![1])]),
  );
  const one = (data: readonly number[]): object => ({ output: golden(data, reference.shape) });
  const file = fileOf({
    op,
    attrs,
    inputs: tensors(inputs),
    outputs: one(outputs),
    cotangents: one(cotangent),
    gradients,
    tolerance: 1e-5,
  });
  const { out, last } = await runOn({ 'a.json': file });
  expect(last, out).toBe('1 passed, 0 failed');
}

/** Central differences of Σ output · cotangent. */
function slopes(
  reference: Reference,
  values: Readonly<Record<string, readonly number[]>>,
  name: string,
  cotangent: readonly number[],
): number[] {
  const step = 1e-5;
  const weighed = (i: number, by: number): number => {
    const moved = values[name]!.map((v, k) => (k === i ? v + by : v));
    return reference.of({ ...values, [name]: moved }).reduce((total, v, k) => total + v * cotangent[k]!, 0);
  };
  return values[name]!.map((_, i) => (weighed(i, step) - weighed(i, -step)) / (2 * step));
}
