import type { Instruction } from './instruction.ts';
import { axesOf, axisOf, isFloating, op } from './dynamic.ts';

const overAxes = ['sum', 'mean', 'max', 'min', 'all', 'any', 'variance', 'std', 'norm', 'logSumExp'];
const overOne = ['argmax', 'argmin'];

/** Instructions that reduce. */
export const reductions: Readonly<Record<string, Instruction>> = {
  ...Object.fromEntries(
    overAxes.map((name): [string, Instruction] => [
      name,
      (a, _, k) => op(name)(a, { axis: axesOf(a, k), keepDims: k % 2 === 0 }),
    ]),
  ),
  ...Object.fromEntries(
    overOne.map((name): [string, Instruction] => [
      name,
      (a, _, k) => (a.rank > 0 ? op(name)(a, { axis: axisOf(a, k) }) : undefined),
    ]),
  ),
  prod: (a, _, k) => (a.rank > 0 ? op('tanh')(op('prod')(a, { axis: axisOf(a, k) })) : undefined),
  total: (a) => op('sum')(a),
  average: (a) => op('mean')(a),
  meanSquare: (a) => (isFloating(a) ? op('mean')(op('square')(a)) : undefined),
  softmax: (a, _, k) =>
    a.rank > 0 && isFloating(a) ? op(k % 2 ? 'softmax' : 'logSoftmax')(a, { axis: axisOf(a, k) }) : undefined,
  cumsum: (a, _, k) =>
    a.rank > 0 ? op('cumsum')(a, axisOf(a, k), { exclusive: k % 2 === 1, reverse: k % 4 > 1 }) : undefined,
  cumprod: (a, _, k) =>
    a.rank > 0
      ? op('cumprod')(isFloating(a) ? op('tanh')(a) : a, axisOf(a, k), { exclusive: k % 2 === 1, reverse: k % 4 > 1 })
      : undefined,
  matmul: (a, b, k) =>
    a.rank > 1 && b.rank > 1 ? op('matmul')(a, b, { transposeA: k % 2 === 1, transposeB: k % 4 > 1 }) : undefined,
  matmulOwn: (a, _, k) =>
    a.rank > 1 ? op('matmul')(a, a, k % 2 ? { transposeA: true } : { transposeB: true }) : undefined,
  dot: (a, b) => (a.size === b.size ? op('dot')(op('flatten')(a), op('flatten')(b)) : undefined),
  outer: (a, b) => (a.size * b.size <= 4096 ? op('outer')(op('reshape')(a, [-1]), op('reshape')(b, [-1])) : undefined),
};
