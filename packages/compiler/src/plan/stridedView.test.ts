import { arange, flip, reshape, slice, type Tensor, transpose, broadcastTo, pad, zeros } from '@chainrule/tensor';
import { Capture, type NodeOf, withTrace } from '@chainrule/tensor/graph';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isContiguous, contiguousView, type StridedView, composeView } from './stridedView.ts';

type View = (x: Tensor) => Tensor;

/** The node of a view, and the view that it comes to. */
function viewOf(view: View, x: Tensor, at: StridedView): StridedView | undefined {
  const capture = new Capture('program');
  withTrace(capture, () => view(capture.input(x)));
  const node = capture.nodes.find((n): n is NodeOf<'view'> => n.kind === 'view');
  return node ? composeView(node, at) : at;
}

/** The elements of a tensor of this shape at a view. */
function elementsAt({ offset, strides }: StridedView, shape: readonly number[], memory: ArrayLike<number>): number[] {
  const read = (axis: number, at: number): number[] =>
    axis === shape.length
      ? [memory[at]!]
      : Array.from({ length: shape[axis]! }, (_, i) => read(axis + 1, at + i * strides[axis]!)).flat();
  return read(0, offset);
}

const views: readonly ((x: Tensor, k: number) => Tensor)[] = [
  (x, k) => transpose(x, k % 2 ? [...x.shape.keys()].reverse() : [...x.shape.keys()].map((i) => (i + 1) % x.rank)),
  (x, k) => flip(x, k % x.rank),
  (x, k) =>
    slice(
      x,
      x.shape.map((n) => (n > 1 ? k % 2 : 0)),
      x.shape.map(() => -1),
      x.shape.map(() => 1 + (k % 2)),
    ),
  (x, k) => broadcastTo(x, [1 + (k % 3), ...x.shape]),
  (x, k) => reshape(x, [[-1], [1, x.size], [...x.shape].reverse(), [...x.shape, 1]][k % 4]!),
];

describe('composeView', () => {
  test('reads the elements of the view, through any chain of views', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
        fc.array(fc.tuple(fc.nat(views.length - 1), fc.nat(11)), { maxLength: 4 }),
        (shape, chain) => {
          let x = reshape(arange(shape.reduce((a, b) => a * b, 1)), shape) as Tensor;
          const memory = x.data;
          let strided: StridedView = contiguousView(x);
          for (const [kind, k] of chain) {
            const view: View = (t) => views[kind]!(t, k);
            const next = viewOf(view, x, strided);
            if (!next) return;
            [x, strided] = [view(x), next];
            expect(elementsAt(strided, x.shape, memory)).toEqual([...x.data]);
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test('is undefined for padding, and for a reshape that strides cannot express', () => {
    const x = reshape(arange(6), [2, 3]) as Tensor;
    expect(
      viewOf(
        (t) =>
          pad(
            t,
            [
              [1, 0],
              [0, 0],
            ],
            0,
          ),
        x,
        contiguousView(x),
      ),
    ).toBeUndefined();
    const turned = viewOf((t) => transpose(t), x, contiguousView(x))!;
    expect(viewOf((t) => reshape(t, [6]), transpose(x), turned)).toBeUndefined();
  });

  test('reshapes an empty tensor', () => {
    const x = zeros([2, 0, 3]);
    expect(viewOf((t) => reshape(t, [0, 6]), x, contiguousView(x))).toEqual({ root: x, offset: 0, strides: [6, 1] });
  });

  test('says which views are contiguous', () => {
    const x = reshape(arange(6), [2, 3]) as Tensor;
    const at = contiguousView(x);
    expect(isContiguous(at, [2, 3])).toBe(true);
    expect(isContiguous({ ...at, strides: [0, 5] }, [0, 3])).toBe(true);
    expect(
      isContiguous(
        viewOf((t) => transpose(t), x, at)!,
        [3, 2],
      ),
    ).toBe(false);
    expect(
      isContiguous(
        viewOf((t) => slice(t, [1, 0], [1, 3]), x, at)!,
        [1, 3],
      ),
    ).toBe(true);
  });
});
