import { ChainruleError } from '@chainrule/errors';
import { type DType, Generator, Tensor, tensor, Variable, zerosLike } from '@chainrule/tensor';
import { allocate, Capture, sizeOf, withTrace } from '@chainrule/tensor/graph';
import { mulberry } from '../sampler.ts';
import type { State } from './instruction.ts';
import { instructions } from './instructions.ts';

/** One argument of a program; its values come from the seed. */
export interface Argument {
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly seed: number;
  /**
   * In `equalRows` or `equalColumns`, all numbers are equal, so that additions along them round in the same direction.
   */
  readonly values: 'moderate' | 'coarse' | 'positive' | 'equalRows' | 'equalColumns' | 'special' | 'huge';
}

/**
 * An instruction, the positions of its operands, counted back from the newest value, and the number that chooses its
 * options.
 */
export type Step = readonly [name: string, a: number, b: number, k: number];

/** A function of its arguments. It returns some of the values that its steps compute. */
export interface Program {
  readonly args: readonly Argument[];
  readonly steps: readonly Step[];
  /** Results larger than this are left out. */
  readonly most: number;
}

/** The state before a run; with `wide`, everything that is float32 is float64. */
export function newState(wide = false): State {
  const typed = (dtype: DType): DType => (wide && dtype === 'float32' ? 'float64' : dtype);
  return { rng: new Generator(5), variable: new Variable(initial(typed('float32'))), typed };
}

/** Restores the initial state. */
export function reset({ rng, variable }: State): void {
  rng.counter.assign(zerosLike(rng.counter.value));
  variable.assign(initial(variable.dtype));
}

const initial = (dtype: DType): Tensor => tensor(0.75, undefined, dtype);

const specials = [0, -0, 1, -1, NaN, Infinity, -Infinity, 1e-45, -1e-40, 0.5, -2, 88.8, -104];
/** Numbers whose squares overflow. Rounding errors of sums that cancel are large, too, so gradients are not checked. */
const huge = [1e30, -2e30, 2 ** 31, -(2 ** 31) - 1, 2 ** 63, 1e20];

/** The arguments' values, in [−2, 2), except special values. */
export function argumentsOf(program: Program): Tensor[] {
  return program.args.map(({ shape, dtype, seed, values }) => {
    const random = mulberry(seed);
    const data = allocate(dtype, sizeOf(shape));
    const width = shape.at(-1) ?? 1;
    for (let i = 0; i < data.length; i++) {
      if (values === 'equalRows' && i % width > 0) data[i] = data[i - 1]!;
      else if (values === 'equalColumns' && i >= width) data[i] = data[i - width]!;
      else data[i] = valueOf(random, dtype, values);
    }
    return new Tensor([...shape], dtype, data);
  });
}

function valueOf(random: () => number, dtype: DType, values: Argument['values']): number {
  if (dtype === 'bool') return random() < 0.5 ? 0 : 1;
  if (dtype === 'uint8') return Math.floor(random() * 256);
  const isSpecial = values === 'special' || values === 'huge';
  if (dtype === 'int32') return isSpecial ? Math.floor((random() - 0.5) * 2 ** 32) : Math.floor(random() * 9) - 4;
  if (isSpecial && random() < 0.4) {
    const choices = values === 'huge' ? [...specials, ...huge] : specials;
    return choices[Math.floor(random() * choices.length)]!;
  }
  if (values === 'coarse') return Math.floor(random() * 16 - 8) / 4;
  return ['positive', 'equalRows', 'equalColumns'].includes(values)
    ? Math.fround(random())
    : Math.fround(random() * 4 - 2);
}

/**
 * Runs a program once to find the steps whose operands fit. Returns the program with only these steps.
 *
 * @throws errors of instructions, except those of the library
 */
export function settle(program: Program): Program {
  const kept: Step[] = [];
  execute(program, argumentsOf(program), newState(), (step) => void kept.push(step));
  return { ...program, steps: kept };
}

/** The results of a settled program: its last values, and one from the middle. */
export function run(program: Program, args: readonly Tensor[], state: State): Tensor[] {
  const pool = execute(program, args, state);
  return [...pool.slice(-3), pool[pool.length >> 1]!];
}

/**
 * Returns all values. With `keep`, steps may fail or make results that are too large; `keep` is called with the others.
 */
export function execute(
  { steps, most }: Program,
  args: readonly Tensor[],
  state: State,
  keep?: (step: Step) => void,
): Tensor[] {
  const pool = [...args];
  for (const step of steps) {
    const [name, a, b, k] = step;
    // Operands count from the end of the pool, so leaving out a step does not move them.
    const at = (i: number): Tensor => pool[pool.length - 1 - (i % pool.length)]!;
    const run = (x: Tensor, y: Tensor) => instructions.get(name)!(x, y, k, state);
    if (keep && isTooLarge(run, at(a), at(b), most)) continue;
    const results = attempt(() => run(at(a), at(b)), keep !== undefined);
    if (!results) continue;
    keep?.(step);
    pool.push(...results);
  }
  return pool;
}

/**
 * Whether an instruction would make a tensor of more than `most` elements. Runs it on symbols, which need no memory.
 */
function isTooLarge(run: (a: Tensor, b: Tensor) => Made, a: Tensor, b: Tensor, most: number): boolean {
  const capture = new Capture('program');
  const results = attempt(() => withTrace(capture, () => run(capture.input(a), capture.input(b))), true);
  return results?.some(({ shape }) => sizeOf(shape) > most) ?? false;
}

type Made = Tensor | readonly Tensor[] | undefined;

function attempt(make: () => Made, mayFail: boolean): readonly Tensor[] | undefined {
  try {
    const made = make();
    return made instanceof Tensor ? [made] : made;
  } catch (error) {
    if (mayFail && error instanceof ChainruleError) return undefined;
    throw error;
  }
}
