import { describe, expect, it } from 'vitest';
import { add } from '../ops/elementwise/add.ts';
import { mul } from '../ops/elementwise/mul.ts';
import { scan } from '../ops/control/scan.ts';
import { relu } from '../ops/activation/relu.ts';
import { sub } from '../ops/elementwise/sub.ts';
import { tensor, zeros } from '../ops/creation/creation.ts';
import { interpret } from './interpret.ts';
import type { Graph } from './node.ts';
import type { Tensor } from '../array/tensor.ts';
import { Capture, withTrace } from './trace.ts';
import { Variable } from './variable.ts';

function capture(shape: readonly number[], body: (x: Tensor) => Tensor[]): Graph {
  const c = new Capture('program');
  const x = c.input({ shape, dtype: 'float32' });
  return withTrace(c, () => c.graph(body(x)));
}

describe('interpret', () => {
  it('gives what eager evaluation gives', () => {
    const body = (x: Tensor): Tensor[] => [relu(sub(mul(x, x), 2)), add(x, 1)];
    const x = tensor([-2, 0, 3]);
    expect(interpret(capture([3], body), [x.data])).toEqual(body(x).map((t) => t.data));
  });

  it('reads constants, and variables as they are now', () => {
    const w: Variable = new Variable(tensor([1, 1]));
    const graph = capture([2], (x) => [mul(add(x, w.value), tensor([2, 3]) as Tensor)]);
    const run = (): number[] => [...interpret(graph, [Float32Array.of(1, 2)])[0]!];
    expect(run()).toEqual([4, 9]);
    w.assign(tensor([0, 0]));
    expect(run()).toEqual([2, 6]);
  });

  it('drops values after their last use', () => {
    const deep = capture([256], (x) => [[...Array(20).keys()].reduce<Tensor>((y) => mul(add(y, 1), 0.5), x)]);
    let peak = 0;
    interpret(deep, [new Float32Array(256)], { onAlive: (bytes) => (peak = Math.max(peak, bytes)) });
    expect(peak).toBe(2 * 256 * 4);
  });

  it('returns an input, and one value twice', () => {
    const graph = capture([1], (x) => {
      const y = add(x, 1);
      return [x, y, y];
    });
    expect(interpret(graph, [Float32Array.of(1)]).map((v) => v[0])).toEqual([1, 2, 2]);
  });
});

describe('a capture', () => {
  it('refuses a symbol that outlived it', () => {
    let kept: Tensor = zeros([1]);
    capture([1], (x) => [(kept = add(x, 1))]);
    expect(() => add(kept, 1)).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: tensor: this float32 tensor [1] is a symbol of a finished capture; return it from the program instead of keeping it]`,
    );
    expect(() => capture([1], (x) => [add(x, kept)])).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: tensor: this float32 tensor [1] is a symbol of a finished capture; return it from the program instead of keeping it]`,
    );
  });

  it('passes each closed-over value of a scan once', () => {
    const graph = capture([2], (x) => {
      const [y] = scan((c: Tensor) => [add(mul(c, x), x), []], x, undefined, { length: 2 });
      return [y];
    });
    const node = graph.nodes.find((n) => n.kind === 'scan')!;
    expect(node.inputs).toHaveLength(2);
    expect([...interpret(graph, [Float32Array.of(1, 2)])[0]!]).toEqual([3, 14]);
  });
});
