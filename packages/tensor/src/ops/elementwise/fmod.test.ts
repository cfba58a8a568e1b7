import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../creation/creation.ts';
import { fmod } from './fmod.ts';

describe('fmod', () => {
  it.each(['float32', 'float64', 'int32'] as const)('has the sign of the dividend in %s', (dtype) => {
    const a = tensor([7, -7, 7, -7, 1000, 6, -6], undefined, dtype);
    const b = tensor([3, 3, -3, -3, 7, 3, 3], undefined, dtype);
    expect([...fmod(a, b).data].map((v) => v + 0)).toEqual([1, -1, 1, -1, 6, 0, 0]);
  });

  it('equals the remainder of JavaScript, signs of zeros included', () => {
    const values = [0, -0, 1, -1, 5.5, -5.5, 6, -6, 1e-20, -1e-20, 1e300, Infinity, -Infinity, NaN];
    for (const a of values) {
      const row = fmod(a, tensor(values, undefined, 'float64')).data;
      row.forEach((v, i) => expect(v, `${a} % ${values[i]}`).toBe(a % values[i]!));
    }
  });

  it('is right for the smallest integer, and 0 where integers are divided by 0', () => {
    const a = tensor([-(2 ** 31), -(2 ** 31), 5, -5], undefined, 'int32');
    expect([...fmod(a, tensor([3, -1, 0, 0], undefined, 'int32')).data].map((v) => v + 0)).toEqual([-2, 0, 0, 0]);
  });

  it('broadcasts, and takes a number on either side', () => {
    expect(fmod(tensor([[7], [8]]), tensor([3, 5])).toArray()).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(fmod(-7, tensor([4, -4])).toArray()).toEqual([-3, -3]);
  });

  it('refuses operands that do not fit together', () => {
    expect(() => fmod(zeros([2]), zeros([3]) as never)).toThrow('fmod: cannot broadcast [2] with [3]');
    expect(() => fmod(zeros([2]), zeros([2], 'int32') as never)).toThrow(
      'fmod: expects one dtype, got float32 and int32; convert one with `cast`',
    );
  });
});
