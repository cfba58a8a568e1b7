import { Generator, leakyRelu, relu, tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { activationWith } from './activation.ts';
import { describeArguments, reviveArguments } from './config.ts';
import { maxNorm, nonNeg, unitNorm } from './constraints.ts';
import { constant, type Initializer, onesInitializer, uniform } from './initializers.ts';
import { knownFunctions } from './knownFunctions.ts';
import { identityInitializer, orthogonal } from './orthogonal.ts';
import { l1, l1l2, l2, type Regularizer } from './regularizers.ts';
import { heNormal } from './varianceScaling.ts';

const at = { rng: new Generator(1), dtype: 'float64' as const };
const throughJson = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(describeArguments('layer', [value]))) as unknown;

describe('arguments of layers', () => {
  test.each<[unknown, unknown]>([
    [onesInitializer, { $initializer: 'ones' }],
    [heNormal, { $initializer: 'heNormal' }],
    [heNormal({ mode: 'fanAverage' }), { $initializer: 'heNormal', args: [{ mode: 'fanAverage' }] }],
    [uniform, { $initializer: 'uniform' }],
    [constant(3), { $initializer: 'constant', args: [3] }],
    [uniform({ maxval: 1 }), { $initializer: 'uniform', args: [{ maxval: 1 }] }],
    [orthogonal({ gain: 2 }), { $initializer: 'orthogonal', args: [{ gain: 2 }] }],
    [l2(), { $regularizer: 'l2', args: [0.01] }],
    [l1l2({ l1: 0.1 }), { $regularizer: 'l1l2', args: [{ l1: 0.1 }] }],
    [nonNeg(), { $constraint: 'nonNeg' }],
    [maxNorm(3, { axis: [0, 1] }), { $constraint: 'maxNorm', args: [3, { axis: [0, 1] }] }],
    [relu, { $activation: 'relu' }],
    [activationWith(leakyRelu, { negativeSlope: 0.1 }), { $activation: 'leakyRelu', args: [{ negativeSlope: 0.1 }] }],
  ])('are saved as JSON: %o', (value, json) => {
    expect(describeArguments('layer', [{ option: value }])).toEqual([{ option: json }]);
  });

  test.each<[string, Initializer]>([
    ['constant', constant(3)],
    ['uniform', uniform],
    ['uniform with options', uniform({ minval: 2, maxval: 3 })],
    ['orthogonal with a gain', orthogonal({ gain: 2 })],
    ['identity', identityInitializer],
  ])('come back as they were: %s', (_, initializer) => {
    const [revived] = reviveArguments('layer', throughJson(initializer), knownFunctions) as [Initializer];
    const make = ({ make }: Initializer): unknown => make([3, 3], { ...at, rng: new Generator(7) }).toArray();
    expect(make(revived)).toEqual(make(initializer));
    expect(describeArguments('layer', [revived])).toEqual(describeArguments('layer', [initializer]));
  });

  test('restore regularizers and constraints', () => {
    const w = tensor([[1], [-2]]);
    for (const regularizer of [l1(0.5), l2(0.5), l1l2({ l1: 1, l2: 2 })]) {
      const [revived] = reviveArguments('layer', throughJson(regularizer), knownFunctions) as [Regularizer];
      expect(revived.penalty(w).item()).toBe(regularizer.penalty(w).item());
    }
    for (const constraint of [maxNorm(1), nonNeg(), unitNorm()]) {
      const [revived] = reviveArguments('layer', throughJson(constraint), knownFunctions) as [typeof constraint];
      expect(revived.apply(w).toArray()).toEqual(constraint.apply(w).toArray());
    }
  });

  test('restore activations with their options', () => {
    const saved = throughJson(activationWith(leakyRelu, { negativeSlope: 0.25 }));
    const [revived] = reviveArguments('layer', saved, { activations: { leakyRelu } }) as [typeof relu];
    expect(revived(tensor([-4, 3])).toArray()).toEqual([-1, 3]);
    expect(describeArguments('layer', [revived])).toEqual(saved);
  });

  test('refuse options that the activation does not take', () => {
    const saved = [{ $activation: 'leakyRelu', args: [{ slope: 1 }] }];
    expect(() => reviveArguments('dense', saved, { activations: { leakyRelu } })).toThrow(
      'activationWith: unknown option `slope`',
    );
  });

  test.each([[3], [[1]], [[{}, {}]], [{ negativeSlope: 1 }]])('refuse %j as options of an activation', (args) => {
    expect(() =>
      reviveArguments('dense', [{ $activation: 'leakyRelu', args }], { activations: { leakyRelu } }),
    ).toThrow('load: the activation leakyRelu of dense takes a list of one object of options, got');
  });

  test('find custom functions by name', () => {
    const mine: Regularizer = { name: 'mine', penalty: () => tensor(7) };
    const [revived] = reviveArguments('layer', throughJson(mine), { regularizers: { mine } }) as [Regularizer];
    expect(revived).toBe(mine);
  });

  test('ignore unknown initializers', () => {
    expect(reviveArguments('dense', [3, { kernelInitializer: { $initializer: 'mine', args: [1] } }], {})).toEqual([
      3,
      {},
    ]);
  });

  test('reject unknown regularizers and constraints', () => {
    expect(() => reviveArguments('dense', throughJson(l2()), {})).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: load: dense needs the regularizer l2; pass it as \`regularizers: { l2 }\`]`,
    );
    expect(() => reviveArguments('dense', throughJson(nonNeg()), {})).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: load: dense needs the constraint nonNeg; pass it as \`constraints: { nonNeg }\`]`,
    );
    expect(() =>
      reviveArguments('dense', [{ $initializer: 'ones', args: [2] }], knownFunctions),
    ).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: load: the initializer ones of dense takes no arguments, got [2]]`,
    );
    expect(() =>
      reviveArguments('dense', [{ $activation: 'relu' }], knownFunctions),
    ).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: load: dense needs the activation relu; pass it as \`activations: { relu }\`]`,
    );
    expect(() => reviveArguments('dense', { units: 3 }, knownFunctions)).toThrowErrorMatchingInlineSnapshot(
      `[FormatError: load: the configuration of dense must be a list of arguments, got { units: 3 }]`,
    );
    expect(() => describeArguments('dense', [(x: unknown) => x])).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: dense: its activation is not an op and cannot be saved; use an op such as \`relu\`, or create one with \`defineOp\`]`,
    );
  });
});
