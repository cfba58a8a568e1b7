import { AsyncValueError, DuplicatePackageError } from '@chainrule/errors';
import { describe, expect, it } from 'vitest';
import { reshapeNode } from '../nodes/view.ts';
import { tensor, zeros } from '../ops/creation/creation.ts';
import { arange } from '../ops/creation/sequences.ts';
import type * as module from './tensor.ts';
import { isTensor, Tensor } from './tensor.ts';
import { Capture, withTrace } from '../graph/trace.ts';

const asynchronous = (data?: Float32Array): Tensor =>
  new Tensor([2], 'float32', { data: () => data, read: () => Promise.resolve(Float32Array.of(1, 2)) });

describe('a tensor', () => {
  it('copies the array that it is made from', () => {
    const values = Float32Array.of(1, 2, 3, 4);
    const shape = [2, 2];
    const x = tensor(values, shape);
    values[0] = shape[0] = 9;
    expect([x.shape, x.toArray()]).toEqual([
      [2, 2],
      [
        [1, 2],
        [3, 4],
      ],
    ]);
  });

  it('hands out copies of its elements', async () => {
    const x = tensor([1, 2]);
    x.data[0] = 9;
    (await x.read())[0] = 9;
    expect(x.toArray()).toEqual([1, 2]);
  });

  it('shares its elements with its reshapes, and with nothing else', () => {
    const x = tensor([
      [1, 2],
      [3, 4],
    ]);
    expect(reshapeNode(x, [4])['~values']).toBe(x['~values']);
  });

  it('knows its rank and its size', () => {
    expect([zeros([2, 0, 3]).rank, zeros([2, 0, 3]).size, tensor(5).rank, tensor(5).size]).toEqual([3, 0, 0, 1]);
  });

  it('is shown by shape, dtype and an excerpt', () => {
    expect(
      String(
        tensor([
          [1, 2.5],
          [-0.333333333, NaN],
        ]),
      ),
    ).toMatchInlineSnapshot(`"Tensor float32 [2,2] [[1, 2.5], [-0.33333, NaN]]"`);
    expect(arange(20, 'int32').toString()).toMatchInlineSnapshot(`"Tensor int32 [20] [0, 1, 2, …, 17, 18, 19]"`);
    expect(tensor([[true, false]], undefined, 'bool').toString()).toMatchInlineSnapshot(
      `"Tensor bool [1,2] [[true, false]]"`,
    );
    expect(tensor(7).toString()).toMatchInlineSnapshot(`"Tensor float32 [] 7"`);
    expect(zeros([7, 0]).toString()).toMatchInlineSnapshot(`"Tensor float32 [7,0] [[], [], [], …, [], [], []]"`);
    expect(zeros([9, 8], 'uint8').toString()).toMatchInlineSnapshot(
      `"Tensor uint8 [9,8] [[0, 0, 0, …, 0, 0, 0], [0, 0, 0, …, 0, 0, 0], [0, 0, 0, …, 0, 0, 0], …, [0, 0, 0, …, 0, 0, 0], [0, 0, 0, …, 0, 0, 0], [0, 0, 0, …, 0, 0, 0]]"`,
    );
  });

  it('becomes nested arrays', () => {
    expect(
      tensor([
        [[1], [2]],
        [[3], [4]],
      ]).toArray(),
    ).toEqual([
      [[1], [2]],
      [[3], [4]],
    ]);
    expect(tensor(3).toArray()).toBe(3);
    expect(tensor([1, 0], undefined, 'bool').toArray()).toEqual([true, false]);
    expect(zeros([2, 0]).toArray()).toEqual([[], []]);
  });

  it('of one element is that number', () => {
    const x = tensor([[4]]);
    expect([x.item(), Number(x), +x + 1, String(x)]).toEqual([4, 4, 5, 'Tensor float32 [1,1] [[4]]']);
    expect(Number(tensor(2)) < 3).toBe(true);
  });

  it('of several elements does not convert to a number', () => {
    expect(() => tensor([1, 2]).item()).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: item: expects one element, got shape [2]; read all of them with \`toArray\`]`,
    );
    expect(() => Number(zeros([0]))).toThrowErrorMatchingInlineSnapshot(
      `[ShapeError: tensor: operators such as + need one element, got shape [0]; operations are functions: write \`add(x, y)\` for \`x + y\`]`,
    );
  });
});

describe('a tensor on an asynchronous device', () => {
  it('must be waited for', async () => {
    const x = asynchronous();
    expect(() => x.data).toThrow(AsyncValueError);
    expect(() => x.toArray()).toThrowErrorMatchingInlineSnapshot(
      `[AsyncValueError: tensor: this value lives on an asynchronous device; write \`await t.read()\`]`,
    );
    expect([...(await x.read())]).toEqual([1, 2]);
  });

  it('is read at once when its elements have arrived', () => {
    expect(asynchronous(Float32Array.of(3, 4)).toArray()).toEqual([3, 4]);
  });
});

describe('a symbolic tensor', () => {
  it('has a shape and no value', () => {
    const capture = new Capture('program');
    const x = capture.input({ shape: [2, 3], dtype: 'float32' });
    expect([x.shape, x.rank, x.size, String(x)]).toMatchInlineSnapshot(`
      [
        [
          2,
          3,
        ],
        2,
        6,
        "Tensor float32 [2,3] symbolic",
      ]
    `);
    withTrace(capture, () => {
      expect(() => x.data).toThrowErrorMatchingInlineSnapshot(
        `[CaptureError: tensor: a symbolic float32 tensor [2,3] has no value inside a program; to choose between values use \`where\`, to read one return it]`,
      );
      expect(() => Number(x) > 0).toThrowErrorMatchingInlineSnapshot(
        `[CaptureError: tensor: a symbolic float32 tensor [2,3] has no value inside a program; to choose between values use \`where\`, to read one return it]`,
      );
      expect(() => x.toArray()).toThrowErrorMatchingInlineSnapshot(
        `[CaptureError: tensor: a symbolic float32 tensor [2,3] has no value inside a program; to choose between values use \`where\`, to read one return it]`,
      );
    });
    expect(() => x.data).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: tensor: this float32 tensor [2,3] is a symbol of a finished capture; return it from the program instead of keeping it]`,
    );
  });

  it('rejects a read', async () => {
    const x = new Capture('program').input({ shape: [], dtype: 'float32' });
    await expect(x.read()).rejects.toThrow('symbolic');
  });
});

describe('a second copy of the package', () => {
  it('is detected and named', async () => {
    const path = './tensor.ts?copy=2';
    const second = (await import(/* @vite-ignore */ path)) as typeof module;
    const stranger = new second.Tensor([1], 'float32', Float32Array.of(1));
    expect(second.Tensor).not.toBe(Tensor);
    expect(() => isTensor(stranger)).toThrow(DuplicatePackageError);
    expect(() => isTensor(stranger)).toThrowErrorMatchingInlineSnapshot(
      `[DuplicatePackageError: tensor: got a value of a second copy of @chainrule/tensor; install one version for all packages (\`npm ls @chainrule/tensor\` shows who brings the other)]`,
    );
    expect(() => second.isTensor(tensor(1))).toThrow(DuplicatePackageError);
  });

  it('is not reported for values that are not tensors', () => {
    expect([
      isTensor(tensor(1)),
      isTensor(1),
      isTensor(null),
      isTensor({ shape: [] }),
      isTensor(Float32Array.of(1)),
    ]).toEqual([true, false, false, false, false]);
  });
});
