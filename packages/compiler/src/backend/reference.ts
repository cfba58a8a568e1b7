import { Tensor } from '@chainrule/tensor';
import { interpret } from '@chainrule/tensor/graph';
import type { Backend, Executable, Program } from './backend.ts';
import { describeGraph } from '../graph/describe.ts';
import { profileGraph } from './profile.ts';

/**
 * The reference backend. It runs programs on the interpreter of eager code, so that both give the same bits. It
 * needs nothing but JavaScript.
 *
 * @example
 * const square = compile((x) => mul(x, x), { backend: reference() });
 * square(tensor([3])).toArray(); // => 9
 */
export function reference(): Backend {
  return { name: 'reference', prepare };
}

function prepare({ graph, results: count, assigns, accept }: Program): Executable {
  let peakBytes = 0;
  return {
    run(args) {
      peakBytes = 0;
      const values = interpret(
        graph,
        args.map((t) => t['~values']),
        { onAlive: (bytes) => (peakBytes = Math.max(peakBytes, bytes)) },
      );
      const tensors = graph.outputs.map(({ shape, dtype }, i) => new Tensor(shape, dtype, values[i]!));
      const results = tensors.slice(0, count);
      if (!accept || accept(results)) assigns.forEach((variable, i) => variable['~commit'](tensors[count + i]!));
      return results;
    },
    get peakBytes() {
      return peakBytes;
    },
    explain: () => describeGraph(graph).join('\n'),
    profile: (runs) => profileGraph(graph, runs),
    dispose() {},
  };
}
