import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/creation/creation.ts';
import { interpret } from '../graph/interpret.ts';
import type { Tensor } from '../array/tensor.ts';
import { Capture, withTrace } from '../graph/trace.ts';
import { Variable } from '../graph/variable.ts';
import { add } from '../ops/elementwise/add.ts';
import { mul } from '../ops/elementwise/mul.ts';
import { softmax } from '../ops/activation/softmax.ts';
import { evaluateOracle, oracle } from './index.ts';

describe('the oracle', () => {
  it('computes in float64 from inputs in float32', () => {
    const { dtype, shape, data } = oracle((x: Tensor) => add(mul(x, 0.1), 1e-12))(tensor([[1], [2]]));
    expect([dtype, shape, data.constructor, [...data]]).toEqual([
      'float64',
      [2, 1],
      Float64Array,
      [0.1 + 1e-12, 0.2 + 1e-12],
    ]);
  });

  it('has its results in the shape of the function’s', () => {
    const result = oracle((tree: { a: Tensor; rate: number }) => ({
      twice: [add(tree.a, tree.a)],
      rate: tree.rate,
      same: tree.a,
    }))({ a: tensor([1], undefined, 'int32'), rate: 0.5 });
    expect(result.rate).toBe(0.5);
    expect([result.twice[0]!.dtype, [...result.twice[0]!.data], [...result.same.data]]).toEqual(['int32', [2], [1]]);
  });

  it('reads variables and closed-over tensors, and leaves variables as they are', () => {
    const w: Variable = new Variable(tensor([2, 3]));
    const b: Tensor = tensor([0.5, 0.5]);
    const step = (x: Tensor): Tensor => {
      w.assign(add(w.value, x));
      return add(w.value, b);
    };
    expect([...oracle(step)(tensor([1, 1])).data]).toEqual([3.5, 4.5]);
    expect(w.value.toArray()).toEqual([2, 3]);
  });

  it('hands on large tensors from outside', () => {
    const big: Tensor = tensor(new Float32Array(20000).fill(2));
    expect(oracle((x: Tensor) => mul(big, x))(tensor(3)).data[19999]).toBe(6);
  });

  it('shares nothing with its arguments', () => {
    const x: Tensor = tensor([1, 2], undefined, 'float64');
    oracle((t: Tensor) => t)(x).data[0] = 9;
    expect(x.toArray()).toEqual([1, 2]);
  });

  it('evaluates the nodes of any graph', () => {
    const capture = new Capture('program');
    const x = capture.input({ shape: [3], dtype: 'float32' });
    const graph = withTrace(capture, () => capture.graph([softmax(x)]));
    const [y] = interpret(graph, [Float64Array.of(1, 2, 3)], { evaluate: evaluateOracle });
    expect(y).toBeInstanceOf(Float64Array);
    const total = Math.exp(-2) + Math.exp(-1) + 1;
    expect(Math.abs(y![0]! - Math.exp(-2) / total)).toBeLessThan(1e-16);
  });
});
