import { CaptureError } from '@chainrule/errors';
import { aBoolean, aFunction, aString, checkOptions } from '@chainrule/errors/check';
import type { Tensor } from '@chainrule/tensor';
import { isTracing, treeTensors } from '@chainrule/tensor/graph';
import { aBackend, type Backend, type Executable, type Program } from '../backend/backend.ts';
import { type CacheKey, cacheKey, keyDifference, keyText } from './cacheKey.ts';
import { captureProgram, type Captured } from './capture.ts';
import { defaultBackend } from '../backend/defaultBackend.ts';
import { describeGraph, describeValue } from '../graph/describe.ts';
import { fuse } from '../passes/fuse.ts';
import { showProfile } from '../backend/profile.ts';
import { identityOf } from '../graph/identity.ts';
import { simplify } from '../passes/simplify.ts';

/** Options of {@link compile}, for a function that returns `R`. */
export interface CompileOptions<R = unknown> {
  /** The backend that runs programs. Default the one of `setDefaultBackend`, or the reference. */
  readonly backend?: Backend;
  /** Whether to simplify the graph. Default true. */
  readonly simplify?: boolean;
  /** Whether to fuse elementwise operations. Default true. */
  readonly fuse?: boolean;
  /** The name of the function in errors. Default its own name. */
  readonly name?: string;
  /**
   * Decides from the result whether the call counts. If it returns false, no variable is assigned; the call still
   * returns the result. It has no effect inside a gradient or another capture. By default every call counts.
   */
  accept?(result: R): boolean;
}

/** A compiled function and its programs. */
export type Compiled<F> = F & {
  /** The cached programs, least recently used first. */
  readonly programs: () => readonly CompiledProgram[];
  /** Frees the programs at once instead of when the function is collected. A later call compiles again. */
  readonly dispose: () => void;
};

/** The program of a compiled function for arguments of certain shapes. */
export interface CompiledProgram {
  readonly program: Program;
  readonly executable: Executable;
  /** The backend's plan as text. */
  explain(): string;
  /** A table of the time that each part takes. `runs`: number of runs to measure, default 20. */
  profile(runs?: number): string;
}

interface Entry {
  readonly program: Program;
  readonly executable: Executable;
  readonly captured: Captured;
  readonly key: CacheKey;
  /** A description of the capture. It is dropped when a second capture agrees with it. */
  lines: string[] | undefined;
}

const mostPrograms = 16;
const warnAt = 8;

/**
 * Compiles a function of tensors. The function runs once on symbols. Its operations are simplified and fused, and
 * replayed at each later call with arguments of the same shapes.
 *
 * Values that change from call to call must be tensor arguments or variables: numbers, strings and values of closures
 * become part of the program. The second call captures again and compares, which finds `Math.random` and closures that
 * change. All assignments of variables are committed together after the last kernel. A call that throws, or that
 * `accept` rejects, commits nothing.
 *
 * @param fn - a synchronous function; its arguments and its result are trees with tensors and other values
 * @returns a function of the same type; inside a gradient or another capture, its operations become part of that
 * @throws CaptureError if the function depends on a value that is not an argument, reads a value of a tensor, or
 *   returns a promise
 * @example
 * const step = compile((x: Tensor) => add(mul(x, x), 1));
 * step(tensor([1, 2])).toArray(); // => 2,5
 * const total = new Variable(tensor(0));
 * const addTo = compile((x: Tensor) => (total.assign(add(total.value, x)), x), { accept: (x) => Number.isFinite(x.item()) });
 * [1, NaN, 2].forEach((x) => addTo(tensor(x)));
 * total.value.item(); // => 3
 */
export function compile<Args extends readonly unknown[], R>(
  fn: (...args: Args) => R,
  options: CompileOptions<NoInfer<R>> = {},
): Compiled<(...args: Args) => R> {
  aFunction('compile', 'fn', fn);
  checkOptions<CompileOptions>('compile', options, {
    backend: aBackend,
    simplify: aBoolean,
    fuse: aBoolean,
    name: aString,
    accept: aFunction,
  });
  const name = options.name ?? (fn.name || 'the function');
  const entries = new Map<string, Entry>();
  let captures = 0;
  const entryOf = (args: Args): Entry => {
    const key = cacheKey(args);
    const text = keyText(key);
    const known = entries.get(text);
    if (known) checkRecapture(name, known, fn, args);
    const entry = known ?? prepare(fn, args, key, options);
    if (!known) warnOfRecompilation(name, ++captures, key, entries);
    entries.delete(text);
    entries.set(text, entry);
    evict(entries);
    return entry;
  };
  const run = (...args: Args): R => {
    if (isTracing()) return fn(...args);
    const { executable, captured } = entryOf(args);
    const results: Tensor[] = executable.run([...treeTensors(args), ...captured.hidden]);
    return captured.collect(results) as R;
  };
  const dispose = (): void => {
    for (const { executable } of entries.values()) executable.dispose();
    entries.clear();
  };
  return Object.assign(run, { programs: () => [...entries.values()].map(shown), dispose });
}

function shown({ program, executable }: Entry): CompiledProgram {
  return {
    program,
    executable,
    explain: () => executable.explain(),
    profile: (runs = 20) => showProfile(executable.profile(runs)),
  };
}

function prepare(
  fn: (...args: never[]) => unknown,
  args: readonly unknown[],
  key: CacheKey,
  options: CompileOptions<never>,
): Entry {
  const captured = captureProgram(fn, args);
  const simple = (options.simplify ?? true) ? simplify(captured.graph) : captured.graph;
  const { fuse: joins = true } = options;
  const program: Program = {
    graph: joins ? fuse(simple) : simple,
    results: captured.results,
    assigns: captured.assigns,
    fuse: joins,
    accept: options.accept && ((results) => options.accept!(captured.collect(results) as never)),
  };
  const executable = (options.backend ?? defaultBackend()).prepare(program);
  return { program, executable, captured, key, lines: describeCapture(captured) };
}

function describeCapture({ graph, hidden, assigns, leaves }: Captured): string[] {
  return [
    ...describeGraph(graph),
    ...hidden.map(describeValue),
    ...assigns.map((v) => `assigns ${v.name} #${identityOf(v)}`),
    ...leaves,
  ];
}

/** Captures a second time and compares. A program that depends on hidden inputs would be wrong from now on. */
function checkRecapture(name: string, entry: Entry, fn: (...args: never[]) => unknown, args: readonly unknown[]): void {
  const { lines } = entry;
  if (!lines) return;
  const again = describeCapture(captureProgram(fn, args));
  const longer = again.length > lines.length ? again : lines;
  const at = longer.findIndex((_, i) => again[i] !== lines[i]);
  if (at >= 0) {
    const [was, is] = [lines[at] ?? 'nothing', again[at] ?? 'nothing'].map((line) =>
      line.length > 160 ? `${line.slice(0, 160)}…` : line,
    );
    throw new CaptureError(
      `compile: ${name} must do the same at every call with the same shapes, got \`${is}\` where the first capture had \`${was}\`; ` +
        'pass what changes as a tensor argument or keep it in a Variable, and draw random numbers from a Generator',
    );
  }
  entry.lines = undefined;
}

function warnOfRecompilation(name: string, captures: number, key: CacheKey, entries: ReadonlyMap<string, Entry>): void {
  if (captures !== warnAt) return;
  const last = [...entries.values()].at(-1);
  const changed = last && keyDifference(last.key, key);
  // eslint-disable-next-line no-console -- a warning, and nowhere else to put it
  console.warn(
    `compile: ${name} has been captured ${captures} times; ${changed ? `${changed.path} changes, last from ${changed.from} to ${changed.to}` : 'its arguments change'}. ` +
      'Each capture is slow: pass changing numbers as tensors, and pad or bucket changing shapes',
  );
}

function evict(entries: Map<string, Entry>): void {
  for (const [text, entry] of entries) {
    if (entries.size <= mostPrograms) return;
    entry.executable.dispose();
    entries.delete(text);
  }
}
