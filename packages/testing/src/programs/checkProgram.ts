import { grad } from '@chainrule/autograd';
import { wasm } from '@chainrule/backend-wasm';
import { type Backend, compile, type CompileOptions } from '@chainrule/compiler';
import { isFloat, Tensor } from '@chainrule/tensor';
import { sizeOf } from '@chainrule/tensor/graph';
import { mulberry } from '../sampler.ts';
import { type Expected, expectAgreement, expectationOf, expectSameBits } from './agreement.ts';
import { op } from './dynamic.ts';
import { noisyReference } from './noise.ts';
import type { State } from './instruction.ts';
import { argumentsOf, newState, type Program, reset, run } from './program.ts';

/** The kinds of WebAssembly that programs run on, made once. */
export interface WasmBackends {
  readonly plain: Backend;
  readonly twoThreads: Backend;
  readonly relaxed: Backend;
  readonly oneLane: Backend;
}

/** A result that is 0 in one order of operations may be a rounding error in another. Values are about 1. */
const cancelled = 2 ** -22;

/** How many equal numbers kernels may add one by one in float32, each of which may cost a unit. */
function additionsOf(step: string): number {
  return /matmul|dot/.test(step) ? 512 : /conv|depthwise/.test(step) ? 256 : 64;
}

let made: Promise<WasmBackends> | undefined;

export function wasmBackends(): Promise<WasmBackends> {
  return (made ??= makeBackends());
}

async function makeBackends(): Promise<WasmBackends> {
  return {
    plain: await wasm({ threads: 1, relaxed: false }),
    twoThreads: await wasm({ threads: 2, relaxed: false }),
    relaxed: await wasm({ threads: 1 }),
    oneLane: await wasm({ threads: 1, simd: false }),
  };
}

/** A program as a function of its arguments: its results, or its gradients. */
export type Task = (args: readonly Tensor[], state: State) => Tensor[];

export function valuesOf(program: Program): Task {
  return (args, state) => run(program, args, state);
}

/** A weighted sum of all float results. */
export function lossOf(program: Program): (args: readonly Tensor[], state: State) => Tensor {
  return (args, state) => weightedSum(run(program, args, state));
}

/** The gradient of the loss by all float arguments. */
export function gradientsOf(program: Program): Task {
  const loss = lossOf(program);
  return (args, state) => {
    const floats = args.filter(({ dtype }) => isFloat(dtype));
    return grad((xs: readonly Tensor[]) => {
      let next = 0;
      return loss(
        args.map((x) => (isFloat(x.dtype) ? xs[next++]! : x)),
        state,
      );
    })(floats);
  };
}

/** Returns a function that runs a task, eager or compiled, from the initial state. It also returns the final state. */
function runner(task: Task, state: State, options?: CompileOptions): (args: readonly Tensor[]) => Tensor[] {
  const f = (...xs: Tensor[]): Tensor[] => task(xs, state);
  const call = options ? compile(f, options) : f;
  return (args) => {
    reset(state);
    return [...call(...args), state.variable.value];
  };
}

function weightedSum(results: readonly Tensor[]): Tensor {
  const floats = results.filter(({ dtype }) => isFloat(dtype));
  const dtype = floats.every((x) => x.dtype === 'float32') ? 'float32' : 'float64';
  const terms = floats.map((x, i) => op('cast')(op('sum')(op('mul')(x, weights(x, i))), dtype));
  return terms.reduce(
    (a, b) => op('add')(a, b),
    op('cast')(op('sum')(new Tensor([0], 'float32', new Float32Array(0))), dtype),
  );
}

/** Weights between ½ and 1 and their opposites, so that sums of softmaxes have gradients. */
function weights({ shape, dtype }: Tensor, seed: number): Tensor {
  const random = mulberry(seed + 1);
  const data = Float64Array.from({ length: sizeOf(shape) }, () => Math.fround(random() - (random() < 0.5 ? 1 : 0)));
  return new Tensor([...shape], dtype, dtype === 'float64' ? data : Float32Array.from(data));
}

const onReference: readonly CompileOptions[] = [{ fuse: false }, { simplify: false }, { simplify: false, fuse: false }];

/** Expects compiled programs on the reference to give the bits of eager ones. */
function checkCompiled(task: Task, args: readonly Tensor[], { values }: Expected, variant: number): void {
  for (const options of [{}, onReference[variant % onReference.length]!])
    expectSameBits(
      `compiled with ${JSON.stringify(options)} against eager`,
      runner(task, newState(), options)(args),
      values,
    );
}

/** Expects programs on WebAssembly to agree with eager ones, and not to depend on the number of threads. */
async function checkWasm(
  task: Task,
  args: readonly Tensor[],
  expected: Expected,
  { plain, twoThreads, relaxed, oneLane }: WasmBackends,
  variant: number,
): Promise<void> {
  const call = runner(task, newState(), { backend: plain });
  const first = call(args);
  await expectAgreement('WebAssembly against eager', first, expected, cancelled);
  expectSameBits('a second call against the first', call(args), first);
  if (variant % 2 === 0)
    return expectSameBits('two threads against one', runner(task, newState(), { backend: twoThreads })(args), first);
  const others: readonly (readonly [string, CompileOptions])[] = [
    ['relaxed WebAssembly', { backend: relaxed }],
    ['WebAssembly without SIMD', { backend: oneLane }],
    ['WebAssembly without fusion', { backend: plain, fuse: false }],
    ['WebAssembly without simplification', { backend: plain, simplify: false }],
  ];
  const [name, options] = others[(variant >> 1) % others.length]!;
  await expectAgreement(`${name} against eager`, runner(task, newState(), options)(args), expected, cancelled);
}

/** Expects float32 to agree with float64. Values must stay in the range of float32. */
async function checkWide(task: Task, args: readonly Tensor[], expected: Expected): Promise<void> {
  const wide = runner(task, newState(true))(args.map((x) => (x.dtype === 'float32' ? op('cast')(x, 'float64') : x)));
  await expectAgreement(
    'float64 against float32',
    wide.map((x, i) => inRange(x, expected.values[i]!)),
    expected,
    cancelled,
  );
}

/** Converts float64 results to float32; numbers that are too large become infinite. */
function inRange(x: Tensor, { dtype }: Tensor): Tensor {
  return dtype === 'float32' ? op('cast')(x, 'float32') : x;
}

/** Everything that must hold for a program; `program` is settled. */
export async function checkProgram(
  program: Program,
  { gradients, wide }: { readonly gradients: boolean; readonly wide: boolean },
): Promise<void> {
  const args = argumentsOf(program);
  const task = gradients ? gradientsOf(program) : valuesOf(program);
  // Programs of long tensors are expensive, so noise has fewer runs. They have few steps, so less noise reveals
  // smaller errors.
  const isLong = program.most > 1e6;
  const noisy = runner(task, newState(), {
    backend: isLong ? noisyReference(1, 4) : noisyReference(1),
    simplify: false,
    fuse: false,
  });
  const expected = await expectationOf(
    runner(task, newState())(args),
    () => noisy(args),
    isLong ? 5 : 61,
    isLong ? 1 : 3,
    isLong ? Math.max(...program.steps.map(([name]) => additionsOf(name))) : undefined,
  );
  if (wide) await checkWide(task, args, expected);
  // Each program is run in some of the possible ways.
  const variant = program.steps.reduce((sum, [, , , k]) => sum + k, args.length);
  if (!isLong) checkCompiled(task, args, expected, variant);
  await checkWasm(task, args, expected, await wasmBackends(), variant);
}
