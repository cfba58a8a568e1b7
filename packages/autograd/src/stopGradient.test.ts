import { mul, square, tensor, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { grad } from './grad.ts';
import { stopGradient } from './stopGradient.ts';

const number = (value: number): Tensor => tensor(value, [], 'float64');
const vector = (...values: number[]): Tensor => tensor(values, undefined, 'float64');

describe('stopGradient', () => {
  test('keeps the value and takes the gradient away', () => {
    expect(stopGradient(vector(1, 2)).toArray()).toEqual([1, 2]);
    expect(grad((x: Tensor) => mul(x, stopGradient(x)))(number(3)).item()).toBe(3);
    expect(grad((x: Tensor) => stopGradient(square(x)))(number(3)).item()).toBe(0);
    expect(grad(grad((x: Tensor) => mul(stopGradient(square(x)), x)))(number(3)).item()).toBe(0);
  });

  test('lets integers and conditions pass', () => {
    expect(stopGradient(tensor([1, 2], undefined, 'int32')).dtype).toBe('int32');
  });
});
