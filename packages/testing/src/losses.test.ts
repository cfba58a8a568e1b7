import { checkGradients, grad, valueAndGrad } from '@chainrule/autograd';
import * as losses from '@chainrule/losses';
import { softmax, sub, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

const double = (values: number[][]): Tensor => tensor(values, undefined, 'float64');
const labels = tensor([2, 0], undefined, 'int32');
const cross = losses.sparseCategoricalCrossEntropy;

describe('the gradient of sparseCategoricalCrossEntropy', () => {
  const logits = double([
    [0.3, -1, 2],
    [1.5, 0, -0.7],
  ]);

  test('is softmax − one-hot, over the batch', () => {
    const expected = sub(
      softmax(logits),
      double([
        [0, 0, 1],
        [1, 0, 0],
      ]),
    ).data.map((v) => v / 2);
    grad((x: Tensor) => cross(x, labels))(logits).data.forEach((v, i) => expect(v).toBeCloseTo(expected[i]!, 14));
  });

  test('is exact for logits of ±1000', () => {
    const extreme = tensor([
      [1000, -1000, 0],
      [-1000, 1000, 0],
    ]);
    expect(grad((x: Tensor) => cross(x, labels))(extreme).toArray()).toEqual([
      [0.5, 0, -0.5],
      [-0.5, 0.5, 0],
    ]);
  });

  test('passes the float64 check, twice, for logits, probabilities and weights', () => {
    const sampleWeight = tensor([3, 0.5], undefined, 'float64');
    checkGradients((x) => cross(x, labels), [logits], { order: 2 });
    checkGradients((x) => cross(softmax(x), labels, { fromLogits: false }), [logits], { order: 2 });
    checkGradients((x, w) => cross(x, labels, { sampleWeight: w }), [logits, sampleWeight], { order: 2 });
    const classWeights = tensor([2, 1, 0.5], undefined, 'float64');
    checkGradients((x) => cross(x, labels, { classWeights, reduction: 'none' }), [logits], { order: 2 });
  });

  test('is 0 for samples that do not count', () => {
    const ignored = tensor([2, -1], undefined, 'int32');
    const { data } = grad((x: Tensor) => cross(x, ignored, { ignoreIndex: -1 }))(logits);
    expect([...data.slice(3)].map(Math.abs)).toEqual([0, 0, 0]);
  });
});

type Pair = (p: Tensor, t: Tensor, options?: object) => Tensor;
const pairs = Object.entries(losses).filter(
  ([name]) => !['triplet', 'sparseCategoricalCrossEntropy', 'withOptions'].includes(name),
) as [string, Pair][];
/** Losses that take probabilities on request, and thus logits of any size. */
const entropies = pairs.filter(([name]) => name.endsWith('CrossEntropy'));

test('every loss that is exported has a test of its gradients here', () => {
  const covered = [...pairs.map(([name]) => name), 'triplet', 'sparseCategoricalCrossEntropy', 'withOptions'].sort();
  console.log(`losses: ${Object.keys(losses).length} exported, ${covered.length} with their gradients tested`);
  expect(covered).toEqual(Object.keys(losses).sort());
  expect(pairs.every(([, loss]) => loss.length === 2)).toBe(true);
});

describe('gradients of losses of pairs', () => {
  const rows = {
    predictions: double([
      [0.3, 0.2, 0.5],
      [0.6, 0.1, 0.3],
    ]),
    targets: double([
      [0, 1, 0],
      [0.25, 0.25, 0.5],
    ]),
  };

  test.each(pairs)('%s passes the float64 check, twice', (_, loss) => {
    expect(checkGradients((p) => loss(p, rows.targets), [rows.predictions], { order: 2 }).compared).toBe(12);
  });

  test.each(pairs)('%s passes it with weights, which are differentiated too, and without reduction', (_, loss) => {
    const sampleWeight = tensor([3, 0.5], undefined, 'float64');
    checkGradients((p, w) => loss(p, rows.targets, { sampleWeight: w }), [rows.predictions, sampleWeight], {
      order: 2,
    });
    checkGradients((p) => loss(p, rows.targets, { sampleWeight, reduction: 'none' }), [rows.predictions], { order: 2 });
  });

  test.each(pairs)('%s passes it for targets that are learned as well', (_, loss) => {
    const targets = double([
      [0.2, 0.7, 0.1],
      [0.25, 0.25, 0.5],
    ]);
    checkGradients((t) => loss(rows.predictions, t), [targets], { order: 2 });
  });

  test.each(entropies)('%s passes it for probabilities', (_, loss) => {
    checkGradients((p) => loss(p, rows.targets, { fromLogits: false }), [rows.predictions], { order: 2 });
  });

  test.each([losses.binaryCrossEntropy, losses.categoricalCrossEntropy])(
    '$name passes it with smoothed labels',
    (loss) => {
      checkGradients((p) => loss(p, rows.targets, { labelSmoothing: 0.2 }), [rows.predictions], { order: 2 });
    },
  );

  test.each([losses.binaryFocalCrossEntropy, losses.categoricalFocalCrossEntropy])(
    '$name passes it with other gammas and alphas',
    (loss) => {
      for (const gamma of [0, 0.5, 1, 3.5])
        checkGradients((p) => loss(p, rows.targets, { gamma, alpha: 0.3 }), [rows.predictions], { order: 2 });
    },
  );

  test('huber passes it on both sides of delta', () => {
    const far = double([[5, -7, 0.1]]);
    checkGradients((p) => losses.huber(p, double([[0, 0, 0]]), { delta: 2 }), [far], { order: 2 });
  });
});

describe('gradients of losses at extremes', () => {
  test.each(entropies)('%s: finite for logits of ±1000, in float32', (_, loss) => {
    const x = tensor([
      [1000, -1000],
      [-1000, 1000],
      [0, 1000],
    ]);
    for (const t of [
      tensor([
        [1, 0],
        [1, 0],
        [0, 1],
      ]),
      tensor([
        [0, 1],
        [0.5, 0.5],
        [1, 0],
      ]),
    ]) {
      expect(Number.isFinite(loss(x, t).item())).toBe(true);
      expect(grad((p: Tensor) => loss(p, t))(x).data.every(Number.isFinite)).toBe(true);
    }
  });

  test('cross-entropies pull a wrong logit of ±1000 as they pull any', () => {
    expect(grad((p: Tensor) => losses.binaryCrossEntropy(p, tensor([1, 0])))(tensor([-1000, 1000])).toArray()).toEqual([
      -0.5, 0.5,
    ]);
    expect(
      grad((p: Tensor) => losses.categoricalCrossEntropy(p, tensor([[0, 1]])))(tensor([[1000, -1000]])).toArray(),
    ).toEqual([[1, -1]]);
  });

  test.each([0, 0.5, 1, 2])('focal losses: finite with gamma %d, however sure the prediction', (gamma) => {
    for (const loss of [losses.binaryFocalCrossEntropy, losses.categoricalFocalCrossEntropy]) {
      const x = double([
        [1000, -1000],
        [-1000, 1000],
      ]);
      expect(
        grad((p: Tensor) =>
          loss(
            p,
            double([
              [1, 0],
              [1, 0],
            ]),
            { gamma },
          ),
        )(x).data.every(Number.isFinite),
      ).toBe(true);
      const sure = double([[1, 0]]);
      expect(
        grad((p: Tensor) => loss(p, double([[1, 0]]), { gamma, fromLogits: false }))(sure).data.every(Number.isFinite),
      ).toBe(true);
    }
  });

  test.each(entropies)('%s: finite for probabilities of 0 that nobody wants', (_, loss) => {
    const gradient = grad((p: Tensor) => loss(p, double([[1, 0]]), { fromLogits: false }))(double([[1, 0]]));
    expect(gradient.data.every(Number.isFinite)).toBe(true);
  });

  test('sparseCategoricalCrossEntropy: −1/p for the probability of the label, 0 for others, 0 among them', () => {
    const of = (x: Tensor): Tensor => cross(x, labels, { fromLogits: false });
    expect(
      grad(of)(
        double([
          [0.5, 0, 0.5],
          [0.25, 0.75, 0],
        ]),
      ).toArray(),
    ).toEqual([
      [0, 0, -1],
      [-2, 0, 0],
    ]);
  });

  test('sparseCategoricalCrossEntropy: an ignored label adds nothing, whatever its probabilities', () => {
    const ignored = tensor([2, -1], undefined, 'int32');
    const x = double([
      [0.5, 0, 0.5],
      [0, 1, 0],
    ]);
    expect(cross(x, ignored, { ignoreIndex: -1, fromLogits: false }).item()).toBeCloseTo(Math.LN2, 15);
    expect(grad((p: Tensor) => cross(p, ignored, { ignoreIndex: -1, fromLogits: false }))(x).toArray()).toEqual([
      [0, 0, -2],
      [0, 0, 0],
    ]);
  });

  test.each(pairs.filter(([name]) => !name.endsWith('CrossEntropy')))(
    '%s: finite where the prediction is the target, and 0',
    (_, loss) => {
      const zero = double([
        [0, 0],
        [0, 0],
      ]);
      expect(grad((p: Tensor) => loss(p, zero))(zero).data.every(Number.isFinite)).toBe(true);
    },
  );

  test.each(['meanAbsoluteError', 'huber', 'logCosh', 'hinge'] as const)(
    '%s: of size 1 at most, however far off',
    (name) => {
      const slopes = grad((p: Tensor) => losses[name](p, tensor([1, -1]), { reduction: 'sum' }))(
        tensor([-1e30, 1e30]),
      ).toArray();
      expect(slopes).toEqual([-1, 1]);
    },
  );

  test('triplet: 0 where the negative is far enough, and past the float64 check elsewhere', () => {
    const [a, p, n] = [
      double([
        [0.1, 0.2],
        [0, 0],
      ]),
      double([
        [1, 1],
        [1, 0],
      ]),
      double([
        [0.3, 1],
        [3, 4],
      ]),
    ];
    expect(checkGradients((x, y, z) => losses.triplet(x, y, z), [a, p, n], { order: 2 }).compared).toBe(24);
    expect(grad((x: Tensor) => losses.triplet(x, p, n))(a).data.slice(2)).toEqual(Float64Array.of(0, 0));
  });
});

describe.each([NaN, Infinity, -Infinity])(
  'an element of weight 0 may be %d: it changes neither the loss nor its gradient',
  (wrong) => {
    const sampleWeight = tensor([2, 0], undefined, 'float64');

    /** The loss and its gradient where the second row of predictions, or of targets, holds `value`. */
    function measured(loss: (p: Tensor, t: Tensor) => Tensor, value: number, side: 'predictions' | 'targets'): unknown {
      const spoilt = (of: typeof side): Tensor =>
        double([
          of === 'predictions' ? [0.3, 0.2, 0.5] : [0, 1, 0],
          side === of ? [value, value, value] : [0.25, 0.25, 0.5],
        ]);
      const [found, gradient] = valueAndGrad((p: Tensor) => loss(p, spoilt('targets')))(spoilt('predictions'));
      return [found.item(), gradient.toArray()];
    }

    /** Options besides the weights, for the losses that know them. */
    function optionsOf(name: string): readonly object[] {
      const isFocal = name.includes('Focal');
      const ofLogits = name.endsWith('CrossEntropy') ? [{ fromLogits: false }] : [];
      const ofKind = isFocal
        ? [{ gamma: 0.5 }]
        : ofLogits.length > 0
          ? [{ labelSmoothing: 0.1 }, { fromLogits: false, labelSmoothing: 0.1 }]
          : [];
      return [{}, { reduction: 'sum' }, ...ofLogits, ...ofKind];
    }
    test.each(pairs.flatMap(([name, loss]) => optionsOf(name).map((given) => [name, given, loss] as const)))(
      '%s with %j',
      (_, given, loss) => {
        const weighted = (p: Tensor, t: Tensor): Tensor => loss(p, t, { ...given, sampleWeight });
        for (const side of ['predictions', 'targets'] as const) {
          expect(measured(weighted, wrong, side)).toEqual(measured(weighted, 0.25, side));
          expect((measured(weighted, wrong, side) as [number, number[][]])[1][1]).toEqual([0, 0, 0]);
        }
      },
    );

    test('triplet', () => {
      const far = double([
        [2, 2, 2],
        [1, 1, 1],
      ]);
      const sides = [
        (a: Tensor, b: Tensor) => losses.triplet(a, b, far, { sampleWeight }),
        (a: Tensor, b: Tensor) => losses.triplet(far, a, b, { sampleWeight }),
      ];
      for (const loss of sides)
        for (const side of ['predictions', 'targets'] as const)
          expect(measured(loss, wrong, side)).toEqual(measured(loss, 0.25, side));
    });

    test.each([
      ['samples of weight 0, whose label may be no class', [2, 7], { sampleWeight }],
      ['ignored labels', [2, -1], { ignoreIndex: -1 }],
      ['classes of weight 0', [2, 1], { classWeights: tensor([1, 0, 1], undefined, 'float64') }],
    ] as const)('sparseCategoricalCrossEntropy of %s', (_, given, rest) => {
      const found = [true, false].map((fromLogits) =>
        measured(
          (p) => cross(p, tensor([...given], undefined, 'int32'), { ...rest, fromLogits }),
          wrong,
          'predictions',
        ),
      );
      expect(found).toEqual(
        [true, false].map((fromLogits) =>
          measured(
            (p) => cross(p, tensor([...given], undefined, 'int32'), { ...rest, fromLogits }),
            0.25,
            'predictions',
          ),
        ),
      );
      expect((found[0] as [number, number[][]])[1][1]!.map(Math.abs)).toEqual([0, 0, 0]);
    });
  },
);
