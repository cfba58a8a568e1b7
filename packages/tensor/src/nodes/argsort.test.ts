import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor } from '../ops/creation/creation.ts';
import { expectAgreement, expectSame } from '../oracle/agreement.ts';
import { shapesWithAxis, tensors } from '../oracle/arbitraries.ts';
import { argsortNode } from './argsort.ts';

describe.each([false, true])('argsort, descending %s', (descending) => {
  it.each(['float64', 'int32', 'bool', 'uint8'] as const)('of %s along any axis is the oracle’s', (dtype) => {
    const cases = shapesWithAxis({ min: 0, max: 7 }).filter(({ shape }) => shape.reduce((a, b) => a * b, 1) < 500);
    const inputs = cases.chain(({ shape, axis }) => fc.tuple(tensors(shape, dtype), fc.constant(axis)));
    fc.assert(
      fc.property(inputs, ([x, axis]) => expectAgreement((t) => argsortNode(t, axis, descending), [x])),
      { numRuns: 50 },
    );
  });

  it('puts NaN last, keeps the order of ties and holds the zeros equal', () => {
    const x = tensor([2, NaN, 0, -0, Infinity, 2, -Infinity, NaN, -0, 0, Infinity]);
    expectSame((t) => argsortNode(t, 0, descending), [x]);
    const order = argsortNode(x, 0, descending).data;
    expect([...order.slice(-2)]).toEqual([1, 7]);
    expect([...order].filter((i) => x.data[i] === 0)).toEqual([2, 3, 8, 9]);
  });
});
