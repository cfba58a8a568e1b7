import { DTypeError, showValue } from '@chainrule/errors';
import { isFloat, isTensor, type Tensor, Variable } from '@chainrule/tensor';
import { treeLeaves, treeMap } from '@chainrule/tensor/graph';
import { GradientTape } from './tape.ts';

/** The tree of gradients of a tree: a tensor in place of each tensor and each variable. */
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

/** Arguments whose tensors and variables a tape watches. */
export interface Watched<T> {
  readonly tape: GradientTape;
  /** The tree to call the function with: stand-ins for tensors, variables as they are. */
  readonly args: T;
  /** What gradients are asked for. */
  readonly targets: readonly Tensor[];
  /** Puts one tensor a target into the shape of the tree. */
  readonly collect: (gradients: readonly Tensor[]) => Gradients<T>;
}

/** Watches every tensor and variable of `tree`; each must be float32 or float64. */
export function watch<T>(op: string, tree: T): Watched<T> {
  const tape = new GradientTape();
  const targets: Tensor[] = [];
  for (const { leaf, path } of treeLeaves(tree)) {
    if (!isTensor(leaf) && !(leaf instanceof Variable)) {
      throw new DTypeError(
        `${op}: differentiates by tensors and variables, got ${showValue(leaf)} at \`${path || 'the argument'}\``,
      );
    }
    if (!isFloat(leaf.dtype)) {
      throw new DTypeError(
        `${op}: differentiates by float32 and float64, got ${leaf.dtype} at \`${path || 'the argument'}\``,
      );
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
