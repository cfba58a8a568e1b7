import { describe, it } from 'vitest';
import { expectFailure, expectLike, expectPass, type Spelt, type SpeltTensors } from './expectCase.ts';

const values = [-2.5, -1, -0.25, 0.5, 1.5, 3.25];
const x: Spelt = [values, [2, 3]];

describe('activations', () => {
  const elu = (v: number, alpha: number): number => (v > 0 ? v : alpha * (Math.exp(v) - 1));
  const cut = (v: number): number => Math.min(1, Math.max(0, v));
  it.each<[string, object, (v: number) => number]>([
    ['elu', { alpha: 2 }, (v) => elu(v, 2)],
    ['elu', {}, (v) => elu(v, 1)],
    ['selu', { alpha: 2, gamma: 3 }, (v) => 3 * elu(v, 2)],
    ['selu', { alpha: 2 }, (v) => 1.0507009873554805 * elu(v, 2)],
    ['selu', { gamma: 3 }, (v) => 3 * elu(v, 1.6732632423543772)],
    ['selu', {}, (v) => 1.0507009873554805 * elu(v, 1.6732632423543772)],
    ['celu', { alpha: 2 }, (v) => Math.max(0, v) + Math.min(0, 2 * (Math.exp(v / 2) - 1))],
    ['celu', {}, (v) => elu(v, 1)],
    ['hardSigmoid', { alpha: 0.5, beta: 0.6 }, (v) => cut(0.5 * v + 0.6)],
    ['hardSigmoid', { alpha: 0.21 }, (v) => cut(0.21 * v + 0.5)],
    ['hardSigmoid', { beta: 0.25 }, (v) => cut(v / 6 + 0.25)],
    ['hardSigmoid', {}, (v) => cut(v / 6 + 0.5)],
    ['linear', { alpha: 2, beta: -1 }, (v) => 2 * v - 1],
    ['linear', {}, (v) => v],
    ['clip', { min: -1.5, max: 1 }, (v) => Math.min(1, Math.max(-1.5, v))],
    ['clip', { max: 1 }, (v) => Math.min(1, v)],
    ['clip', { min: 1, max: -1 }, () => -1],
    ['leakyRelu', { alpha: 0.1 }, (v) => (v > 0 ? v : 0.1 * v)],
    [
      'gelu',
      { approximate: 'tanh' },
      (v) => (v / 2) * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v ** 3))),
    ],
    ['softsign', {}, (v) => v / (1 + Math.abs(v))],
    ['hardSwish', {}, (v) => v * cut(v / 6 + 0.5)],
    ['logSigmoid', {}, (v) => -Math.log(1 + Math.exp(-v))],
    ['asinh', {}, Math.asinh],
    ['identity', {}, (v) => v],
    ['dropout', { rate: 0.5 }, (v) => v],
    ['thresholdedRelu', { alpha: 0.75 }, (v) => (v > 0.75 ? v : 0)],
    ['thresholdedRelu', {}, (v) => (v > 1 ? v : 0)],
    ['hardShrink', { threshold: 1.25 }, (v) => (Math.abs(v) > 1.25 ? v : 0)],
    ['softShrink', { threshold: 0.375 }, (v) => Math.sign(v) * Math.max(0, Math.abs(v) - 0.375)],
    ['shrink', { lambd: 0.75, bias: 0.75 }, (v) => Math.sign(v) * Math.max(0, Math.abs(v) - 0.75)],
    ['shrink', { lambd: 0.75 }, (v) => (Math.abs(v) > 0.75 ? v : 0)],
  ])('%s %j', (op, attrs, of) => expectLike(op, attrs, { x }, { shape: [2, 3], of: (inputs) => inputs.x!.map(of) }));

  it('prelu with a slope for each column', () =>
    expectLike(
      'prelu',
      {},
      { x, alpha: [[0.5, 2, -1], [3]] },
      { shape: [2, 3], of: ({ x: v, alpha }) => v!.map((n, i) => (n > 0 ? n : n * alpha![i % 3]!)) },
    ));

  it('refuses unknown attributes', async () => {
    await expectFailure('dropout', { rate: 0.5, training: true }, { x }, 'not supported: attribute `training`');
    await expectFailure('elu', { beta: 1 }, { x }, 'not supported: attribute `beta`');
    await expectFailure('gelu', { approximate: 'sigmoid' }, { x }, 'not supported: attribute `approximate` "sigmoid"');
  });
});

describe('remainders', () => {
  const operands: SpeltTensors = { a: [[7.5, -7.5], [2]], b: [[2, 2], [2]] };
  it('have the sign of the divisor, or with `fmod` of the dividend', async () => {
    await expectPass('mod', {}, operands, { output: [[1.5, 0.5], [2]] });
    await expectPass('mod', { fmod: true }, operands, { output: [[1.5, -1.5], [2]] });
    await expectPass('fmod', {}, operands, { output: [[1.5, -1.5], [2]] });
  });
});

describe('operands', () => {
  const [a, b]: Spelt[] = [
    [[2, 0.5, 3], [3]],
    [
      [2, -1, 0.5, 3, 1, 2],
      [2, 3],
    ],
  ];
  it.each<[string, (p: number, q: number) => number]>([
    ['add', (p, q) => p + q],
    ['sub', (p, q) => p - q],
    ['mul', (p, q) => p * q],
    ['div', (p, q) => p / q],
    ['pow', (p, q) => p ** q],
    ['atan2', Math.atan2],
  ])('%s with broadcasting', (op, of) =>
    expectLike(
      op,
      {},
      { a: a!, b: b! },
      { shape: [2, 3], of: ({ a: p, b: q }) => q!.map((n, i) => of(p![i % 3]!, n)) },
    ),
  );

  it.each<[string, SpeltTensors, Spelt]>([
    ['maximum', { a: [[3, 2, 1], [3]], b: [[1, 4, 4], [3]], c: [[2, 5, 3], [3]] }, [[3, 5, 4], [3]]],
    ['minimum', { a: [[3, 2, 1], [3]] }, [[3, 2, 1], [3]]],
    ['add', { a: [[3, 0, 2], [3]], b: [[1, 3, 4], [3]], c: [[2, 6, 6], [3]] }, [[6, 9, 12], [3]]],
    ['pow', { a: [[1, 2, 3], [3]], b: [[4, 5, 6], [3], 'int32'] }, [[1, 32, 729], [3]]],
    [
      'mod',
      { a: [[-4, 7, 5, 4, -7, 8], [6], 'int32'], b: [[2, -3, 8, -2, 3, 5], [6], 'int32'] },
      [[0, -2, 5, 0, 2, 3], [6], 'int32'],
    ],
    ['less', { a: [[1, 2, 3], [3], 'int32'], b: [[2], [1], 'int32'] }, [[1, 0, 0], [3], 'int32']],
    ['lessEqual', { a: [[1, 2, 3], [3]], b: [[2], [1]] }, [[1, 1, 0], [3], 'int32']],
    ['greaterEqual', { a: [[1, 2, 3], [3]], b: [[2], [1]] }, [[0, 1, 1], [3], 'int32']],
    ['equal', { a: [[1, 2], [2], 'int32'], b: [[1, 3], [2], 'int32'] }, [[1, 0], [2], 'int32']],
    ['notEqual', { a: [[1, 2], [2]], b: [[1, 3], [2]] }, [[0, 1], [2], 'int32']],
    ['logicalAnd', { a: [[0, 0, 1, 1], [4], 'int32'], b: [[0, 1, 0, 1], [4], 'int32'] }, [[0, 0, 0, 1], [4], 'int32']],
    ['logicalOr', { a: [[0, 0, 1, 1], [4], 'int32'], b: [[0, 1, 0, 1], [4], 'int32'] }, [[0, 1, 1, 1], [4], 'int32']],
    ['logicalXor', { a: [[0, 0, 1, 1], [4], 'int32'], b: [[1], [1], 'int32'] }, [[1, 1, 0, 0], [4], 'int32']],
    ['logicalNot', { x: [[0, 1], [2], 'int32'] }, [[1, 0], [2], 'int32']],
    ['isNaN', { x: [[0, 1], [2]] }, [[0, 0], [2], 'int32']],
    ['round', { x: [[0.1, 0.5, 0.9, 1.2, 1.5, 2.5, -0.5, -1.5, -2.5], [9]] }, [[0, 0, 1, 1, 2, 2, 0, -2, -2], [9]]],
    [
      'where',
      { condition: [[1, 0, 1, 1], [2, 2], 'int32'], a: [[1, 2, 3, 4], [2, 2], 'int32'], b: [[9], [1], 'int32'] },
      [[1, 9, 3, 4], [2, 2], 'int32'],
    ],
  ])('%s %j', (op, inputs, output) => expectPass(op, {}, inputs, { output }));

  it('where passes the gradient to the side that is taken', () =>
    expectLike(
      'where',
      {},
      { condition: [[1, 0, 0], [3], 'int32'], a: [[1, 2, 3], [3]], b: [[5], [1]] },
      { shape: [3], of: ({ condition, a: p, b: q }) => condition!.map((c, i) => (c ? p![i]! : q![0]!)) },
    ));
});
