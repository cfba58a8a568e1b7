import { aFunction } from '@chainrule/errors/check';
import { isFloat, type Tensor } from '@chainrule/tensor';
import {
  advanceCounter,
  Capture,
  customNode,
  type Graph,
  isTracing,
  replayGraph,
  treeReplace,
  treeTensors,
  withTrace,
} from '@chainrule/tensor/graph';
import { backward } from './backward.ts';
import { zerosOf } from './rules/shapes.ts';
import { GradientTape } from './tape.ts';

/**
 * Saves memory by recomputation: the gradient computes the intermediate values of the function again instead of keeping
 * them, which costs one more forward pass. It replays the recorded operations, not the JavaScript. The function may read
 * variables and draw random numbers, which are the same in the replay, but must not assign variables.
 *
 * @param fn - a function of trees of tensors to a tree of tensors
 * @example
 * const block = checkpoint((x: Tensor) => exp(exp(x)));
 * grad((x) => block(x))(tensor(0)).item(); // => 2.7182817459106445
 */
export function checkpoint<Args extends readonly unknown[], Y>(fn: (...args: Args) => Y): (...args: Args) => Y {
  aFunction('checkpoint', 'fn', fn);
  return (...args) => {
    if (!isTracing()) return fn(...args);
    const explicit = treeTensors(args);
    const capture = new Capture('checkpoint');
    const symbols = explicit.map((x) => capture.input(x));
    let shape: Y | undefined;
    const graph = withTrace(capture, () => {
      shape = fn(...treeReplace(args, symbols));
      return capture.graph(treeTensors(shape));
    });
    const outputs = recomputed(graph, [...explicit, ...capture.hidden()], false);
    for (const [counter, draws] of capture.draws) advanceCounter(counter, draws);
    return treeReplace(shape as Y, outputs);
  };
}

/** A graph as one node. Its pullback is such a node, too: it replays the graph and walks backward. */
function recomputed(graph: Graph, inputs: readonly Tensor[], barrier: boolean): readonly Tensor[] {
  return customNode({
    name: 'checkpoint',
    inputs,
    body: (values) => replayGraph(graph, values),
    pullback: (cotangents, values) => {
      const back = backwardGraph(
        graph,
        cotangents.map((g) => g !== null),
      );
      const pulled = recomputed(back.graph, [...values, ...cotangents.filter((g) => g !== null), ...back.hidden], true);
      return values.map((_, i) => (back.targets.includes(i) ? pulled[back.targets.indexOf(i)]! : null));
    },
    barrier,
  });
}

/**
 * The graph from the inputs and output cotangents of `graph` to the cotangents of its float inputs. Other tensors that the
 * rules use, such as zeros, are `hidden` inputs after the others.
 */
function backwardGraph(graph: Graph, given: readonly boolean[]): { graph: Graph; targets: number[]; hidden: Tensor[] } {
  const capture = new Capture('checkpoint');
  const values = graph.inputs.map((x) => capture.input(x));
  const outputs = graph.outputs.filter((_, i) => given[i]);
  const cotangents = outputs.map((y) => capture.input(y));
  const targets = graph.inputs.flatMap((x, i) => (isFloat(x.dtype) ? [i] : []));
  const result = withTrace(capture, () => {
    const tape = new GradientTape();
    const watched = values.map((x, i) => (targets.includes(i) ? tape.watch(x) : x));
    const replayed = withTrace(tape, () => replayGraph(graph, watched)).filter((_, i) => given[i]);
    const wanted = targets.map((i) => watched[i]!);
    const pulled = backward(tape, replayed, cotangents, wanted);
    return capture.graph(pulled.map((g, k) => g ?? zerosOf(wanted[k]!.shape, wanted[k]!.dtype)));
  });
  return { graph: result, targets, hidden: capture.hidden() };
}
