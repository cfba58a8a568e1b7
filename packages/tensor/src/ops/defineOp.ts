import { type Check, refuse } from '@chainrule/errors/check';
import { customNode } from '../nodes/custom.ts';
import { withOpName } from '../graph/opName.ts';
import { aTensor, readOptions } from '../array/checks.ts';
import { isTensor, type Tensor } from '../array/tensor.ts';
import { isTracing } from '../graph/trace.ts';

/** Draws arguments. Tests compare the op with the oracle on them and check gradients by finite differences. */
export interface Sampler {
  /** A float64 tensor of uniform values in `[low, high)`. Without a shape, the shape is small and random. */
  uniform(shape?: readonly number[], low?: number, high?: number): Tensor;
  /** An int32 tensor of values in `[low, high)`. */
  integers(shape: readonly number[], low: number, high: number): Tensor;
  /** A bool tensor. */
  mask(shape: readonly number[]): Tensor;
  /** An integer in `[low, high]`. */
  integer(low: number, high: number): number;
  pick<T>(options: readonly T[]): T;
}

/** Where an op is defined and smooth. Samples stay there. By default every argument is a tensor in [−2, 2). */
export interface Domain {
  /** Bounds of the values of every argument. */
  readonly range?: readonly [number, number];
  /** Kinks and poles. Samples keep a distance of 0.05 from these values. */
  readonly avoid?: readonly number[];
  /** Draws all arguments, if they are not just tensors of one shape. */
  readonly sample?: (sampler: Sampler) => readonly unknown[];
}

/** The definition of an op: its lowering to nodes, and everything that cannot be derived from it. */
export interface OpDescriptor {
  readonly name: string;
  /** A check for each argument before the options, in order. By default there is one tensor `x`. */
  readonly params?: Readonly<Record<string, Check>>;
  /**
   * A check for each option. `lower` and `pullback` then take an object of options as their last argument. Callers may
   * pass `axis` instead of the object, or before it.
   */
  readonly options?: Readonly<Record<string, Check>>;
  /** Builds nodes from the arguments. */
  readonly lower: (...args: never[]) => Tensor;
  /**
   * The cotangents of the tensor arguments, in order. Needed only if the gradient of the lowering is unstable or has a
   * kink that cancels. Must consist of differentiable operations, for second derivatives.
   */
  readonly pullback?: (cotangent: Tensor, output: Tensor, ...args: never[]) => (Tensor | null)[];
  readonly domain?: Domain;
}

/** A function on tensors with its descriptor. `F` is its typed signature. */
export type Op<F> = F & { readonly op: OpDescriptor };

/**
 * Defines an op by its lowering to nodes. Gradients and backends work on nodes, so they need no code for the op.
 *
 * @example
 * const cube = defineOp({ name: 'cube', lower: (x) => map((v) => e.mul(v, e.mul(v, v)), [x]) });
 */
export function defineOp<F>(descriptor: OpDescriptor): Op<F> {
  if (typeof (descriptor as OpDescriptor | undefined)?.lower !== 'function')
    refuse('defineOp', 'descriptor', 'an object with `name` and `lower`', descriptor);
  const { name, pullback } = descriptor;
  const lower = descriptor.lower as (...args: unknown[]) => Tensor;
  const run = (...given: unknown[]): Tensor => {
    const args = checkArguments(descriptor, given);
    return pullback && isTracing()
      ? withPullback(name, lower, pullback as OpPullback, args)
      : withOpName(name, () => lower(...args));
  };
  // Messages and stack traces show the function's name.
  Object.defineProperty(run, 'name', { value: name });
  return Object.assign(run, { op: descriptor }) as unknown as Op<F>;
}

const oneTensor = { x: aTensor };

/** Checks the arguments and collects the options in an object, as `lower` expects. */
function checkArguments({ name, params = oneTensor, options }: OpDescriptor, given: unknown[]): unknown[] {
  let at = 0;
  for (const param in params) params[param]!(name, param, given[at++]);
  return options ? [...given.slice(0, at), readOptions(name, options, given.slice(at))] : given;
}

type OpPullback = (cotangent: Tensor, output: Tensor, ...args: unknown[]) => (Tensor | null)[];

function withPullback(
  name: string,
  lower: (...args: unknown[]) => Tensor,
  pullback: OpPullback,
  args: unknown[],
): Tensor {
  const fill = (tensors: readonly Tensor[]): unknown[] => {
    let at = 0;
    return args.map((a) => (isTensor(a) ? tensors[at++] : a));
  };
  return withOpName(
    name,
    () =>
      customNode({
        name,
        inputs: args.filter(isTensor),
        body: (inputs) => [lower(...fill(inputs))],
        pullback: ([g], inputs, [y]) => (g ? pullback(g, y!, ...fill(inputs)) : inputs.map(() => null)),
      })[0]!,
  );
}
