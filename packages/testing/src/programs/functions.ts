import { DTypeError } from '@chainrule/errors';
import { compile, type CompileOptions } from '@chainrule/compiler';
import { type DType, Tensor } from '@chainrule/tensor';
import { oracle } from '@chainrule/tensor/oracle';
import fc from 'fast-check';
import { expectSameBits } from './agreement.ts';
import { wasmBackends } from './checkProgram.ts';
import { op } from './dynamic.ts';
import { unit } from './noise.ts';

/** One elementwise op, and the values that it gets. */
export interface FunctionCall {
  readonly name: string;
  readonly dtype: DType;
  readonly values: readonly (readonly [number, number])[];
  /** A number as the second operand. */
  readonly number: number | undefined;
  readonly to: DType;
}

const unary = [
  ...['abs', 'neg', 'sign', 'floor', 'ceil', 'round', 'square', 'sqrt', 'rsqrt', 'reciprocal', 'exp', 'expm1', 'log'],
  ...['log1p', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'erf'],
  ...['erfc', 'sigmoid', 'relu', 'relu6', 'elu', 'celu', 'selu', 'gelu', 'silu', 'mish', 'softplus', 'softsign'],
  ...['hardSigmoid', 'hardSwish', 'leakyRelu', 'logSigmoid', 'heaviside', 'identity', 'thresholdedRelu', 'hardShrink'],
  ...['softShrink', 'isNaN', 'isFinite', 'isInf', 'cast'],
];
const binary = [
  ...['add', 'sub', 'mul', 'div', 'pow', 'mod', 'fmod', 'maximum', 'minimum', 'atan2', 'equal', 'notEqual', 'less'],
  ...['lessEqual', 'greater', 'greaterEqual'],
];
const specials = [
  0,
  -0,
  1,
  -1,
  NaN,
  Infinity,
  -Infinity,
  2 ** 31,
  -(2 ** 31),
  2 ** 63,
  1e-45,
  (2 - 2 ** -23) * 2 ** 127,
  0.5,
  -2.5,
];
const numbers: fc.Arbitrary<number> = fc
  .oneof(
    fc.constantFrom(...specials),
    fc.double({ min: -20, max: 20, noNaN: true }),
    // Draws magnitudes uniformly on a logarithmic scale.
    fc.tuple(fc.double({ min: -150, max: 128, noNaN: true }), fc.constantFrom(1, -1)).map(([p, sign]) => sign * 2 ** p),
  )
  .map(Math.fround);

/** Calls of one elementwise op, on numbers of all sizes and on special ones. */
export const functionCalls: fc.Arbitrary<FunctionCall> = fc.record({
  name: fc.constantFrom(...unary, ...binary, 'pow', 'pow', 'cast'),
  dtype: fc.oneof({ weight: 5, arbitrary: fc.constant<DType>('float32') }, fc.constantFrom<DType>('int32', 'float64')),
  values: fc.array(fc.tuple(numbers, numbers), { minLength: 1, maxLength: 24 }),
  number: fc.option(fc.oneof(fc.constantFrom(...specials, 3e9, -3e9, 7, 2), numbers), { nil: undefined }),
  to: fc.constantFrom<DType>('int32', 'uint8', 'bool', 'float32', 'float64'),
});

/** Throws unless an op agrees with its oracle in float64, on all backends and in eager code. */
export async function checkFunction(call: FunctionCall): Promise<void> {
  const args = argumentsOf(call);
  const fn = (...xs: readonly Tensor[]): Tensor => apply(call, xs);
  const eager = orRefused(() => fn(...args));
  const { plain, relaxed, oneLane } = await wasmBackends();
  for (const options of [
    {},
    { backend: plain },
    { backend: relaxed },
    { backend: oneLane },
  ] satisfies CompileOptions[]) {
    const compiled = orRefused(() => compile(fn, options)(...args));
    if (!eager || !compiled) {
      if (eager !== compiled) throw new Error(`eager: ${eager ? 'a value' : 'an error'}, compiled otherwise`);
      continue;
    }
    if (!('backend' in options)) expectSameBits('compiled against eager', [compiled], [eager]);
    else expectNear(options.backend.name, compiled, eager, 4 * tolerance);
  }
  if (eager && call.dtype !== 'float64') expectNear('eager against the oracle', eager, oracle(fn)(...args), tolerance);
}

/** The error that a function in float32 may have, relative to its value. */
const tolerance = 16 * unit.float32;

function argumentsOf({ name, dtype, values, number }: FunctionCall): Tensor[] {
  const column = (i: 0 | 1): Tensor => {
    const data = values.map((pair) => pair[i]);
    return dtype === 'int32'
      ? new Tensor([values.length], dtype, Int32Array.from(data))
      : new Tensor([values.length], dtype, dtype === 'float64' ? Float64Array.from(data) : Float32Array.from(data));
  };
  return binary.includes(name) && number === undefined ? [column(0), column(1)] : [column(0)];
}

function apply({ name, number, to }: FunctionCall, xs: readonly Tensor[]): Tensor {
  if (name === 'cast') return op('cast')(xs[0], to);
  return number !== undefined && binary.includes(name) ? op(name)(xs[0], number) : op(name)(...xs);
}

/** The value, unless the op refuses its dtype or a number. */
function orRefused(run: () => Tensor): Tensor | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof DTypeError) return undefined;
    throw error;
  }
}

function expectNear(what: string, actual: Tensor, right: { readonly data: ArrayLike<number> }, relative: number): void {
  const { data } = actual;
  const isRounded = actual.dtype === 'float32';
  for (let i = 0; i < data.length; i++) {
    const [value, expected] = [data[i]!, right.data[i]!];
    const distance = relative * Math.abs(expected) + 2 ** -147;
    const isNear = isRounded
      ? [expected, expected + distance, expected - distance]
          .map(Math.fround)
          .some((x) => Object.is(x + 0, value + 0)) || Math.abs(value - expected) <= distance
      : Object.is(value + 0, expected + 0) ||
        (actual.dtype === 'float64' && Math.abs(value - expected) <= distance * 2 ** -20);
    if (!isNear) throw new Error(`${what}: element ${i} is ${value}, expected ${expected}`);
  }
}

/** A call as code. */
export function showFunction({ name, dtype, values, number, to }: FunctionCall): string {
  const text = (i: 0 | 1): string => `[${values.map((pair) => pair[i]).join(', ')}]`;
  const second = name === 'cast' ? to : binary.includes(name) ? (number ?? text(1)) : '';
  return `${name} of ${dtype} ${text(0)}${second === '' ? '' : `, ${second}`}`;
}
