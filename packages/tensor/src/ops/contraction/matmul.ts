import { aBoolean, type Checks } from '@chainrule/errors/check';
import { defineOp, type Op } from '../defineOp.ts';
import type { FloatDType } from '../../array/dtype.ts';
import { twoTensors } from '../../array/checks.ts';
import type { Tensor } from '../../array/tensor.ts';
import { matmulNode, type MatmulOptions } from '../../nodes/matmul.ts';
import { reshapeNode } from '../../nodes/view.ts';
import type { Matmul } from '../signatures/index.ts';

/**
 * The matrix product of the last two axes; leading axes broadcast.
 *
 * cᵢⱼ = Σₖ aᵢₖ bₖⱼ
 *
 * @param a - `[…, m, k]`, or `[…, k, m]` with `transposeA`
 * @param b - `[…, k, n]`, or `[…, n, k]` with `transposeB`
 * @param options - `transposeA`, `transposeB`, by default false
 * @returns `[…, m, n]`
 * @throws ShapeError if the inner sizes differ or a rank is below 2; DTypeError for integers
 * @example
 * matmul(tensor([[1, 2]]), tensor([[3], [4]])).toArray(); // => 11
 */
export const matmul: Op<Matmul<FloatDType>> = /* @__PURE__ */ defineOp({
  name: 'matmul',
  params: twoTensors,
  options: { transposeA: aBoolean, transposeB: aBoolean } satisfies Checks<MatmulOptions>,
  lower: (a: Tensor, b: Tensor, options: MatmulOptions = {}) => {
    // A batch of matrices times one matrix is one tall product.
    const fits = a.shape.at(-1) === b.shape.at(options.transposeB ? -1 : -2);
    if (a.rank <= 2 || b.rank !== 2 || options.transposeA || !fits) return matmulNode(a, b, options);
    const rows = a.shape.slice(0, -1);
    const flat = reshapeNode(a, [rows.reduce((x, y) => x * y, 1), a.shape.at(-1)!]);
    const product = matmulNode(flat, b, options);
    return reshapeNode(product, [...rows, product.shape[1]]);
  },
  domain: {
    sample: (s) => {
      const [m, k, n] = [s.integer(1, 4), s.integer(1, 4), s.integer(1, 4)];
      const [transposeA, transposeB] = [s.pick([true, false]), s.pick([true, false])];
      const batch = s.pick([[], [2]]);
      return [
        s.uniform([...batch, ...(transposeA ? [k, m] : [m, k])]),
        s.uniform(transposeB ? [n, k] : [k, n]),
        { transposeA, transposeB },
      ];
    },
  },
});
