import { defineLayer, kernelWeight, type Layer, type SameShapeRule } from '@chainrule/layers-core';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { sparseCategoricalAccuracy } from '@chainrule/metrics';
import { matmul, max, notEqual, tensor, type Variable } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import type { Trainer } from './trainer.ts';
import { input } from '../graph/input.ts';
import { sequential } from '../graph/sequential.ts';
import { descent, type TrainingBatch } from '../../testing/model.ts';

// Weights of samples and steps, classes, masks and ignored labels in all combinations: training, evaluation and a plain loop
// over the positions agree, whatever the batches.

const [steps, features, classes] = [3, 2, 3];

/** Numbers in [0, 1), the same for the same seed. */
function numbers(seed: number): () => number {
  let state = seed + 1;
  return () => (state = (state * 16_807) % 2_147_483_647) / 2_147_483_647;
}

/** Steps whose features are all 0 do not count. */
const skipZeros = (): Layer<SameShapeRule> =>
  defineLayer<SameShapeRule>({
    type: 'skipZeros',
    args: [],
    outputShape: (s) => s,
    call: (x) => x,
    mask: (x) => notEqual(max(x, { axis: -1 }), 0),
  });

/** The classes' logits at each step. */
function project(): Layer<SameShapeRule> {
  let kernel: Variable;
  return defineLayer<SameShapeRule>({
    type: 'project',
    args: [],
    outputShape: (s) => [...s.slice(0, -1), classes],
    build: (_, at) => void (kernel = kernelWeight(at, [features, classes], {})),
    call: (x) => matmul(x, kernel.value),
  });
}

interface Case {
  readonly data: TrainingBatch;
  readonly masked: boolean;
  readonly ignoreIndex: number | undefined;
  readonly classWeights: Record<number, number> | undefined;
  /** How much each position counts. */
  readonly weights: readonly number[];
}

function caseOf(seed: number): Case {
  const next = numbers(seed);
  const draw = (n: number): number => Math.floor(next() * n);
  const rows = 1 + draw(9);
  const [kind, masked, ignores, byClass] = [draw(3), draw(2) === 1, draw(2) === 1, draw(2) === 1];
  const positions = rows * steps;
  const x = Float32Array.from({ length: positions * features }, () => 0.1 + next());
  const padded = Array.from({ length: positions }, () => draw(3) === 0);
  padded.forEach((is, i) => is && x.fill(0, i * features, (i + 1) * features));
  const labels = Int32Array.from({ length: positions }, () => draw(classes));
  if (ignores) labels.forEach((_, i) => draw(4) === 0 && (labels[i] = -1));
  const given = Float32Array.from({ length: kind === 1 ? rows : positions }, () => draw(4) / 2);
  const classWeights = byClass ? { 0: 0, 1: 2.5 } : undefined;
  const weights = Array.from({ length: positions }, (_, i) => {
    const own = kind === 0 ? 1 : given[kind === 1 ? Math.floor(i / steps) : i]!;
    const label = labels[i]!;
    return (
      own *
      (masked && padded[i] ? 0 : 1) *
      (label < 0 ? 0 : 1) *
      ((classWeights as Record<number, number> | undefined)?.[label] ?? 1)
    );
  });
  const sampleWeight = kind === 0 ? undefined : tensor(given, kind === 1 ? [rows] : [rows, steps]);
  const data = { x: tensor(x, [rows, steps, features]), y: tensor(labels, [rows, steps], 'int32'), sampleWeight };
  return { data, masked, ignoreIndex: ignores ? -1 : undefined, classWeights, weights };
}

function trainer({ masked, ignoreIndex }: Case): Trainer {
  const sparse = sparseCategoricalCrossEntropy;
  const loss: Parameters<ReturnType<typeof sequential>['compile']>[0]['loss'] = (p, t, o) =>
    sparse(p, t, { ...o, ...(ignoreIndex !== undefined && { ignoreIndex }) });
  const layers = [...(masked ? [skipZeros()] : []), project()] as [Layer<SameShapeRule>];
  return sequential(input([steps, features]), ...layers).compile({
    optimizer: descent(0),
    loss,
    metrics: [sparseCategoricalAccuracy()],
    seed: 3,
  });
}

/** Σ w·loss / Σ w in float64, from the logits. */
function plainly(t: Trainer, { data, weights }: Case): number {
  const logits = t.model.call(data.x).data;
  const losses = weights.map((w, i) => {
    if (w === 0) return 0;
    const row = [...logits.subarray(i * classes, (i + 1) * classes)];
    return w * (Math.log(row.reduce((sum, v) => sum + Math.exp(v), 0)) - row[data.y.data[i]!]!);
  });
  const total = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);
  return total(losses) / total(weights);
}

/** The case with the weights of its classes as weights of positions, which is how `evaluate` takes them. */
function asPositions({ data, classWeights }: Case): TrainingBatch {
  if (!classWeights) return data;
  const own = data.sampleWeight;
  const w = Float32Array.from(
    data.y.data,
    (label, i) => (classWeights[label] ?? 1) * (own ? own.data[own.rank === 1 ? Math.floor(i / steps) : i]! : 1),
  );
  return { ...data, sampleWeight: tensor(w, data.y.shape) };
}

describe('the loss', () => {
  test.each(Array.from({ length: 40 }, (_, seed) => seed))(
    'is Σ w·loss / Σ w in training and evaluation, case %i',
    async (seed) => {
      const given = caseOf(seed);
      const t = trainer(given);
      const expected = plainly(t, given);
      for (const batchSize of [1, 2, 32]) {
        const evaluated = await t.evaluate(asPositions(given), { batchSize });
        if (Number.isNaN(expected)) {
          expect(evaluated['loss']).toBeNaN();
          await expect(
            t.fit(given.data, { batchSize, ...(given.classWeights && { classWeights: given.classWeights }) }),
          ).rejects.toThrow('at least one sample of an epoch must count');
          continue;
        }
        const [logs] = await t.fit(given.data, {
          batchSize,
          ...(given.classWeights && { classWeights: given.classWeights }),
        });
        expect(evaluated['loss']).toBeCloseTo(expected, 5);
        expect(logs!['loss']).toBeCloseTo(expected, 5);
        expect(logs!['sparseCategoricalAccuracy']).toBeCloseTo(evaluated['sparseCategoricalAccuracy']!, 10);
      }
    },
  );
});
