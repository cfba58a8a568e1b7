import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../core/creation.ts';
import { expectValues } from '../oracle/expectValues.ts';
import { gelu } from './gelu.ts';

describe('gelu', () => {
  it('gives the values of mpmath 1.3 with 60 digits', () => {
    expectValues(gelu, [
      [0.25, 0.14967658142073093], [0.5, 0.34573123063700656], [1, 0.8413447460685429], [2, 1.9544997361036416],
      [3.5, 3.4991857982233756], [-0.25, -0.10032341857926907], [-0.5, -0.15426876936299344],
    ]);
  });

  it('is x or 0 far out, and NaN at −∞', () => {
    expectValues(gelu, [
      [1000, 1000], [-1000, -0], [0, 0], [-0, -0], [Infinity, Infinity], [-Infinity, NaN], [NaN, NaN],
    ]);
  });

  it('loses digits only below what float32 resolves, left of 0', () => {
    for (const [x, y] of [[-2, -0.04550026389635842], [-5, -1.4332578593959695e-6]] as const) expect(gelu(tensor([x])).item()).toBeCloseTo(y, 6);
  });

  it('takes the formula with the hyperbolic tangent', () => {
    expectValues((x) => gelu(x, { approximate: true }), [[0.25, 0.149675350701685], [0.5, 0.34571400982514394], [1, 0.8411919906082767], [2, 1.954597694087775], [-0.25, -0.100324649298315], [-0.5, -0.15428599017485609], [1000, 1000]]);
  });

  it('refuses int32', () => {
    expect(() => gelu(zeros([2], 'int32') as never)).toThrow('gelu: expects integers beside int32, got 0.5; convert the tensor with `cast`');
  });
});
