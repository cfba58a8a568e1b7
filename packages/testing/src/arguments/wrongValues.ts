import { inScratch } from './calls/scratch.ts';
import { zeros } from '@chainrule/tensor';

/** Values that JavaScript callers pass by mistake, by their names in reports. */
export const wrongValues: Readonly<Record<string, () => unknown>> = {
  undefined: () => undefined,
  null: () => null,
  'a string': () => inScratch('relu'),
  'an empty string': () => '',
  'a number': () => 7,
  'minus one': () => -1,
  'a negative fraction': () => -2.5,
  NaN: () => NaN,
  'a bigint': () => 3n,
  true: () => true,
  'a symbol': () => Symbol('s'),
  'an empty array': () => [],
  'an array': () => [1, 2],
  'a ragged array': () => [[1], [2, 3]],
  'a typed array': () => Float32Array.of(1, 2),
  'an empty object': () => ({}),
  'an unknown option': () => ({ no_such_option: 1 }),
  'a promise': () => Promise.resolve(1),
  'a function': () => (x: unknown) => x,
  'a map': () => new Map([[1, 2]]),
  'a date': () => new Date(0),
  'a tensor': () => zeros([2, 2]),
  'an object without a prototype': () => Object.create(null) as unknown,
};

/** A call with wrong arguments, and its description in a report. */
export interface WrongCall {
  readonly shown: string;
  readonly args: readonly unknown[];
  /** Whether the call must throw. */
  readonly mustFail?: boolean;
}

/**
 * Calls without arguments, with the same wrong value in every place, with one wrong value among valid ones, with an
 * option that nobody knows, with a wrong value for each option, and in reverse order.
 */
export function wrongCalls(valid: () => readonly unknown[]): WrongCall[] {
  const right = valid();
  const calls: WrongCall[] = [
    { shown: '', args: [] },
    { shown: 'in reverse order', args: [...right].reverse() },
  ];
  const options = right.at(-1);
  if (isPlain(options) && !('data' in options))
    calls.push({
      shown: 'an unknown option beside the others',
      args: [...right.slice(0, -1), { ...options, no_such_option: 1 }],
      mustFail: true,
    });
  for (const [shown, make] of Object.entries(wrongValues)) {
    for (let n = 1; n <= Math.max(2, right.length); n++)
      calls.push({ shown: `${n} × ${shown}`, args: Array.from({ length: n }, make) });
    right.forEach((arg, i) => {
      calls.push({ shown: `${shown} as argument ${i}`, args: replaced(valid(), i, make()) });
      if (!isPlain(arg)) return;
      for (const key of Object.keys(arg))
        calls.push({
          shown: `${shown} as \`${key}\` of argument ${i}`,
          args: replaced(valid(), i, { ...(valid()[i] as object), [key]: make() }),
        });
    });
    calls.push({ shown: `${shown} after the arguments`, args: [...valid(), make()] });
  }
  return calls;
}

function replaced(args: readonly unknown[], at: number, value: unknown): unknown[] {
  return args.map((arg, i) => (i === at ? value : arg));
}

function isPlain(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !('name' in value || 'variables' in value || '~memory' in value)
  );
}
