import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tensor, zeros } from '../ops/creation/creation.ts';
import type { DType } from '../array/dtype.ts';
import type { Tensor } from '../array/tensor.ts';
import { Variable } from '../graph/variable.ts';
import { add } from '../ops/elementwise/add.ts';
import { cast } from '../ops/elementwise/cast.ts';
import { matmul } from '../ops/contraction/matmul.ts';
import { mul } from '../ops/elementwise/mul.ts';
import { scan } from '../ops/control/scan.ts';
import { tanh } from '../ops/activation/tanh.ts';
import { expectAgreement } from '../oracle/agreement.ts';
import { tensors } from '../oracle/arbitraries.ts';
import { scanNode } from './scan.ts';

const options = fc.record({
  reverse: fc.boolean(),
  checkpointEvery: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
});
const settle = ({
  reverse,
  checkpointEvery,
}: {
  reverse: boolean;
  checkpointEvery: number | undefined;
}): { reverse: boolean; checkpointEvery?: number } =>
  checkpointEvery === undefined ? { reverse } : { reverse, checkpointEvery };

describe('scan', () => {
  it('runs a recurrence with a closed-over weight as the oracle does', () => {
    const cases = fc
      .nat(7)
      .chain((steps) => fc.tuple(tensors([steps, 2, 3]), tensors([2, 4]), tensors([3, 4]), tensors([4, 4]), options));
    fc.assert(
      fc.property(cases, ([xs, h, w, u, o]) =>
        expectAgreement(
          (x, start, kernel, recurrent) =>
            scan(
              (state: Tensor, slice: Tensor) => {
                const next: Tensor = tanh(add(matmul(slice, kernel), matmul(state, recurrent)));
                return [next, next];
              },
              start,
              x,
              settle(o),
            ),
          [xs, h, w, u],
          { terms: 200, least: 4 },
        ),
      ),
    );
  });

  it('knows the number of each step, whatever the direction and the segments', () => {
    fc.assert(
      fc.property(fc.nat(9), options, (length, o) => {
        const [last, steps] = scan(
          (_: Tensor, __: undefined, ___: undefined, t: Tensor) => [t, t],
          tensor(-1, [], 'int32') as Tensor,
          undefined,
          { length, ...settle(o) },
        );
        expect(steps.toArray()).toEqual([...Array(length).keys()]);
        expect(last.item()).toBe(length === 0 ? -1 : o.reverse ? 0 : length - 1);
      }),
    );
  });

  it('scans inside a scan as the oracle does', () => {
    fc.assert(
      fc.property(tensors([3, 2, 2]), (x) =>
        expectAgreement(
          (xs) =>
            scan(
              (total: Tensor, row: Tensor, _: undefined, t: Tensor) => {
                const [sum, parts] = scan(
                  (c: Tensor, v: Tensor) => {
                    const next: Tensor = add(c, mul(v, total));
                    return [next, next];
                  },
                  total,
                  row,
                  { reverse: true },
                );
                return [add(sum, cast(t, total.dtype)), parts];
              },
              zeros<readonly number[], DType>([2], x.dtype),
              cast<readonly number[], DType>(xs, x.dtype),
            ),
          [x],
          { least: 64 },
        ),
      ),
      { numRuns: 30 },
    );
  });

  it('carries trees, and constants that it names', () => {
    const body = (
      { a, b }: { a: Tensor; b: Tensor },
      { x }: { x: Tensor },
      k: Tensor,
    ): readonly [{ a: Tensor; b: Tensor }, Tensor[]] => {
      const next: Tensor = add(a, mul(x, k));
      return [{ a: next, b: a }, [b, x]];
    };
    const start: { a: Tensor; b: Tensor } = { a: tensor(0), b: tensor(9) };
    const [{ a, b }, [was, x]] = scan(body, start, { x: tensor([1, 2, 3]) }, { consts: tensor(10) });
    expect([a, b, was, x].map((t) => t!.toArray())).toEqual([60, 30, [9, 0, 10], [1, 2, 3]]);
  });

  it('of no steps hands its state through', () => {
    const [state, ys] = scan((c: Tensor, x: Tensor) => [c, x], tensor([1, 2]) as Tensor, zeros([0, 3]) as Tensor);
    expect([state.toArray(), ys.shape]).toEqual([
      [1, 2],
      [0, 3],
    ]);
  });

  it('carries int32 and bool without rounding', () => {
    const [count] = scan((c: Tensor) => [add(c, 1), []], tensor(2 ** 31 - 2, [], 'int32') as Tensor, undefined, {
      length: 3,
    });
    expect(count.item()).toBe(-(2 ** 31) + 1);
  });

  it('spreads a NaN from where it enters', () => {
    const [, ys] = scan(
      (c: Tensor, x: Tensor) => {
        const n: Tensor = add(c, x);
        return [n, n];
      },
      tensor(0) as Tensor,
      tensor([1, NaN, 2]) as Tensor,
    );
    expect(ys.toArray()).toEqual([1, NaN, NaN]);
  });

  it('only reads variables', () => {
    const w = new Variable(tensor(3), { name: 'w' });
    const [y] = scan((c: Tensor) => [mul(c, w.value), []], tensor(1) as Tensor, undefined, { length: 3 });
    expect(y.item()).toBe(27);
    const assigns = (c: Tensor): [Tensor, Tensor[]] => {
      w.assign(c);
      return [c, []];
    };
    expect(() => scan(assigns, tensor(1) as Tensor, undefined, { length: 1 })).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: assign: \`w\` is assigned inside a scan body, which may only read; return the value and assign it outside]`,
    );
    expect(w.value.item()).toBe(3);
  });

  it('refuses arguments that do not fit', () => {
    const same = (c: Tensor, x: Tensor): [Tensor, Tensor] => [c, x];
    const c: Tensor = tensor([1, 2]);
    expect(() => scan(() => [c, []], c, undefined)).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: scan: \`length\` must be given without \`xs\`]`,
    );
    expect(() => scan(same, c, zeros([3]) as Tensor, { length: 2 })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: scan: \`length\` 2 must match the first axis of \`xs\`]`,
    );
    expect(() =>
      scan((s: Tensor, x: Tensor[]) => [s, x], c, [zeros([3]), zeros([2])] as Tensor[]),
    ).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: scan: every one of \`xs\` must have 3 steps in its first axis, got [2]]`,
    );
    expect(() =>
      scan(() => [zeros([3]) as Tensor, []], c, undefined, { length: 2 }),
    ).toThrowErrorMatchingInlineSnapshot(`[ShapeError: scan: carry 0 must keep its shape [2], got [3]]`);
    expect(() =>
      scan(() => [zeros([2], 'float64') as Tensor, []], c, undefined, { length: 2 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[DTypeError: scan: carry 0 must stay float32, got float64; convert it with \`cast\`]`,
    );
    expect(() => scan(same, c, zeros([3]) as Tensor, { checkpointEvery: 0 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: scan: \`checkpointEvery\` must be a positive integer, got 0]`,
    );
    expect(() => scan(() => [c, []], c, undefined, { length: -1 })).toThrowErrorMatchingInlineSnapshot(
      `[OptionError: scan: \`length\` must be an integer of at least 0, got -1]`,
    );
    expect(() => scanNode(() => [[], []], [c], [], { length: 1, reverse: false })).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: scan: \`body\` must return 1 carries, got 0]`,
    );
    expect(() =>
      scan((s: Tensor) => [Number(s) > 0 ? s : s, []], c, undefined, { length: 1 }),
    ).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: tensor: a symbolic float32 tensor [2] has no value inside a scan body; to choose between values use \`where\`, to read one return it]`,
    );
  });
});
