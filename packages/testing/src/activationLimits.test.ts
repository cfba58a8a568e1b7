import { grad } from '@chainrule/autograd';
import { wasm } from '@chainrule/backend-wasm';
import { type Backend, compile } from '@chainrule/compiler';
import * as ops from '@chainrule/tensor';
import { sum, type Tensor, tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';

/** Each activation with its limits at −∞ and ∞, and those of its gradient. */
const limits: readonly (readonly [
  name: string,
  fn: (x: Tensor) => Tensor,
  values: readonly [number, number],
  slopes: readonly [number, number],
])[] = [
  ['identity', ops.identity, [-Infinity, Infinity], [1, 1]],
  ['relu', ops.relu, [0, Infinity], [0, 1]],
  ['relu6', ops.relu6, [0, 6], [0, 0]],
  ['leakyRelu', ops.leakyRelu, [-Infinity, Infinity], [0.3, 1]],
  ['elu', ops.elu, [-1, Infinity], [0, 1]],
  ['celu', ops.celu, [-1, Infinity], [0, 1]],
  ['selu', ops.selu, [-1.7580993408473766, Infinity], [0, 1.0507009873554805]],
  ['silu', ops.silu, [0, Infinity], [0, 1]],
  ['mish', ops.mish, [0, Infinity], [0, 1]],
  ['gelu', ops.gelu, [0, Infinity], [0, 1]],
  ['gelu, approximate', (x: Tensor) => ops.gelu(x, { approximate: true }), [0, Infinity], [0, 1]],
  ['hardSigmoid', ops.hardSigmoid, [0, 1], [0, 0]],
  ['hardSwish', ops.hardSwish, [0, Infinity], [0, 1]],
  ['hardShrink', ops.hardShrink, [-Infinity, Infinity], [1, 1]],
  ['softShrink', ops.softShrink, [-Infinity, Infinity], [1, 1]],
  ['thresholdedRelu', ops.thresholdedRelu, [0, Infinity], [0, 1]],
  ['sigmoid', ops.sigmoid, [0, 1], [0, 0]],
  ['logSigmoid', ops.logSigmoid, [-Infinity, 0], [1, 0]],
  ['softplus', ops.softplus, [0, Infinity], [0, 1]],
  ['softsign', ops.softsign, [-1, 1], [0, 0]],
  ['tanh', ops.tanh, [-1, 1], [0, 0]],
  ['erf', ops.erf, [-1, 1], [0, 0]],
  ['erfc', ops.erfc, [2, 0], [0, 0]],
] as never;

const backends: Readonly<Record<string, Backend | undefined>> = {
  reference: undefined,
  wasm: await wasm({ threads: 1 }),
};

describe.each(Object.keys(backends))('activations at ±∞ on %s', (backend) => {
  test.each(limits)('%s has its limits, and so has its gradient', (_, fn, values, slopes) => {
    const on = backends[backend] ? { backend: backends[backend] } : {};
    for (const dtype of ['float32', 'float64'] as const) {
      const x = tensor([-Infinity, Infinity, NaN], undefined, dtype);
      const [y, slope] = [
        compile(fn, on)(x),
        compile(
          grad((v: Tensor) => sum(fn(v)) as Tensor),
          on,
        )(x),
      ];
      [y, slope].forEach((found, i) => {
        const wanted = i === 0 ? values : slopes;
        [0, 1].forEach((k) => expect(found.data[k]).toBeCloseTo(wanted[k]!, 6));
      });
      expect(y.data[2]).toBeNaN();
    }
  });
});
