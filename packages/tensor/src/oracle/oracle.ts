import { CaptureError } from '@chainrule/errors';
import type { TypedArray } from '../array/dtype.ts';
import { interpret } from '../graph/interpret.ts';
import type { Node, NodeKind } from '../graph/node.ts';
import { isTensor, type Tensor } from '../array/tensor.ts';
import { Capture, withTrace } from '../graph/trace.ts';
import { treeMap, treeTensors } from '../array/tree.ts';
import { custom, scan } from './bodies.ts';
import { conv, matmul } from './contractions.ts';
import { cast, map } from './elementwise.ts';
import { gather, scatterAdd, takeAlongAxis } from './indexing.ts';
import { type OracleEvaluate, promoted, type RunGraph } from './loops.ts';
import { pool } from './pooling.ts';
import { random } from './randomness.ts';
import { argsort, prefix, reduce } from './reductions.ts';
import { concat, view } from './views.ts';

const evaluators: { readonly [K in NodeKind]: OracleEvaluate<K> } = {
  input: () => {
    throw new CaptureError('oracle: an input has no value');
  },
  constant: (node) => [node.attrs.value['~values']],
  variable: (node) => [node.attrs.variable['~committed']['~values']],
  map,
  reduce,
  prefix,
  view,
  concat,
  gather,
  takeAlongAxis,
  scatterAdd,
  matmul,
  conv,
  pool,
  argsort,
  random,
  scan,
  custom,
  cast,
};

const run: RunGraph = (graph, args) => interpret(graph, args, { evaluate: evaluateOracle });

/** Evaluates one node by naive loops in float64; for `interpret(graph, args, { evaluate: evaluateOracle })`. */
export function evaluateOracle(node: Node, inputs: readonly TypedArray[]): TypedArray[] {
  return (evaluators[node.kind] as OracleEvaluate<NodeKind>)(node as never, inputs, run);
}

/** A value of the oracle, which is never float32. */
export interface OracleResult {
  readonly shape: readonly number[];
  readonly dtype: 'float64' | 'int32' | 'uint8' | 'bool';
  readonly data: Float64Array | Int32Array | Uint8Array;
}

/** A result with its tensors replaced. */
export type OracleOf<R> = R extends Tensor ? OracleResult : R extends object ? { [K in keyof R]: OracleOf<R[K]> } : R;

/**
 * An independent implementation of all computations, for tests. Captures the function, replaces float32 by float64, and
 * evaluates the graph node by node, unfused, by naive loops over indices. Variables are read but not assigned, so a
 * call changes nothing.
 *
 * @param fn - of trees of tensors; other arguments are handed through
 * @example
 * const { data } = oracle((x: Tensor) => sum(x))(tensor([1, 2, 3]));
 * data[0]; // => 6
 */
export function oracle<A extends readonly unknown[], R>(fn: (...args: A) => R): (...args: A) => OracleOf<R> {
  return (...args) => {
    const capture = new Capture('program');
    const given = treeTensors(args);
    const symbols = given.map((t) => capture.input(t));
    const { result, outputs } = withTrace(capture, () => {
      let at = 0;
      const value = fn(...(treeMap(args, (leaf) => (isTensor(leaf) ? symbols[at++] : leaf)) as A));
      return { result: value, outputs: treeTensors(value) };
    });
    const graph = capture.graph(outputs);
    const values = run(
      graph,
      [...given, ...capture.hidden()].map((t) => promote(t, t['~values']).data),
    );
    let at = 0;
    return treeMap(result, (leaf) => (isTensor(leaf) ? promote(leaf, values[at++]!) : leaf)) as OracleOf<R>;
  };
}

function promote({ shape, dtype }: Tensor, values: TypedArray): OracleResult {
  const data = values instanceof Float32Array ? Float64Array.from(values) : values.slice();
  return { shape, dtype: promoted(dtype), data };
}
