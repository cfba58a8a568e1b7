import { valueAndGrad } from '@chainrule/autograd';
import { type Backend, compile } from '@chainrule/compiler';
import { add, isTensor, mul, sum, type Tensor, type Variable } from '@chainrule/tensor';
import type { Adapter, Compute, Outputs } from './adapter.ts';
import { compare, type Comparison } from './compare.ts';
import { Attrs, Inputs, Unsupported } from './given.ts';
import { type GoldenCase, type GoldenTensors, toTensor } from './goldenCase.ts';

/** The outcome of a case. */
export interface Verdict {
  readonly passed: boolean;
  /** The largest error as a multiple of the tolerance. Infinite if the case failed without a result. */
  readonly worstError: number;
  /** The largest difference. */
  readonly worstDifference: number;
  readonly message?: string;
}

type Tensors = Readonly<Record<string, Tensor>>;

/** An adapter, set up for one case. */
interface Prepared {
  readonly weights: Readonly<Record<string, Variable>>;
  readonly compute: Compute;
  /** The values that the setup has read. */
  readonly read: { readonly inputs: Iterable<string>; readonly attrs: Iterable<string> };
}

/** Runs a case on a backend and compares its outputs and the gradients that it lists. */
export async function runCase(golden: GoldenCase, adapter: Adapter | undefined, backend: Backend): Promise<Verdict> {
  try {
    if (!adapter) throw new Unsupported(`not implemented: ${golden.op}`);
    const outputs = runForward(golden, adapter, backend);
    const comparisons = await compareAll('', outputs, golden.outputs, golden.tolerance);
    if (Object.keys(golden.gradients).length > 0) {
      const gradients = runGradients(golden, adapter, backend);
      comparisons.push(...(await compareAll('gradient of ', gradients, golden.gradients, golden.tolerance)));
    }
    return verdictOf(comparisons);
  } catch (error) {
    const message =
      error instanceof Unsupported
        ? error.message
        : error instanceof Error
          ? `${error.name}: ${error.message}`
          : String(error);
    return { passed: false, worstError: Infinity, worstDifference: Infinity, message };
  }
}

function runForward(golden: GoldenCase, adapter: Adapter, backend: Backend): Tensors {
  const prepared = prepare(golden, adapter);
  const forward = compile((inputs: Tensors) => outputsOf(golden, prepared, inputs), { backend, name: golden.op });
  return forward(tensorsOf(golden.inputs));
}

function runGradients(golden: GoldenCase, adapter: Adapter, backend: Backend): Tensors {
  const prepared = prepare(golden, adapter);
  const inputs = tensorsOf(golden.inputs);
  const wanted = Object.keys(golden.gradients);
  const weights = pick(prepared.weights, wanted);
  const pulled = compile(
    (all: Tensors, cotangents: Tensors) => {
      const by = {
        inputs: pick(
          all,
          wanted.filter((name) => !Object.hasOwn(weights, name)),
        ),
        weights,
      };
      const loss = (differentiable: typeof by): Tensor =>
        weigh(outputsOf(golden, prepared, { ...all, ...differentiable.inputs }), cotangents);
      const [, gradients] = valueAndGrad(loss)(by);
      return { ...gradients.inputs, ...gradients.weights };
    },
    { backend, name: `the gradient of ${golden.op}` },
  );
  return pulled(inputs, tensorsOf(golden.cotangents));
}

/** Makes new variables, because a run may assign them. */
function prepare(golden: GoldenCase, adapter: Adapter): Prepared {
  if (typeof adapter === 'function') return { weights: {}, compute: adapter, read: { inputs: [], attrs: [] } };
  const inputs = new Inputs(tensorsOf(golden.inputs));
  const attrs = attrsOf(golden);
  const { weights = {}, compute } = adapter.prepare(inputs, attrs);
  return { weights, compute, read: { inputs: inputs.read, attrs: attrs.read } };
}

/** Σ over outputs of Σ output · cotangent. */
function weigh(outputs: Tensors, cotangents: Tensors): Tensor {
  return Object.entries(cotangents)
    .map(([name, cotangent]): Tensor => sum(mul(outputs[name]!, cotangent)))
    .reduce((a, b) => add(a, b));
}

function outputsOf(golden: GoldenCase, { compute, read }: Prepared, tensors: Tensors): Tensors {
  const inputs = new Inputs(tensors, new Set(read.inputs));
  const attrs = attrsOf(golden, new Set(read.attrs));
  const outputs = named(compute(inputs, attrs));
  inputs.refuseUnread();
  attrs.refuseUnread();
  const missing = Object.keys(golden.outputs).filter((name) => !Object.hasOwn(outputs, name));
  if (missing.length > 0)
    throw new Unsupported(`not supported: output ${missing.map((name) => `\`${name}\``).join(', ')}`);
  return pick(outputs, Object.keys(golden.outputs));
}

function named(outputs: Outputs): Tensors {
  return isTensor(outputs) ? { output: outputs } : outputs;
}

function attrsOf(golden: GoldenCase, read?: Set<string>): Attrs {
  return new Attrs(
    golden.attrs,
    Object.fromEntries(Object.entries(golden.outputs).map(([name, { dtype }]) => [name, dtype])),
    read,
  );
}

function tensorsOf(tensors: GoldenTensors): Tensors {
  return Object.fromEntries(Object.entries(tensors).map(([name, value]) => [name, toTensor(value)]));
}

function pick<T>(from: Readonly<Record<string, T>>, names: readonly string[]): Record<string, T> {
  return Object.fromEntries(names.filter((name) => Object.hasOwn(from, name)).map((name) => [name, from[name]!]));
}

function compareAll(prefix: string, got: Tensors, expected: GoldenTensors, tolerance: number): Promise<Comparison[]> {
  return Promise.all(
    Object.entries(expected).map(([name, values]) => compare(`${prefix}${name}`, got[name]!, values, tolerance)),
  );
}

/** Describes the worst of the comparisons. */
function verdictOf(comparisons: readonly Comparison[]): Verdict {
  const worst = comparisons.reduce((a, b) => (b.relative > a.relative ? b : a));
  const worstDifference = Math.max(...comparisons.map(({ absolute }) => absolute));
  const messages = comparisons.flatMap(({ message }) => message ?? []);
  const passed = messages.length === 0;
  return { passed, worstError: worst.relative, worstDifference, ...(!passed && { message: messages.join('; ') }) };
}
