// Sweeps over sizes: each cell runs eagerly, compiled, and on WebAssembly.
import { valueAndGrad } from '@chainrule/autograd';
import { wasm } from '@chainrule/backend-wasm';
import { type Backend, compile, type Compiled } from '@chainrule/compiler';
import { CaptureError, ChainruleError } from '@chainrule/errors';
import { cast, type FloatDType, full, isFloat, mul, sum, Tensor, type Variable } from '@chainrule/tensor';
import { expectSameBits } from '../programs/agreement.ts';
import { op } from '../programs/dynamic.ts';

/** Sizes of the last axis, and units of layers. */
export const widths: readonly number[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];
/** Sizes of the first axis. */
export const sizes: readonly number[] = [0, ...widths, 64, 65, 66, 67, 68, 69, 70];

/** A function of tensors, and the variables that it reads. */
export interface Subject {
  readonly call: (...args: readonly Tensor[]) => readonly Tensor[];
  readonly variables?: readonly Variable[];
}

/** One point of a sweep. */
export interface Cell {
  readonly name: string;
  /** Arguments of `call`; floats are float32. */
  readonly args: readonly Tensor[];
  /** Makes a new function for floats of one dtype. */
  readonly open: (dtype: FloatDType) => Subject;
  readonly gradients: boolean;
  /** Whether the function draws random numbers. They depend on the dtype, so float64 cannot check float32. */
  readonly random?: boolean;
}

/** Largest error of an element, relative to the largest element of its tensor, or to 1 if that is larger. */
export const tolerance = 1e-4;

type Given = readonly (readonly Tensor[])[];
type Results = readonly (readonly Tensor[])[];

const [oneThread, twoThreads] = [await wasm({ threads: 1 }), await wasm({ threads: 2 })];

/** The weights of the results' elements in the loss; more than any result has elements. */
const lossWeights = new Tensor(
  [40_000],
  'float32',
  Float32Array.from({ length: 40_000 }, (_, i) => Math.cos(i)),
);

/**
 * Checks cells, all in one program.
 *
 * @param options - `threads` says whether to check two threads, too
 * @throws Error unless
 *
 * - eager float32 agrees with eager float64, within {@link tolerance};
 * - the compiled program gives the bits of the eager one;
 * - WebAssembly agrees with both, and two threads give the bits of one;
 * - a cell that throws eagerly throws everywhere.
 */
export function checkCells(cells: readonly Cell[], { threads = true }: { readonly threads?: boolean } = {}): void {
  const wide = cells.map((cell) => outcome(() => runEagerly([cell], 'float64')[0]!));
  cells.filter((_, i) => typeof wide[i] === 'string').forEach(expectFailure);
  const sound = cells.filter((_, i) => typeof wide[i] !== 'string');
  if (sound.length === 0) return;
  const expected = wide.filter((results) => typeof results !== 'string');
  const eager = runEagerly(sound, 'float32');
  const compiled = runCompiled(sound);
  const lanes = runCompiled(sound, oneThread);
  const shared = threads ? runCompiled(sound, twoThreads) : lanes;
  sound.forEach(({ name, random }, i) => {
    if (!random) expectClose(`${name}, eager float32`, eager[i]!, expected[i]!);
    expectSameBits(`${name}, compiled`, compiled[i]!, eager[i]!);
    expectClose(`${name}, WebAssembly`, lanes[i]!, random ? eager[i]! : expected[i]!);
    expectSameBits(`${name}, two threads`, shared[i]!, lanes[i]!);
  });
}

/** The cells as one function, and its arguments. */
function together(cells: readonly Cell[], dtype: FloatDType): readonly [(given: Given) => Results, Given] {
  const subjects = cells.map(({ open }) => open(dtype));
  const args = cells.map((cell) => cell.args.map((x) => (isFloat(x.dtype) ? cast(x, dtype) : x)));
  const all = ([weights, ...given]: Given): Results =>
    subjects.map((subject, i) =>
      cells[i]!.gradients ? withGradients(subject, given[i]!, weights![0]!) : subject.call(...given[i]!),
    );
  return [all, [[cast(lossWeights, dtype)], ...args]];
}

function runEagerly(cells: readonly Cell[], dtype: FloatDType): Results {
  const [all, args] = together(cells, dtype);
  return all(args);
}

function runCompiled(cells: readonly Cell[], backend?: Backend): Results {
  const [all, args] = together(cells, 'float32');
  const compiled: Compiled<typeof all> = compile(all, { ...(backend && { backend }) });
  const results = compiled(args);
  // Reading copies the values out of the program's memory.
  for (const tensors of results) for (const x of tensors) void x.data;
  compiled.dispose();
  return results;
}

/** Results, gradients by all floats and variables, and the new values of variables that are not trained. */
function withGradients(
  { call, variables = [] }: Subject,
  args: readonly Tensor[],
  lossWeights: Tensor,
): readonly Tensor[] {
  const trained = variables.filter(({ trainable }) => trainable);
  const floats = args.filter((x) => isFloat(x.dtype));
  const loss = ([inputs]: readonly [readonly Tensor[], readonly Variable[]]): readonly [Tensor, ...Tensor[]] => {
    const queue = [...inputs];
    const results = call(...args.map((x) => (isFloat(x.dtype) ? queue.shift()! : x)));
    return [weigh(results, lossWeights), ...results];
  };
  const [[, ...results], gradients] = valueAndGrad(loss)([floats, trained]);
  const state = variables.filter(({ trainable }) => !trainable).map(({ value }) => value);
  return [...results, ...(gradients as Results).flat(), ...state];
}

/** Σ wᵢ·yᵢ² / √n over all floats, with weights that differ, so that no two of n elements have the same gradient. */
function weigh(results: readonly Tensor[], factors: Tensor): Tensor {
  const sums = results
    .filter((y) => isFloat(y.dtype))
    .map((y) => {
      const wide = op('cast')(y, factors.dtype);
      const weights = op('reshape')(op('slice')(factors, [0], [y.size]), y.shape);
      return sum(mul(mul(mul(wide, wide), weights), 1 / Math.sqrt(Math.max(1, y.size))));
    });
  return sums.reduce((a, b) => op('add')(a, b), full([], 0, factors.dtype));
}

/** The results, or the message of the error. */
function outcome(run: () => readonly Tensor[]): readonly Tensor[] | string {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof ChainruleError) || error instanceof CaptureError) throw error;
    return error.message;
  }
}

/** Of several errors, any may be the one that is thrown. */
function expectFailure(cell: Cell): void {
  for (const run of [
    () => runEagerly([cell], 'float32'),
    () => runCompiled([cell]),
    () => runCompiled([cell], oneThread),
    () => runCompiled([cell], twoThreads),
  ])
    if (typeof outcome(() => run()[0]!) !== 'string') throw new Error(`${cell.name}: throws in eager float64 only`);
}

function expectClose(what: string, actual: readonly Tensor[], expected: readonly Tensor[]): void {
  if (actual.length !== expected.length)
    throw new Error(`${what}: ${actual.length} results, expected ${expected.length}`);
  expected.forEach((right, i) => {
    const found = actual[i]!;
    if (found.shape.join() !== right.shape.join())
      throw new Error(`${what}: result ${i} has shape [${found.shape.join()}], expected [${right.shape.join()}]`);
    const [data, wanted] = [found.data, right.data];
    const allowed = isFloat(found.dtype) ? tolerance * scaleOf(wanted) : 0;
    for (let at = 0; at < wanted.length; at++) {
      const [value, best] = [data[at]!, wanted[at]!];
      if (Math.abs(value - best) <= allowed || value === best || (Number.isNaN(value) && Number.isNaN(best))) continue;
      throw new Error(`${what}: result ${i} [${right.shape.join()}], element ${at} is ${value}, expected ${best}`);
    }
  });
}

function scaleOf(data: ArrayLike<number>): number {
  let scale = 1;
  for (let i = 0; i < data.length; i++) if (Number.isFinite(data[i])) scale = Math.max(scale, Math.abs(data[i]!));
  return scale;
}
