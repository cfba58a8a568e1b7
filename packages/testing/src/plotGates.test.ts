import { bidirectional, gru, lstm, simpleRnn } from '@chainrule/layers-recurrent';
import { fromValues } from '@chainrule/layers-core';
import { input, sequential } from '@chainrule/model';
import { ones, tensor } from '@chainrule/tensor';
import { plotGates } from '@chainrule/visualize';
import { describe, expect, test } from 'vitest';

const sigmoid = (v: number): number => 1 / (1 + Math.exp(-v));

describe('plotGates', () => {
  test('shows each gate and state of an LSTM, as computed by hand', () => {
    // One unit and one feature: z = x·K + h·R + b for the gates i, f, g, o.
    const [kernel, recurrent, bias] = [[0.5, -0.3, 0.8, 1.1], [0.2, 0.4, -0.6, 0.7], [0.1, 1, -0.2, 0.3]]; // prettier-ignore
    const layer = lstm(1, {
      kernelInitializer: fromValues(tensor([kernel])),
      recurrentInitializer: fromValues(tensor([recurrent])),
      biasInitializer: fromValues(tensor(bias)),
      unitForgetBias: false,
    });
    sequential(input([3, 1]), layer).build();
    const xs = [1, -2, 0.5];
    let [h, c] = [0, 0];
    const steps = xs.map((x) => {
      const z = kernel.map((k, gate) => x * k + h * recurrent[gate]! + bias[gate]!);
      const [i, f, o] = [0, 1, 3].map((gate) => sigmoid(z[gate]!)) as [number, number, number];
      const g = Math.tanh(z[2]!);
      c = f * c + i * g;
      h = o * Math.tanh(c);
      return { input: i, forget: f, candidate: g, output: o, h, c };
    });
    const { panels } = plotGates(layer, tensor(xs, [3, 1]));
    expect(panels.map(({ title }) => title)).toEqual(['input', 'forget', 'candidate', 'output', 'h', 'c']);
    for (const { title, values, rows, columns } of panels) {
      expect([rows, columns]).toEqual([['0'], ['0', '1', '2']]);
      values[0]!.forEach((value, t) => expect(value).toBeCloseTo(steps[t]![title as 'h'], 6));
    }
  });

  test.each([true, false])('of a GRU lead to its outputs, with resetAfter %s and in both directions', (resetAfter) => {
    for (const goBackwards of [false, true]) {
      const layer = gru(3, { resetAfter, goBackwards, returnSequences: true });
      const model = sequential(input([4, 2]), layer).build({ seed: 1 });
      const x = tensor([1, 2, -1, 0, 3, 1, 0.5, -2], [1, 4, 2]);
      const { panels } = plotGates(layer, x);
      expect(panels.map(({ title }) => title)).toEqual(['update', 'reset', 'candidate', 'h']);
      const [z, , g, h] = panels.map(({ values }) => values);
      const outputs = (model.call(x).toArray() as number[][][])[0]!;
      const inTime = goBackwards ? outputs.toReversed() : outputs;
      h!.forEach((row, unit) =>
        row.forEach((value, t) => {
          expect(value).toBeCloseTo(inTime[t]![unit]!, 6);
          const before = row[goBackwards ? t + 1 : t - 1] ?? 0;
          expect(value).toBeCloseTo(z![unit]![t]! * before + (1 - z![unit]![t]!) * g![unit]![t]!, 5);
        }),
      );
    }
  });

  test('shows the state of a layer without gates, and refuses other layers and shapes', () => {
    const layer = simpleRnn(2);
    expect(() => plotGates(layer, ones([3, 2]))).toThrow('simpleRnn: build the layer before you ask for its gates');
    sequential(input([3, 2]), layer).build();
    expect(plotGates(layer, ones([3, 2])).panels.map(({ title }) => title)).toEqual(['h']);
    expect(() => plotGates(layer, ones([2, 3, 2]))).toThrow('plotGates: `x` must be one sequence [time, features]');
    expect(() => plotGates(layer, ones([3, 5]))).toThrow(
      'plotGates: `x` must match the layer, got shape [1,3,5]; simpleRnn: `x` must have 2 features, as in `build`, got 5',
    );
    for (const shape of [
      [0, 2],
      [1, 0, 2],
    ])
      // prettier-ignore
      expect(() => plotGates(layer, ones(shape))).toThrow('plotGates: `x` must be a sequence of at least 1 step');
    expect(() => plotGates(bidirectional(lstm(2)), ones([3, 2]))).toThrow(
      'plotGates: `layer` must be a recurrent layer',
    );
  });
});
