import { grad, valueAndGrad } from '@chainrule/autograd';
import { compile } from '@chainrule/compiler';
import { lstm, lstmCell } from '@chainrule/layers-recurrent';
import { input, sequential } from '@chainrule/model';
import { Generator, randomUniform, reshape, slice, sum, tensor, type Tensor, type Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { run } from './lstm.ts';

/** Bytes alive at the peak of one compiled loss and gradient, for `steps` steps. */
function peak(steps: number, checkpointEvery?: number): number {
  const rest = checkpointEvery === undefined ? {} : { checkpointEvery };
  const model = sequential(input([steps, 8]), lstm(16, rest)).build({ seed: 1 });
  const f = compile((x: Tensor) =>
    valueAndGrad((_: readonly Variable[]) => sum(model.call(x, { training: true }) as Tensor))(
      model.trainableVariables(),
    ),
  );
  f(randomUniform(new Generator(1), [4, steps, 8]));
  return f.programs()[0]!.executable.peakBytes;
}

describe('gate 2: an LSTM over scan, on an embedding, with variational dropout', () => {
  test('20 steps captured equal 20 steps eager bit for bit', () => {
    const eager = run('eager');
    expect(run({ fuse: false })).toEqual(eager);
    expect(run({ fuse: false, simplify: false })).toEqual(eager);
    expect(run({ fuse: true })).toEqual(eager);
    expect(eager['losses']![19]).not.toBe(eager['losses']![0]);
    expect(eager['counter']![0]).toBeGreaterThanOrEqual(40);
  });

  test('checkpoints change neither masks nor, beyond rounding, the result', () => {
    const [all, some] = [run({}), run({}, 4)];
    expect(some['counter']).toEqual(all['counter']);
    for (const name of Object.keys(all)) all[name]!.forEach((v, i) => expect(some[name]![i]).toBeCloseTo(v, 4));
  });

  test("the scan's gradient equals that of the unrolled loop", () => {
    const layer = lstm(3);
    layer.build([[2, 5, 4]], { rng: new Generator(2), dtype: 'float64' });
    const [kernel, recurrent, bias] = layer.variables().map(({ value }) => value) as [Variable, Variable, Variable];
    const x: Tensor = randomUniform(new Generator(3), [2, 5, 4], { dtype: 'float64' });
    const looped = (): Tensor => sum(layer.call([{ data: x }], { training: false, rng: new Generator(1) })[0]!.data);
    const unrolled = (): Tensor => {
      let state: readonly Tensor[] = [
        tensor(new Float64Array(6), [2, 3], 'float64'),
        tensor(new Float64Array(6), [2, 3], 'float64'),
      ];
      for (let t = 0; t < 5; t++) {
        const xt = reshape(slice(x, [0, t, 0], [-1, 1, -1]), [2, 4]);
        const { projected, step } = lstmCell(3).start(xt, { kernel, recurrentKernel: recurrent, bias });
        state = step(projected, state, state[0]!);
      }
      return sum(state[0]!);
    };
    const [a, b] = [looped, unrolled].map((f) => grad((_: readonly Variable[]) => f())([kernel, recurrent, bias]));
    a!.forEach((g, i) => g.data.forEach((v, k) => expect(v).toBeCloseTo(b![i]!.data[k]!, 12)));
  });

  test('memory grows only by carries, results of functions and stacked cotangents, and checkpointEvery reduces it', () => {
    const [a, b, c] = [peak(16), peak(32), peak(64)];
    const perStep = (b - a) / 16;
    expect((c - b) / 32).toBe(perStep);
    // Batch 4, 8 features, 16 units, 4 bytes: carries and output h and c, and four gates.
    const [state, gates, x] = [4 * 16 * 4, 4 * 64 * 4, 4 * 8 * 4];
    // The input (whose reshape shares it), the carries, the functions of the gates and of c, and the cotangent of the gates.
    expect(perStep).toBe(x + 2 * state + gates + state + gates);
    // Only one segment keeps its carries and results of functions. Memory grows by the projection, its cotangent, and a
    // carry for each segment.
    expect((peak(128, 8) - peak(64, 8)) / 64).toBe(x + 2 * gates + (2 * state) / 8);
  });
});
