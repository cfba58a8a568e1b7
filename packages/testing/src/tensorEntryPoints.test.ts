import * as tensor from '@chainrule/tensor';
import * as graph from '@chainrule/tensor/graph';
import { expect, test } from 'vitest';

test('no value is exported by both entry points of tensor', () => {
  expect(Object.keys(graph).length).toBeGreaterThan(50);
  expect(Object.keys(graph).filter((name) => name in tensor)).toEqual([]);
});

test('both entry points share one stack of traces, also when built', () => {
  const capture = new graph.Capture('program');
  const x = capture.input({ shape: [2], dtype: 'float32' });
  const y = graph.withTrace(capture, () => {
    expect(graph.isTracing()).toBe(true);
    return tensor.add(graph.reduceNode(tensor.mul(x, x), 'sum', [0]), 1);
  });
  expect(tensor.isTensor(y)).toBe(true);
  const program = capture.graph([y]);
  expect(program.nodes.map(({ kind }) => kind)).toEqual(['input', 'map', 'reduce', 'map']);
  expect(graph.interpret(program, [Float32Array.of(3, 4)])).toEqual([Float32Array.of(26)]);
});
