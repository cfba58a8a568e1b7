import { checkGradients } from '@chainrule/autograd';
import { isFloat, isTensor, type Tensor } from '@chainrule/tensor';
import { treeReplace, treeTensors } from '@chainrule/tensor/graph';
import * as tensor from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { type AnyOp, opsOf } from './ops.ts';
import { sampleArguments } from './sampler.ts';

const samples = 8;
/** Ops whose results are positions, conditions or integers. */
const withoutGradient = [
  'all',
  'any',
  'argmax',
  'argmin',
  'argsort',
  'equal',
  'greater',
  'greaterEqual',
  'isFinite',
  'isInf',
  'isNaN',
  'less',
  'lessEqual',
  'logicalAnd',
  'logicalNot',
  'logicalOr',
  'notEqual',
  'oneHot',
];

/** First and second gradients by all float64 tensors of one sample; returns how many elements were compared. */
function check(op: AnyOp, seed: number): number {
  const args = sampleArguments(op.op, seed);
  if (op(...args).dtype !== 'float64') return 0;
  const all = treeTensors(args);
  const floats = all.filter((t) => isFloat(t.dtype));
  if (floats.length === 0) return 0;
  const fn = (...xs: Tensor[]): Tensor => {
    let at = 0;
    return op(
      ...treeReplace(
        args,
        all.map((t) => (isFloat(t.dtype) ? xs[at++]! : t)),
      ),
    );
  };
  return checkGradients(fn, floats, { order: 2 }).compared;
}

describe('the gradients of ops', () => {
  const ops = opsOf(tensor);
  const compared = new Map([...ops.keys()].map((name) => [name, 0]));

  test.each([...ops.keys()])('%s passes the check to the second order', (name) => {
    for (let seed = 0; seed < samples; seed++) compared.set(name, compared.get(name)! + check(ops.get(name)!, seed));
    if (!withoutGradient.includes(name)) expect(compared.get(name)).toBeGreaterThan(0);
  });

  test('exist for every op except comparisons and positions', () => {
    const none = [...compared].filter(([, count]) => count === 0).map(([name]) => name);
    console.log(
      `gradients: ${compared.size - none.length} ops checked, ${none.length} without gradient (${none.join(', ')})`,
    );
    expect(none.sort()).toEqual(withoutGradient);
  });

  test('have samples with tensors for every op', () => {
    for (const [name, { op }] of ops) expect(sampleArguments(op, 0).flat().some(isTensor), name).toBe(true);
  });
});
