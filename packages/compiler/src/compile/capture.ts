import { CaptureError, showValue } from '@chainrule/errors';
import { isTensor, type Tensor } from '@chainrule/tensor';
import { Capture, treeLeaves, treeReplace, treeTensors, withTrace } from '@chainrule/tensor/graph';
import type { Program } from '../backend/backend.ts';

/** A function's graph for one set of argument shapes. */
export interface Captured extends Omit<Program, 'fuse' | 'accept'> {
  /** Large closed-over tensors, passed to the program after the arguments' tensors. */
  readonly hidden: readonly Tensor[];
  /** A description of each leaf of the result. */
  readonly leaves: readonly string[];
  /** Arranges the results as the tree that the function returned. */
  collect(results: readonly Tensor[]): unknown;
}

/** Runs the function once on symbols and records its nodes. */
export function captureProgram(fn: (...args: never[]) => unknown, args: readonly unknown[]): Captured {
  const capture = new Capture('program');
  const symbols = treeTensors(args).map((t) => capture.input(t));
  let result: unknown;
  let results: Tensor[] = [];
  const graph = withTrace(capture, () => {
    result = fn(...(treeReplace(args, symbols) as never[]));
    checkNotPromise(result);
    results = treeTensors(result);
    return capture.graph([...results, ...capture.assigned.values()]);
  });
  return {
    graph,
    results: results.length,
    assigns: [...capture.assigned.keys()],
    hidden: capture.hidden(),
    leaves: treeLeaves(result).map(({ path, leaf }) => `result ${path}: ${showLeaf(leaf)}`),
    collect: (tensors) => treeReplace(result, tensors),
  };
}

function checkNotPromise(result: unknown): void {
  const promises = [result, ...treeLeaves(result).map(({ leaf }) => leaf)].filter(isThenable);
  if (promises.length === 0) return;
  // An async function fails after its first `await`, because its symbols have no values. Nobody else handles that.
  for (const promise of promises) Promise.resolve(promise).catch(() => undefined);
  throw new CaptureError(
    'compile: the function must return its result directly, got a promise; await outside of the compiled function',
  );
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}

function showLeaf(leaf: unknown): string {
  if (isTensor(leaf)) return 'tensor';
  return typeof leaf === 'object' || typeof leaf === 'function' ? typeof leaf : showValue(leaf);
}
