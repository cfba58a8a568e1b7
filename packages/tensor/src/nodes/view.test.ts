import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../ops/creation/creation.ts';
import type { DType } from '../array/dtype.ts';
import type { Tensor } from '../array/tensor.ts';
import { expectAgreement, expectSame } from '../oracle/agreement.ts';
import { shapes, tensors } from '../oracle/arbitraries.ts';
import { broadcastNode, flipNode, padNode, reshapeNode, sliceNode, transposeNode } from './view.ts';

const dtypes: readonly DType[] = ['float64', 'int32', 'uint8', 'bool'];
const anyTensor = (max = 4): fc.Arbitrary<Tensor> =>
  fc.tuple(shapes(0, max), fc.constantFrom(...dtypes)).chain(([s, d]) => tensors(s, d));
const x34 = tensor([
  [1, 2, 3, 4],
  [5, 6, 7, 8],
  [9, 10, 11, 12],
]);

/** Begin, size and stride that stay inside an axis of `n`. */
const range = (n: number): fc.Arbitrary<{ begin: number; size: number; stride: number }> =>
  fc
    .record({ begin: fc.nat(n), stride: fc.integer({ min: 1, max: 3 }), wanted: fc.nat(n) })
    .map(({ begin, stride, wanted }) => ({ begin, stride, size: Math.min(wanted, Math.ceil((n - begin) / stride)) }));

describe('view', () => {
  it('reshapes as the oracle does', () => {
    const cases = anyTensor().chain((x) =>
      fc.tuple(fc.constant(x), fc.shuffledSubarray([...x.shape], { minLength: x.rank })),
    );
    fc.assert(fc.property(cases, ([x, shape]) => expectAgreement((t) => reshapeNode(t, shape), [x])));
  });

  it('transposes as the oracle does', () => {
    const cases = anyTensor().chain((x) =>
      fc.tuple(fc.constant(x), fc.shuffledSubarray([...x.shape.keys()], { minLength: x.rank })),
    );
    fc.assert(fc.property(cases, ([x, axes]) => expectAgreement((t) => transposeNode(t, axes), [x])));
  });

  it('broadcasts as the oracle does', () => {
    const cases = anyTensor(3).chain((x) =>
      fc.record({
        x: fc.constant(x),
        lead: shapes(0, 2),
        sizes: fc.tuple(...x.shape.map((n) => (n === 1 ? fc.nat(3) : fc.constant(n)))),
      }),
    );
    fc.assert(
      fc.property(cases, ({ x, lead, sizes }) => expectAgreement((t) => broadcastNode(t, [...lead, ...sizes]), [x])),
    );
  });

  it('slices with strides as the oracle does', () => {
    const cases = anyTensor().chain((x) => fc.record({ x: fc.constant(x), ranges: fc.tuple(...x.shape.map(range)) }));
    fc.assert(
      fc.property(cases, ({ x, ranges }) =>
        expectAgreement(
          (t) =>
            sliceNode(
              t,
              ranges.map((r) => r.begin),
              ranges.map((r) => r.size),
              ranges.map((r) => r.stride),
            ),
          [x],
        ),
      ),
      { numRuns: 200 },
    );
  });

  it('pads around and between as the oracle does', () => {
    const edge = fc.record({ before: fc.nat(2), after: fc.nat(2), interior: fc.nat(2) });
    const cases = anyTensor(3).chain((x) =>
      fc.record({ x: fc.constant(x), edges: fc.tuple(...x.shape.map(() => edge)), value: fc.constantFrom(0, 1) }),
    );
    fc.assert(
      fc.property(cases, ({ x, edges, value }) => {
        const shape = x.shape.map(
          (n, i) => n + Math.max(0, n - 1) * edges[i]!.interior + edges[i]!.before + edges[i]!.after,
        );
        expectAgreement(
          (t) =>
            padNode(
              t,
              edges.map((p) => p.before),
              shape,
              { interior: edges.map((p) => p.interior), value },
            ),
          [x],
        );
      }),
      { numRuns: 200 },
    );
  });

  it('flips as the oracle does', () => {
    const cases = anyTensor().chain((x) => fc.tuple(fc.constant(x), fc.subarray([...x.shape.keys()])));
    fc.assert(fc.property(cases, ([x, axes]) => expectAgreement((t) => flipNode(t, axes), [x])));
  });

  it('composes as the oracle does', () => {
    fc.assert(
      fc.property(
        shapes(2, 3, { min: 1, max: 4 }).chain((s) => tensors(s)),
        (x) => {
          const order = [...x.shape.keys()].reverse();
          expectAgreement(
            (t) =>
              flipNode(
                padNode(
                  transposeNode(t, order),
                  order.map(() => 1),
                  order.map((a) => x.shape[a]! + 2),
                ),
                [0],
              ),
            [x],
          );
        },
      ),
    );
  });
});

describe('a slice', () => {
  it('reaches the border with its last stride, and no further', () => {
    expect(sliceNode(x34, [0, 0], [2, 2], [2, 3]).toArray()).toEqual([
      [1, 4],
      [9, 12],
    ]);
    expect(() => sliceNode(x34, [0, 1], [2, 2], [2, 3])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: axis 1 of [3,4] does not contain begin 1, size 2, stride 3]`,
    );
    expect(() => sliceNode(x34, [0, 1], [3, 4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: axis 1 of [3,4] does not contain begin 1, size 4]`,
    );
  });

  it('of no elements may begin at the end', () => {
    expect(sliceNode(x34, [3, 0], [0, 4]).shape).toEqual([0, 4]);
    expect(() => sliceNode(x34, [4, 0], [0, 4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: axis 0 of [3,4] does not contain begin 4, size 0]`,
    );
  });

  it('refuses negative and broken numbers', () => {
    expect(() => sliceNode(x34, [-1, 0], [1, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: axis 0 of [3,4] does not contain begin -1, size 1]`,
    );
    expect(() => sliceNode(x34, [0.5, 0], [1, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: axis 0 of [3,4] does not contain begin 0.5, size 1]`,
    );
    expect(() => sliceNode(x34, [0, 0], [2, 1], [1.5, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: axis 0 of [3,4] does not contain begin 0, size 2, stride 1.5]`,
    );
    expect(() => sliceNode(x34, [0, 0], [1, 1], [0, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: axis 0 of [3,4] does not contain begin 0, size 1, stride 0]`,
    );
    expect(() => sliceNode(x34, [0, 0], [-1, 1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: \`shape\` must hold integers of at least 0, got [-1,1]]`,
    );
  });
});

describe('a padding', () => {
  it('puts its value between neighbors, too', () => {
    expect(padNode(tensor([1, 2, 3]), [1], [9], { interior: [2], value: NaN }).toArray()).toEqual([
      NaN,
      1,
      NaN,
      NaN,
      2,
      NaN,
      NaN,
      3,
      NaN,
    ]);
  });

  it('of nothing is all value', () => {
    expect(padNode(zeros([0]), [2], [3], { interior: [4], value: 7 }).toArray()).toEqual([7, 7, 7]);
  });

  it('refuses to cut, and a value that the dtype cannot hold', () => {
    expect(() => padNode(tensor([1, 2]), [-1], [2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: [2] with [-1] before does not fit into [2]]`,
    );
    expect(() => padNode(tensor([1, 2]), [0], [1])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: [2] with [0] before does not fit into [1]]`,
    );
    expect(() => padNode(tensor([1, 2], [2], 'int32'), [1], [4], { value: 0.5 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: node: int32 cannot hold \`value\` 0.5]`,
    );
    expect(() => padNode(tensor([true], [1], 'bool'), [1], [3], { value: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ValueError: node: bool cannot hold \`value\` 2]`,
    );
  });
});

describe('other views', () => {
  it('keep NaN and the sign of 0', () => {
    expectSame((t) => flipNode(t, [0]), [tensor([NaN, -0, 0, -Infinity])]);
    expect(Object.is(transposeNode(tensor([[-0, 1]]), [1, 0]).data[0], -0)).toBe(true);
  });

  it('do not follow later changes of the arrays that they were given', () => {
    const shape = [4, 3];
    const reshaped = reshapeNode(x34, shape);
    const broadcast = [2, 3, 4];
    const wide = broadcastNode(x34, broadcast);
    shape[0] = broadcast[0] = 99;
    expect([reshaped.shape, wide.shape]).toEqual([
      [4, 3],
      [2, 3, 4],
    ]);
  });

  it('refuse arguments that do not fit', () => {
    expect(() => reshapeNode(x34, [5, 2])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: [3,4] has 12 elements, [5,2] has 10]`,
    );
    expect(() => reshapeNode(x34, [-3, -4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: \`shape\` must hold integers of at least 0, got [-3,-4]]`,
    );
    expect(() => transposeNode(x34, [0, 0])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: \`axes\` must be a permutation of the axes of [3,4], got [0,0]]`,
    );
    expect(() => transposeNode(x34, [0])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: \`axes\` must be a permutation of the axes of [3,4], got [0]]`,
    );
    expect(() => broadcastNode(x34, [3, 5])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: cannot broadcast [3,4] to [3,5]]`,
    );
    expect(() => broadcastNode(x34, [4])).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: node: cannot broadcast [3,4] to [4]]`,
    );
  });
});
