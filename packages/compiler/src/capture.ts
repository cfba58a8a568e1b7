import { CaptureError } from '@chainrule/errors';
import { Capture, type Tensor, treeReplace, treeTensors, withTrace } from '@chainrule/tensor';
import type { Program } from './backend.ts';

/** A function's graph for one set of argument shapes. */
export interface Captured extends Program {
  /** Large closed-over tensors, passed to the program after the arguments' tensors. */
  readonly hidden: readonly Tensor[];
  /** Puts the results into the shape of what the function returned. */
  collect(results: readonly Tensor[]): unknown;
}

/** Runs the function once on symbols and takes down what it does. */
export function captureProgram(fn: (...args: never[]) => unknown, args: readonly unknown[]): Captured {
  const capture = new Capture('program');
  const symbols = treeTensors(args).map((t) => capture.input(t));
  let result: unknown;
  let results: Tensor[] = [];
  const graph = withTrace(capture, () => {
    result = fn(...(treeReplace(args, symbols) as never[]));
    refusePromise(result);
    results = treeTensors(result);
    return capture.graph([...results, ...capture.assigned.values()]);
  });
  return {
    graph,
    results: results.length,
    assigns: [...capture.assigned.keys()],
    hidden: capture.hidden(),
    collect: (tensors) => treeReplace(result, tensors),
  };
}

function refusePromise(result: unknown): void {
  if (typeof result === 'object' && result !== null && 'then' in result && typeof result.then === 'function') {
    throw new CaptureError('compile: the function must return its result directly, got a promise; await outside of the compiled function');
  }
}
