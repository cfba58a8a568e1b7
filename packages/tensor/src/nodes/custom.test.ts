import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/creation/creation.ts';
import { interpret } from '../graph/interpret.ts';
import type { Tensor } from '../array/tensor.ts';
import { Capture, withTrace } from '../graph/trace.ts';
import * as e from '../expr/build.ts';
import { expectAgreement } from '../oracle/agreement.ts';
import { tensors } from '../oracle/arbitraries.ts';
import { evaluateOracle } from '../oracle/index.ts';
import { customNode } from './custom.ts';
import { map } from './map.ts';
import { reduceNode } from './reduce.ts';

const ignore = (): null[] => [null];
const outside = tensor([2, 3], undefined, 'float64');

/** A body with a nested one, two outputs, and a value from outside. */
function nested(x: Tensor, y: Tensor): readonly Tensor[] {
  return customNode({
    name: 'outer',
    inputs: [x, y],
    pullback: ignore,
    body: ([a, b]) => {
      const [c] = customNode({ name: 'inner', inputs: [a!], pullback: ignore, body: ([v]) => [map(e.mul, [v!, v!])] });
      return [map(e.add, [c!, b!]), reduceNode(c!, 'sum', [0])];
    },
  });
}

describe('custom', () => {
  it('runs its body at once without a trace', () => {
    expect(nested(tensor([1, 2]), tensor([1, 1])).map((t) => t.toArray())).toEqual([[2, 5], 5]);
  });

  it('evaluates bodies within bodies as the oracle does', () => {
    fc.assert(
      fc.property(tensors([3]), tensors([3]), (x, y) => expectAgreement((a, b) => nested(a, b), [x, y], { least: 8 })),
      { numRuns: 20 },
    );
  });

  it('treats closed-over tensors as more inputs', () => {
    const capture = new Capture('program');
    const x = capture.input(outside);
    const graph = withTrace(capture, () =>
      capture.graph(
        customNode({ name: 'closing', inputs: [x], pullback: ignore, body: ([v]) => [map(e.mul, [v!, outside])] }),
      ),
    );
    const node = graph.nodes.find((n) => n.kind === 'custom')!;
    expect(node.inputs).toHaveLength(2);
    expect(node.kind === 'custom' && node.attrs.pullback([null], [], [])).toEqual([null, null]);
    for (const options of [{}, { evaluate: evaluateOracle }])
      expect([...interpret(graph, [Float64Array.of(5, 7)], options)[0]!]).toEqual([10, 21]);
  });

  it('may hand an input on as its output', () => {
    expectAgreement(
      (x) => customNode({ name: 'identity', inputs: [x], pullback: ignore, body: ([v]) => [v!] }),
      [tensor([1, NaN, -0])],
    );
  });
});
