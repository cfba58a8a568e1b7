import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { acosh } from './acosh.ts';

describe('acosh', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(acosh, [
      [1.25, 0.6931471805599453],
      [1.5, 0.9624236501192069],
      [2, 1.3169578969248168],
      [3.5, 1.9248473002384139],
      [10, 2.993222846126381],
      [1000, 7.600902209541989],
      [1.0000009536743164, 0.0013810678222475811],
      [1.0000001192092896, 0.0004882812451493617],
      [134217728, 19.408121055678468],
      [536870912, 20.79441541679836],
      [1.0000000200408773e20, 46.744849060481734],
      [3.0000000054977558e38, 89.28999300483437],
    ]);
  });

  it('is 0 at 1 and NaN below', () => {
    expectValues(acosh, [
      [1, 0],
      [Infinity, Infinity],
      [0.5, NaN],
      [0, NaN],
      [-2, NaN],
      [-Infinity, NaN],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => acosh(zeros([2], 'int32') as never)).toThrow(
      'acosh: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
