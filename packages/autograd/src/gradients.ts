import { DTypeError, showValue } from '@chainrule/errors';
import { isFloat, isTensor, type Tensor, Variable } from '@chainrule/tensor';
import { treeLeaves, treeMap } from '@chainrule/tensor/graph';
import { GradientTape } from './tape.ts';

/** The type of the gradients of a tree, in which a tensor replaces each tensor and each variable. */
export type Gradients<T> =
  T extends Variable<infer S, infer D>
    ? Tensor<S, D>
    : T extends Tensor
      ? T
      : T extends readonly unknown[]
        ? { -readonly [K in keyof T]: Gradients<T[K]> }
        : T extends object
          ? { -readonly [K in keyof T]: Gradients<T[K]> }
          : never;

/**
 * The function that `valueAndGrad` returns. For a function of no arguments, such as one that reads variables, the call
 * determines the type of what to differentiate by.
 */
export type WithGradient<First, Rest extends readonly unknown[], Result> = unknown extends First
  ? <F>(first: F, ...rest: Rest) => [value: Result, gradient: Gradients<F>]
  : (first: First, ...rest: Rest) => [value: Result, gradient: Gradients<First>];

/** The function that `grad` returns; see {@link WithGradient}. */
export type OnlyGradient<First, Rest extends readonly unknown[]> = unknown extends First
  ? <F>(first: F, ...rest: Rest) => Gradients<F>
  : (first: First, ...rest: Rest) => Gradients<First>;

/** Arguments whose tensors and variables a tape watches. */
export interface Watched<T> {
  readonly tape: GradientTape;
  /** The tree to call the function with: stand-ins for tensors, and the variables. */
  readonly args: T;
  /** The tensors with respect to which to differentiate. */
  readonly targets: readonly Tensor[];
  /** Arranges one tensor for each target as the tree. */
  readonly collect: (gradients: readonly Tensor[]) => Gradients<T>;
}

/** Watches every tensor and variable of `tree`; each must be float32 or float64. */
export function watch<T>(op: string, tree: T): Watched<T> {
  const tape = new GradientTape();
  const targets: Tensor[] = [];
  for (const { leaf, path } of treeLeaves(tree)) {
    if (!isTensor(leaf) && !(leaf instanceof Variable)) {
      throw new DTypeError(
        `${op}: ${nameOf(path)} must be a tensor or a variable, got ${showValue(leaf)}${typeof leaf === 'number' ? `; write \`tensor(${leaf})\`` : ''}`,
      );
    }
    if (!isFloat(leaf.dtype)) {
      throw new DTypeError(`${op}: ${nameOf(path)} must be float32 or float64, got ${leaf.dtype}`);
    }
    targets.push(leaf instanceof Variable ? tape.watchVariable(leaf, (leaf as Variable).value) : tape.watch(leaf));
  }
  let at = 0;
  const args = treeMap(tree, (leaf) => {
    const target = targets[at++]!;
    return leaf instanceof Variable ? leaf : target;
  }) as T;
  return {
    tape,
    args,
    targets,
    collect: (gradients) => {
      let next = 0;
      return treeMap(tree, () => gradients[next++]!) as Gradients<T>;
    },
  };
}

const nameOf = (path: string): string => (path === '' ? 'the argument' : `\`${path}\``);
