import { ChainruleError, DTypeError, FormatError, ShapeError } from '@chainrule/errors';
import { wrongCalls } from './wrongValues.ts';

/** A public function and arguments that it takes. */
export interface Target {
  readonly name: string;
  readonly call: (...args: unknown[]) => unknown;
  /** Fresh arguments that are right. */
  readonly valid: () => readonly unknown[];
  /** Names that its messages may start with; by default its own. */
  readonly speaksAs?: readonly string[];
}

/**
 * Calls a function with wrong arguments. A call may succeed; if it throws, or its promise is rejected, the error must be a
 * `ChainruleError` that starts with the function's name and names an argument in backticks.
 *
 * @returns what is wrong, one line for each kind of error
 */
export async function sweep({ name, call, valid, speaksAs = [name] }: Target): Promise<string[]> {
  const found = new Map<string, string>();
  for (const { shown, args, mustFail } of wrongCalls(valid)) {
    const error = await errorOf(() => call(...args));
    const fault = mustFail && error === undefined ? 'accepted an option that nobody knows' : faultOf(error, speaksAs);
    const kind = fault?.replace(/got .*/, '');
    if (fault && !found.has(kind!)) found.set(kind!, `${name}(${shown}): ${fault}`);
  }
  return [...found.values()];
}

async function errorOf(run: () => unknown): Promise<unknown> {
  try {
    const result = run();
    await (isThenable(result) ? result : undefined);
    return undefined;
  } catch (error) {
    return error;
  }
}

function isThenable(value: unknown): value is Promise<unknown> {
  return value instanceof Promise;
}

function faultOf(error: unknown, speaksAs: readonly string[]): string | undefined {
  if (error === undefined) return undefined;
  if (!(error instanceof ChainruleError))
    return `threw ${error instanceof Error ? String(error) : typeof error}${where(error)}`;
  if (!speaksAs.some((name) => error.message.startsWith(`${name}:`)))
    return `speaks in another name: ${error.name}: ${error.message}`;
  // Errors about operands that do not fit together state the shapes or dtypes; those about formats, what was read.
  return [ShapeError, DTypeError, FormatError].some((kind) => error instanceof kind) || /`[^`]+`/.test(error.message)
    ? undefined
    : `names no argument: ${error.name}: ${error.message}`;
}

/** The first line of the stack in the packages. */
function where(error: unknown): string {
  const line =
    error instanceof Error
      ? error.stack?.split('\n').find((at) => /packages\/.*\/src\//.test(at) && !at.includes('/testing/'))
      : undefined;
  return line ? ` (${line.replace(/.*packages\//, '').replace(')', '')})` : '';
}
