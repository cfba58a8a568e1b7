import { aCount, checkOptions, positive } from '@chainrule/errors/check';
import { addBias, onesInitializer, zerosInitializer } from '@chainrule/layers-core';
import { add, map, matmul, mean, mul, scalar as e, square, sub, type Tensor, tanh } from '@chainrule/tensor';
import type { Cell, Weight } from './cell.ts';
import { type LstmGates, lstmGates, lstmWeights, type LstmCellOptions, nextCell } from './lstmCell.ts';
import { lstmChecks } from './rnnChecks.ts';
import type { RecurrentWeights } from './recurrentWeights.ts';

/** Options of {@link layerNormLstmCell}: those of `lstmCell`, and `epsilon`. */
export interface LayerNormLstmCellOptions extends LstmCellOptions {
  /** Added to variances. Above 0, because the first state has the variance 0. Default 0.001. */
  readonly epsilon?: number;
}

/** The weights of {@link layerNormLstmCell}. */
export interface LayerNormLstmWeights extends RecurrentWeights {
  /** α₁ and α₂, `[4 · units]`. */
  readonly kernelScale: Weight;
  readonly recurrentScale: Weight;
  /** α₃ and β₃, `[units]`. */
  readonly stateScale: Weight;
  readonly stateOffset: Weight;
}

/**
 * An LSTM cell with layer normalization, with the states h and c. Run it with `rnn`.
 *
 * z = α₁·N(x·K) + α₂·N(h·R) + b, split into i, f, g, o; c′ = σ(f)·c + σ(i)·tanh(g); h′ = σ(o)·tanh(α₃·N(c′) + β₃), where
 * N(v) = (v − mean) / √(variance + ε) over the elements of a sample (Ba, Kiros, Hinton 2016, equations 20 to 22; the
 * offsets of the first two are part of b)
 *
 * Unlike `LayerNormLSTMCell` of TensorFlow Addons, the cell carries c′ itself to the next step, as in the paper.
 *
 * @param units - size of the states
 * @param options - as `lstmCell`, and `epsilon` (0.001)
 * @throws OptionError for `units` below 1 or an `epsilon` that is not positive
 * @example
 * rnn(layerNormLstmCell(8)).outputShape([[32, 10, 3]]); // => 32,8
 */
export function layerNormLstmCell<const U extends number>(
  units: U,
  options: LayerNormLstmCellOptions = {},
): Cell<U, LayerNormLstmWeights> {
  aCount('layerNormLstmCell', 'units', units);
  checkOptions('layerNormLstmCell', options, { ...lstmChecks, epsilon: positive });
  const { activation = tanh, epsilon = 1e-3 } = options;
  return {
    type: 'layerNormLstmCell',
    config: () => [units, options],
    stateSizes: [units, units],
    build: (features, at) => ({
      ...lstmWeights(at, features, units, options),
      kernelScale: at.weight('kernelScale', [4 * units], onesInitializer),
      recurrentScale: at.weight('recurrentScale', [4 * units], onesInitializer),
      stateScale: at.weight('stateScale', [units], onesInitializer),
      stateOffset: at.weight('stateOffset', [units], zerosInitializer),
    }),
    start(x, { kernel, recurrentKernel, bias, kernelScale, recurrentScale, stateScale, stateOffset }) {
      const [r, scale, alpha, beta] = [recurrentKernel, recurrentScale, stateScale, stateOffset].map((w) => w.value);
      const gates = (projected: Tensor, _: unknown, recurrentInput: Tensor): LstmGates =>
        lstmGates(add(projected, mul(normalized(matmul(recurrentInput, r!), epsilon), scale!)), units, options);
      const step = (projected: Tensor, state: readonly Tensor[], recurrentInput: Tensor): Tensor[] => {
        const all = gates(projected, state, recurrentInput);
        const next = nextCell(all, state[1]!);
        return [mul(all.output, activation(add(mul(normalized(next, epsilon), alpha!), beta!))), next];
      };
      const projected = mul(normalized(matmul(x, kernel.value), epsilon), kernelScale.value);
      return { projected: addBias(projected, bias, undefined), step, gates };
    },
  };
}

/** (x − mean) / √(variance + ε) over the last axis. */
function normalized(x: Tensor, epsilon: number): Tensor {
  const centered = sub(x, mean(x, { axis: -1, keepDims: true }));
  const variance = mean(square(centered), { axis: -1, keepDims: true });
  return map((v, s) => e.div(v, e.sqrt(e.add(s, epsilon))), [centered, variance]);
}
