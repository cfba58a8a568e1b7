import { aBoolean, checkOptions, nonNegative, numberThat, positive } from '@chainrule/errors/check';
import { expandDims, map, mean, norm, scalar as e, type Tensor, Variable, zeros } from '@chainrule/tensor';
import { chain } from './chain.ts';
import { aLearningRate } from './learningRate.ts';
import { type LearningRateState, scaleByLearningRate } from './scaleByLearningRate.ts';
import { countStep, stepCounter } from './state.ts';
import { defineTransformation, type GradientTransformation, type Optimizer, type Schedule } from './transformation.ts';

/** Options of {@link scaleByFactoredRms}. */
export interface ScaleByFactoredRmsOptions {
  /** The decay of step t is 1 − t^`decayRate`. Default −0.8. */
  readonly decayRate?: number;
  /** Added to squared gradients. Default 1e-30. */
  readonly epsilon?: number;
}

/** The state of {@link scaleByFactoredRms}: for matrices, means over rows and columns; otherwise `rows` holds the mean square. */
export type ScaleByFactoredRmsState = {
  readonly step: Variable;
  readonly rows: readonly Variable[];
  readonly columns: readonly Variable[];
};

const factoredChecks = {
  decayRate: numberThat('a number from -1 to 0', (value) => value >= -1 && value <= 0),
  epsilon: nonNegative,
};

/**
 * Divides gradients by the root of their mean square. For a matrix, keeps only the means of its rows and columns, whose
 * product estimates the mean of each element. A tensor of higher rank counts as a list of matrices.
 *
 * v ≈ r·cᵀ / mean(r) with r, c the running means of g² + ε over columns and rows, with decay 1 − t^decayRate; result
 * g / √v (Shazeer and Stern 2018)
 *
 * @param options - `decayRate` (-0.8), `epsilon` (1e-30)
 * @throws OptionError for a decay rate outside [-1, 0]
 * @example
 * const w = new Variable(tensor([[1, 1]]));
 * const scale = scaleByFactoredRms();
 * scale.update([tensor([[3, -4]])], scale.init([w]), [w])[0].toArray(); // => 1,-1
 */
export function scaleByFactoredRms(
  options: ScaleByFactoredRmsOptions = {},
): GradientTransformation<ScaleByFactoredRmsState> {
  checkOptions('scaleByFactoredRms', options, factoredChecks);
  const { decayRate = -0.8, epsilon = 1e-30 } = options;
  const name = 'scaleByFactoredRms';
  return defineTransformation({
    name,
    keeps: { step: 'one', rows: 'each', columns: 'each' },
    takes: 'gradients',
    init: (variables) => ({
      step: stepCounter(name),
      rows: variables.map((v) => stateOf(v, `${name}/rows`, v.shape.length < 2 ? v.shape : v.shape.slice(0, -1))),
      columns: variables.map((v) =>
        stateOf(v, `${name}/columns`, v.shape.length < 2 ? [0] : [...v.shape.slice(0, -2), v.shape.at(-1)!]),
      ),
    }),
    update(gradients, { step, rows, columns }) {
      const t = countStep(step);
      return gradients.map((g, i) => {
        const squares = map((x) => e.add(e.mul(x, x), epsilon), [g]);
        const average = (v: Variable, x: Tensor): Tensor => {
          v.assign(
            map(
              (old, next, k) => {
                const kept = e.sub(1, e.pow(e.cast(k, g.dtype), decayRate));
                return e.add(e.mul(old, kept), e.mul(next, e.sub(1, kept)));
              },
              [v.value, x, t],
            ),
          );
          return v.value;
        };
        if (g.rank < 2) return map((x, v) => e.div(x, e.sqrt(v)), [g, average(rows[i]!, squares)]);
        const r = average(rows[i]!, mean(squares, { axis: -1 }));
        const c = average(columns[i]!, mean(squares, { axis: -2 }));
        const share = map((row, all) => e.div(row, all), [r, mean(r, { axis: -1, keepDims: true })]);
        // √ of each factor, because their product may underflow.
        return map(
          (x, row, column) => e.div(e.div(x, e.sqrt(row)), e.sqrt(column)),
          [g, expandDims(share, -1), expandDims(c, -2)],
        );
      });
    },
  });
}

function stateOf({ name, dtype }: Variable, key: string, shape: readonly number[]): Variable {
  return new Variable(zeros([...shape], dtype), { name: `${key}/${name}`, trainable: false });
}

/** The root of the mean square. */
function rms(x: Tensor): Tensor {
  return map((n) => e.div(n, Math.sqrt(Math.max(x.size, 1))), [norm(x)]);
}

/**
 * Scales each variable's update to a root mean square of at most `threshold`.
 *
 * u / max(1, rms(u) / threshold) (Shazeer and Stern 2018)
 *
 * @throws OptionError for a threshold of 0 or less
 * @example
 * clipByRms(1).update([tensor([0, 2, 0, 0])], [], [])[0].toArray(); // => 0,2,0,0
 * clipByRms(1).update([tensor([4, 4])], [], [])[0].toArray(); // => 1,1
 */
export function clipByRms(threshold: number): GradientTransformation<readonly []> {
  positive('clipByRms', 'threshold', threshold);
  return defineTransformation({
    name: 'clipByRms',
    update: (updates) => updates.map((u) => map((x, size) => e.div(x, e.max(1, e.div(size, threshold))), [u, rms(u)])),
  });
}

/**
 * Scales each variable's update by the root mean square of the variable, so that the learning rate is relative.
 *
 * u · max(ε, rms(w)) (Shazeer and Stern 2018)
 *
 * @param minimum - ε. Default 0.001
 * @throws OptionError for a minimum of 0 or less
 * @example
 * const w = new Variable(tensor([3, 4]));
 * scaleByParameterRms().update([tensor([2, 0])], [], [w])[0].data[0].toFixed(3); // => 7.071
 */
export function scaleByParameterRms(minimum = 1e-3): GradientTransformation<readonly []> {
  positive('scaleByParameterRms', 'minimum', minimum);
  return defineTransformation({
    name: 'scaleByParameterRms',
    takes: 'gradients',
    uses: ['variables'],
    update(gradients, _state, variables) {
      return gradients.map((g, i) => map((x, size) => e.mul(x, e.max(size, minimum)), [g, rms(variables[i]!.value)]));
    },
  });
}

/** Options of {@link adafactor}. */
export interface AdafactorOptions extends ScaleByFactoredRmsOptions {
  /** A number, or a schedule. Default 0.001, as in Keras. */
  readonly learningRate?: number | Schedule;
  /** Whether to limit the rate of step t to 1/√t. Default true. */
  readonly relativeStep?: boolean;
  /** The greatest root mean square of a variable's update, before the learning rate. Default 1. */
  readonly clipThreshold?: number;
  /** The least root mean square of a variable by which its updates are scaled. Default 0.001. */
  readonly minimumScale?: number;
}

/** The states of {@link adafactor}. */
export type AdafactorState = readonly [ScaleByFactoredRmsState, readonly [], readonly [], LearningRateState];

/**
 * Adafactor: adaptive updates whose state for a matrix is one row and one column.
 *
 * update −min(η, 1/√t) · max(ε₂, rms(w)) · û with û = u / max(1, rms(u) / d), u = g / √v (Shazeer and Stern 2018)
 *
 * @param options - `learningRate` (0.001), `relativeStep` (true), `decayRate` (-0.8), `epsilon` (1e-30), `clipThreshold`
 *   (1), `minimumScale` (0.001)
 * @throws OptionError for options out of range
 * @example
 * const w = new Variable(tensor([[2, 2]]));
 * const optimizer = adafactor({ learningRate: 0.1 });
 * applyUpdates([w], optimizer.update([tensor([[3, -4]])], optimizer.init([w]), [w]));
 * w.value.toArray().flat().map((v) => v.toFixed(1)); // => 1.8,2.2
 */
export function adafactor(options: AdafactorOptions = {}): Optimizer<AdafactorState> {
  checkOptions('adafactor', options, {
    learningRate: aLearningRate,
    relativeStep: aBoolean,
    ...factoredChecks,
    clipThreshold: positive,
    minimumScale: positive,
  });
  const { learningRate = 0.001, relativeStep = true, clipThreshold = 1, minimumScale = 1e-3, ...scaling } = options;
  const rateAt = typeof learningRate === 'function' ? learningRate : () => learningRate;
  const rate = relativeStep ? (step: number) => Math.min(rateAt(step), 1 / Math.sqrt(step + 1)) : learningRate;
  const parts = chain(
    scaleByFactoredRms(scaling),
    clipByRms(clipThreshold),
    scaleByParameterRms(minimumScale),
    scaleByLearningRate(rate),
  );
  return { ...parts, name: 'adafactor' };
}
