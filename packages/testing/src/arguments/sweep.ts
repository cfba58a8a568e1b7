import {
  ChainruleError,
  DTypeError,
  FormatError,
  MissingDataError,
  ShapeError,
  StateError,
  TrainingError,
} from '@chainrule/errors';
import {
  Aligned,
  type Decoder,
  type Model as TokenModel,
  type Normalizer,
  type PostProcessor,
  type PreTokenizer,
} from '@chainrule/text-tokenizer';
import { failing, takingData } from './exceptions.ts';
import { wrongCalls } from './wrongValues.ts';

/** A public function and arguments that it takes. */
export interface Target {
  readonly name: string;
  readonly call: (...args: unknown[]) => unknown;
  /** Makes valid arguments. */
  readonly valid: () => readonly unknown[];
  /** Names that its messages may start with; by default its own. */
  readonly speaksAs?: readonly string[];
  /** Whether errors may come from a function that it calls, and start with the name of that function. */
  readonly delegates?: boolean;
  /** Whether its last argument is an object in which it ignores unknown entries. */
  readonly takesData?: boolean;
}

/** The number of functions and calls of {@link sweep} so far. */
export const swept = { functions: 0, calls: 0 };

/**
 * Calls a function with valid arguments, which must succeed, and with wrong ones. A wrong call may succeed; if it
 * throws, or its promise is rejected, the error must be a `ChainruleError` that starts with the function's name and
 * names an argument in backticks.
 *
 * @returns the faults, a line for each kind of error
 */
export async function sweep(target: Target): Promise<string[]> {
  const { name, call, valid, speaksAs = [name], takesData = takingData.includes(name) } = target;
  const found = new Map<string, string>();
  swept.functions += 1;
  const failed = await errorOf(() => call(...valid()));
  if (failed && !failing.includes(name))
    found.set('valid', `${name}: the call that should succeed threw ${describe(failed)}`);
  for (const { shown, args, mustFail = false } of wrongCalls(valid)) {
    swept.calls += 1;
    const error = await errorOf(() => call(...args));
    const fault =
      mustFail && error === undefined && !takesData
        ? 'accepted an option that nobody knows'
        : faultOf(error, { ...target, speaksAs });
    const kind = fault?.replace(/got .*/, '');
    if (fault && !found.has(kind!)) found.set(kind!, `${name}(${shown}): ${fault}`);
  }
  return [...found.values()];
}

/** A call that takes longer, in milliseconds, is reported as hanging. */
const limit = 60_000;

async function errorOf(run: () => unknown): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`still runs after ${limit / 1000} s`)), limit);
  });
  try {
    await Promise.race([finish(run()), late]);
    return undefined;
  } catch (error) {
    return error;
  } finally {
    clearTimeout(timer);
  }
}

/** Waits for a promise, and uses the result, so that a wrong argument that the function has stored causes its error. */
async function finish(result: unknown): Promise<void> {
  const value = result instanceof Promise ? ((await result) as unknown) : result;
  if (typeof value !== 'object' || value === null) return;
  if (/Generator]$/.test(Object.prototype.toString.call(value))) await (value as AsyncGenerator).next();
  const step = value as Partial<Normalizer & PreTokenizer & Decoder & PostProcessor & TokenModel>;
  const encoding = { ids: [1], tokens: ['a'], offsets: Int32Array.of(0, 1), typeIds: Int32Array.of(0) } as never;
  step.normalize?.(new Aligned('a b'));
  if (typeof step.toJSON === 'function') step.toJSON();
  if (Object.hasOwn(value, 'split')) step.split?.(new Aligned('a b'), true);
  if (Object.hasOwn(value, 'decode')) step.decode?.(['a', 'b'], new Set());
  step.process?.([encoding], true);
  if (Object.hasOwn(value, 'encodeWord')) step.encodeWord?.('ab');
}

/**
 * Errors that describe a conflict or the data that were read, instead of naming an argument. Errors of the system do
 * so, too.
 */
const stating = [ShapeError, DTypeError, FormatError, MissingDataError, StateError, TrainingError];

function faultOf(
  error: unknown,
  { speaksAs, delegates = false }: Required<Pick<Target, 'speaksAs'>> & Target,
): string | undefined {
  if (error === undefined) return undefined;
  if (!(error instanceof ChainruleError)) return `threw ${describe(error)}${where(error)}`;
  const isOwn = speaksAs.some((name) => error.message.startsWith(`${name}:`));
  if (!isOwn && !(delegates && /^[\w. ]+: /.test(error.message)))
    return `speaks in another name: ${error.name}: ${error.message}`;
  return /`[^`]+`/.test(error.message) ||
    /: E[A-Z]+: /.test(error.message) ||
    (stating.some((kind) => error instanceof kind) && (isOwn || !/^item:/.test(error.message)))
    ? undefined
    : `names no argument: ${error.name}: ${error.message}`;
}

function describe(error: unknown): string {
  return error instanceof Error ? String(error) : typeof error;
}

/** The first line of the stack that lies in a package. */
function where(error: unknown): string {
  const line =
    error instanceof Error
      ? error.stack?.split('\n').find((at) => /packages\/.*\/src\//.test(at) && !at.includes('/testing/'))
      : undefined;
  return line ? ` (${line.replace(/.*packages\//, '').replace(')', '')})` : '';
}
