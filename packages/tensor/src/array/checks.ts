import { DTypeError, showValue } from '@chainrule/errors';
import { type Check, checkOptions, type Checks, refuse } from '@chainrule/errors/check';
import { isTensor } from './tensor.ts';

/** Checks that the value is a tensor. The error says how to make one from the given value. */
export const aTensor: Check = (op, name, value) => {
  if (!isTensor(value)) refuse(op, name, 'a tensor', value, remedyFor(value));
};

/** Checks that the value is a tensor or a number. A number takes the dtype of the other operand. */
export const anOperand: Check = (op, name, value) => {
  if (typeof value !== 'number' && !isTensor(value)) refuse(op, name, 'a tensor or a number', value, remedyFor(value));
};

function remedyFor(value: unknown): string | undefined {
  if (Array.isArray(value) || typeof value === 'number' || ArrayBuffer.isView(value))
    return 'make one with `tensor(…)`';
  return isTensor((value as { value?: unknown } | null | undefined)?.value) ? 'pass its `value`' : undefined;
}

/** Checks that the value is a list of tensors. */
export const tensors: Check = (op, name, value) => {
  if (!Array.isArray(value))
    refuse(op, name, 'a list of tensors', value, isTensor(value) ? `write a list, as in \`${op}([a, b])\`` : undefined);
  for (const [i, x] of value.entries()) aTensor(op, `${name}[${i}]`, x);
};

/** Checks for float32 or float64. Nodes check other dtypes. */
export const aFloatDType: Check = (op, name, value) => {
  if (value !== 'float32' && value !== 'float64')
    throw new DTypeError(`${op}: \`${name}\` must be float32 or float64, got ${showValue(value)}`);
};

/** Checks that the value is a list of numbers, such as a shape. */
export const numbers: Check = (op, name, value) => {
  if (isNumbers(value)) return;
  refuse(
    op,
    name,
    'a list of integers',
    value,
    typeof value === 'number'
      ? `write a list, as in \`[${value}]\``
      : Array.isArray(value) && value.includes(null)
        ? 'write -1 for the size that follows from the others'
        : undefined,
  );
};

/** Checks that the value is a number or a list of numbers: one axis or several. */
export const numberOrNumbers: Check = (op, name, value) => {
  if (typeof value !== 'number' && !isNumbers(value)) refuse(op, name, 'an integer or a list of integers', value);
};

/** Checks that the value is a number. `normalizeAxis` compares it with the rank. */
export const anAxis: Check = (op, name, value) => {
  if (typeof value !== 'number') refuse(op, name, 'an integer', value);
};

/** `every` skips holes, which `includes` finds. */
function isNumbers(value: unknown): boolean {
  return Array.isArray(value) && value.every((n) => typeof n === 'number') && !(value as unknown[]).includes(undefined);
}

export const twoTensors: Readonly<Record<string, Check>> = { a: aTensor, b: aTensor };

/** The two operands of an elementwise op. */
export const twoOperands: Readonly<Record<string, Check>> = { a: anOperand, b: anOperand };

/** The options of an op with one axis. */
export interface AxisOptions {
  readonly axis?: number;
}

export const axisChecks: Checks<AxisOptions> = { axis: anAxis };

/** The options of an op with several axes. */
export interface AxesOptions {
  readonly axis?: number | readonly number[];
}

export const axesChecks: Checks<AxesOptions> = { axis: numberOrNumbers };

/**
 * Reads the options at the end of a call: `{ axis, keepDims }`, `axis` alone, or `axis` followed by the other options.
 *
 * @param checks - a check for each option
 * @throws OptionError for unknown options and invalid values
 * @example
 * readOptions('softmax', { axis: anAxis }, [1]); // => { axis: 1 }
 */
export function readOptions<Options extends object>(
  op: string,
  checks: Checks<Options>,
  rest: readonly unknown[],
): Options {
  const [first, more] = rest;
  if (!('axis' in checks) || (typeof first === 'object' && !Array.isArray(first))) {
    checkOptions(op, first as Options | undefined, checks);
    return (first ?? {}) as Options;
  }
  checkOptions(op, more as Options | undefined, checks);
  if (first === undefined) return (more ?? {}) as Options;
  (checks.axis as Check)(op, 'axis', first);
  return { ...(more as Options), axis: first };
}
