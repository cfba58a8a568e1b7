import { describe, expect, it } from 'vitest';
import { zeros } from '../creation/creation.ts';
import { expectValues } from '../../oracle/expectValues.ts';
import { logSigmoid } from './logSigmoid.ts';

describe('logSigmoid', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(logSigmoid, [
      [0.25, -0.5759394198788436],
      [0.5, -0.4740769841801067],
      [1, -0.3132616875182228],
      [-0.5, -0.9740769841801067],
      [-1, -1.3132616875182228],
      [2, -0.1269280110429725],
      [-2, -2.1269280110429727],
      [3.5, -0.029750418272620566],
      [-3.5, -3.5297504182726205],
      [20, -2.061153620314381e-9],
      [-20, -20.000000002061153],
      [-60, -60],
      [80, -1.8048513878454153e-35],
    ]);
  });

  it('is 0 or x far out', () => {
    expectValues(logSigmoid, [
      [1000, 0],
      [-1000, -1000],
      [0, -0.6931471805599453],
      [Infinity, 0],
      [-Infinity, -Infinity],
      [NaN, NaN],
    ]);
  });

  it('refuses int32', () => {
    expect(() => logSigmoid(zeros([2], 'int32') as never)).toThrow(
      'logSigmoid: expects float32 or float64, got int32; convert it with `cast`',
    );
  });
});
