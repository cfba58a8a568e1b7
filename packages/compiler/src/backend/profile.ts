import { allocate, byteSize, evaluateNode, type Graph, interpret, sizeOf } from '@chainrule/tensor/graph';
import type { ProfileRow } from './backend.ts';

/**
 * Formats a profile as a table, with the slowest parts first.
 *
 * @example
 * showProfile([{ name: 'matmul', micros: 50, flops: 1e6, bytes: 1e4, share: 0.4 }]).split('\n').length; // => 3
 */
export function showProfile(rows: readonly ProfileRow[]): string {
  const total = rows.reduce((sum, { micros }) => sum + micros, 0);
  const percent = (x: number): string => (Number.isFinite(x) ? `${(100 * x).toFixed(0)}%` : '');
  const lines = rows
    .toSorted((a, b) => b.micros - a.micros)
    .map(
      ({ name, micros, flops, bytes, share }) =>
        [
          micros.toFixed(1),
          percent(micros / total),
          (flops / micros / 1e3).toFixed(1),
          (bytes / micros / 1e3).toFixed(1),
          percent(share),
        ]
          .map((text) => text.padStart(9))
          .join('') + `  ${name}`,
    );
  return ['       µs     time   GFLOPS     GB/s  of peak', ...lines, `${total.toFixed(1).padStart(9)}  in all`].join(
    '\n',
  );
}

/** Times the nodes of a graph in the interpreter, on arguments of zeros. */
export function profileGraph(graph: Graph, runs: number): ProfileRow[] {
  const times = new Map(graph.nodes.filter((node) => node.inputs.length > 0).map((node) => [node, [] as number[]]));
  const args = graph.inputs.map(({ dtype, shape }) => allocate(dtype, sizeOf(shape)));
  for (let run = 0; run < runs; run++) {
    interpret(graph, args, {
      evaluate(node, inputs) {
        const start = performance.now();
        const results = evaluateNode(node, inputs);
        times.get(node)?.push(performance.now() - start);
        return results;
      },
    });
  }
  return [...times].map(([node, list]) => ({
    name: `${node.op} [${node.types[0]!.shape.join()}]`,
    micros: 1e3 * median(list),
    flops: NaN,
    bytes: [...node.inputs, ...node.types].reduce((sum, { dtype, shape }) => sum + byteSize(dtype) * sizeOf(shape), 0),
    share: NaN,
  }));
}

/** The median of some numbers. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
