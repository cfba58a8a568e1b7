import { Generator, mul, relu, tensor, type Tensor, zeros } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { activation } from './activation.ts';
import { flatten } from './flatten.ts';
import { rescaling } from './rescaling.ts';

const context = { training: false, rng: new Generator(1) };

describe('activation', () => {
  test('applies an op or a custom function', () => {
    expect(
      activation(relu)
        .call([{ data: tensor([[-1, 2]]) }], context)[0]!
        .data.toArray(),
    ).toEqual([[0, 2]]);
    expect(
      activation((x) => mul(x, 3))
        .call([{ data: tensor([[-1, 2]]) }], context)[0]!
        .data.toArray(),
    ).toEqual([[-3, 6]]);
  });

  test('keeps the shape, has no variables, and is saved by name', () => {
    const layer = activation(relu, { name: 'rectify' });
    layer.build([[2, 3]], { rng: new Generator(1), dtype: 'float32' });
    expect([layer.outputShape([[2, 3]]), layer.variables(), layer.config(), layer.name]).toEqual([
      [[2, 3]],
      [],
      [relu, { name: 'rectify' }],
      'rectify',
    ]);
  });
});

describe('flatten', () => {
  test('flattens all axes after the batch in row-major order', () => {
    const x = tensor([
      [
        [1, 2],
        [3, 4],
      ],
      [
        [5, 6],
        [7, 8],
      ],
    ]);
    expect(
      flatten()
        .call([{ data: x }], context)[0]!
        .data.toArray(),
    ).toEqual([
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
  });

  test('adds a feature axis to inputs of rank 1, as Keras does', () => {
    expect(flatten().outputShape([[32]])).toEqual([[32, 1]]);
    expect(
      flatten()
        .call([{ data: tensor([1, 2]) }], context)[0]!
        .data.toArray(),
    ).toEqual([[1], [2]]);
  });

  test('keeps the dtype', () => {
    expect(flatten().call([{ data: zeros([2, 3, 4], 'uint8') }], context)[0]!.data.dtype).toBe('uint8');
  });
});

describe('rescaling', () => {
  const run = (x: Tensor, ...options: [number, number?]): Tensor =>
    rescaling(...options).call([{ data: x }], context)[0]!.data;

  test('converts uint8 pixels to float32', () => {
    const y = run(tensor([[0, 51, 255]], undefined, 'uint8'), 1 / 255);
    expect([y.dtype, y.toArray()]).toEqual(['float32', [[0, Math.fround(51 * Math.fround(1 / 255)), 1]]]);
  });

  test('multiplies before it adds: 1 / 127.5 and −1 map pixels to [−1, 1]', () => {
    expect(run(tensor([0, 255], undefined, 'uint8'), 1 / 127.5, -1).toArray()).toEqual([-1, 1]);
  });

  test('stays in float64', () => {
    expect(run(tensor([3], undefined, 'float64'), 0.1).toArray()).toEqual([3 * 0.1]);
  });
});
