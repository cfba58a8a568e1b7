import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { selu } from './selu.ts';

describe('selu', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(selu, [
      [0.25, 0.2626752468388701],
      [0.5, 0.5253504936777402],
      [1, 1.0507009873554805],
      [-0.5, -0.6917581878028713],
      [-1, -1.1113307378125628],
      [2, 2.101401974710961],
      [-2, -1.520166468595695],
      [3.5, 3.677453455744182],
      [-3.5, -1.7050093409572833],
      [20, 21.01401974710961],
      [-20, -1.758099337223664],
    ]);
  });

  it('ends at −λα', () => {
    expectValues(selu, [
      [0, 0],
      [-0, -0],
      [-1000, -1.7580993408473768],
      [1000, 1050.7009873554805],
      [Infinity, Infinity],
      [-Infinity, -1.7580993408473768],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => selu(zeros([2], 'int32') as never)).toThrow(
      'selu: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
