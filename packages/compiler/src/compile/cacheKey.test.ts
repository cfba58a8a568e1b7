import { CaptureError } from '@chainrule/errors';
import { add, Generator, mul, ones, randomUniform, sum, tensor, type Tensor, Variable, zeros } from '@chainrule/tensor';
import { afterEach, beforeEach, describe, expect, type Mock, test, vi } from 'vitest';
import type { Program } from '../backend/backend.ts';
import { cacheKey, keyText } from './cacheKey.ts';
import { compile } from './compile.ts';
import { reference } from '../backend/reference.ts';

const captures = <A extends unknown[]>(calls: A[], fn: (...args: A) => unknown = () => undefined): number => {
  const f = compile(fn);
  calls.forEach((args) => f(...args));
  return f.programs().length;
};

describe('a program is kept for', () => {
  test('each combination of shapes and dtypes of the tensors', () => {
    expect(
      captures<[Tensor]>([
        [zeros([2])],
        [ones([2])],
        [zeros([3])],
        [zeros([2], 'int32')],
        [zeros([2, 1])],
        [zeros([2])],
      ]),
    ).toBe(4);
  });

  test('each value of the other leaves', () => {
    expect(
      captures<[unknown]>([
        [1],
        [2],
        [1],
        ['1'],
        [true],
        ['true'],
        [null],
        [undefined],
        ['null'],
        [0],
        [-0],
        [NaN],
        [NaN],
        [1n],
      ]),
    ).toBe(12);
    const f = compile((x: Tensor, options: { training: boolean; rate: number }) =>
      mul(x, options.training ? options.rate : 1),
    );
    const at = (training: boolean, rate: number): number => f(tensor([10]), { training, rate }).item();
    expect([at(true, 2), at(false, 2), at(true, 3), at(true, 2)]).toEqual([20, 10, 30, 20]);
  });

  test('each structure', () => {
    const x = zeros([1]);
    expect(captures<[unknown]>([[x], [[x]], [[[x]]], [{ x }], [{ y: x }], [[x, x]], [[]], [{}], [[x, 1]]])).toBe(9);
    expect(captures<unknown[]>([[x], [x, x], []])).toBe(3);
  });

  test('each variable, generator and function, by identity', () => {
    const [a, b] = [new Variable(zeros([1])), new Variable(zeros([1]))];
    const [f, g] = [(x: Tensor): Tensor => x, (x: Tensor): Tensor => x];
    const rng = new Generator(1);
    expect(captures<[unknown]>([[a], [b], [a], [f], [g], [f], [rng], [new Generator(1)], [rng]])).toBe(6);
    const add1 = compile((v: Variable) => v.assign(add(v.value, 1)));
    add1(a);
    add1(b);
    add1(b);
    expect([a.value.item(), b.value.item()]).toEqual([1, 2]);
  });

  test('the order of keys does not matter', () => {
    const f = compile((o: { a: Tensor; b: Tensor }) => add(mul(o.a, 10), o.b));
    expect([f({ a: tensor([1]), b: tensor([2]) }).item(), f({ b: tensor([2]), a: tensor([1]) }).item()]).toEqual([
      12, 12,
    ]);
    expect(f.programs().length).toBe(1);
  });

  test('keys with dots and brackets are not confused with paths', () => {
    const text = (value: unknown): string => keyText(cacheKey([value]));
    expect(text({ 'a.z': 1, a: { c: 1 } })).not.toBe(text({ a: { c: 1, z: 1 } }));
    expect(text({ a: { b: 2 }, 'a.b': 1 })).not.toBe(text({ a: { b: 3 }, 'a.b': 1 }));
    expect(text({ '[0]': 1 })).not.toBe(text([1]));
  });
});

describe('at most 16 programs', () => {
  let warn: Mock<typeof console.warn>;
  beforeEach(() => {
    warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
  });
  afterEach(() => {
    warn.mockRestore();
  });

  test('are kept; the one that was not used for longest is disposed of', () => {
    const disposed: number[] = [];
    const plain = reference();
    const backend = {
      name: 'counting',
      prepare: (program: Program) => {
        const executable = plain.prepare(program);
        return {
          run: (args: readonly Tensor[]) => executable.run(args),
          peakBytes: 0,
          explain: () => '',
          profile: () => [],
          dispose: () => void disposed.push(program.graph.inputs[0]!.size),
        };
      },
    };
    let runs = 0;
    const f = compile((x: Tensor) => (runs++, sum(x)), { backend });
    const call = (size: number): void => void f(zeros([size]));
    for (let size = 1; size <= 16; size++) call(size);
    expect([f.programs().length, disposed]).toEqual([16, []]);
    call(1); // the second call captures again
    expect(runs).toBe(17);
    call(17);
    expect([f.programs().length, disposed]).toEqual([16, [2]]);
    call(1);
    call(18);
    expect(disposed).toEqual([2, 3]);
    expect(f.programs().map(({ program }) => program.graph.inputs[0]!.size)).toEqual([
      4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 1, 18,
    ]);
    runs = 0;
    call(1);
    expect(runs).toBe(0);
    call(2);
    expect(runs).toBe(1);
  });

  test('the eighth capture warns, once, and names the number that changes', () => {
    const f = compile((x: Tensor, step: number) => mul(x, step), { name: 'train' });
    for (let step = 1; step <= 7; step++) f(zeros([2]), step);
    for (let step = 1; step <= 7; step++) f(zeros([2]), step);
    expect(warn).not.toHaveBeenCalled();
    for (let step = 8; step <= 30; step++) f(zeros([2]), step);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]![0]).toMatchInlineSnapshot(
      `"compile: train has been captured 8 times; argument 1 changes, last from number 7 to number 8. Each capture is slow: pass changing numbers as tensors, and pad or bucket changing shapes"`,
    );
  });

  test('the eighth capture names the shape that changes, deep in a tree', () => {
    const f = compile(function evaluate({ batch }: { batch: [Tensor, Tensor] }) {
      return sum(batch[1]);
    });
    for (let size = 1; size <= 8; size++) f({ batch: [zeros([2]), zeros([size, 3])] });
    expect(warn.mock.calls).toMatchInlineSnapshot(`
      [
        [
          "compile: evaluate has been captured 8 times; argument 0.batch[1] changes, last from float32 [7,3] to float32 [8,3]. Each capture is slow: pass changing numbers as tensors, and pad or bucket changing shapes",
        ],
      ]
    `);
  });
});

describe('the second call', () => {
  test('catches a number that was closed over and has changed, and says what to do', () => {
    let rate = 0.1;
    const step = compile((x: Tensor) => mul(x, rate), { name: 'step' });
    step(tensor([1]));
    rate = 0.05;
    expect(() => step(tensor([1]))).toThrow(CaptureError);
    expect(() => step(tensor([1]))).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: compile: step must do the same at every call with the same shapes, got \`map mul($0,0.05) (%0) -> float32[1]\` where the first capture had \`map mul($0,0.1) (%0) -> float32[1]\`; pass what changes as a tensor argument or keep it in a Variable, and draw random numbers from a Generator]`,
    );
  });

  test('catches Math.random, in the graph, in its shapes and in a result beside it', () => {
    const twice = (fn: (x: Tensor) => unknown) => () => {
      const f = compile(fn);
      f(ones([8]));
      f(ones([8]));
    };
    expect(twice((x) => mul(x, Math.random()))).toThrow('draw random numbers from a Generator');
    expect(twice((x) => mul(x, tensor([Math.random()])))).toThrow('compile: the function must do the same');
    expect(twice((x) => ({ loss: sum(x), noise: Math.random() }))).toThrow('keep it in a Variable');
    let calls = 0;
    expect(twice((x) => (calls++ === 0 ? x : add(x, 1)))).toThrow(CaptureError);
    expect(twice((x) => (calls++ % 2 === 0 ? [x, x] : [x]))).toThrow(CaptureError);
    expect(twice((x) => (calls++ % 2 === 0 ? { a: x } : { b: x }))).toThrow(CaptureError);
  });

  test('catches a small and a large tensor that were replaced', () => {
    for (const size of [4, 20000]) {
      let outside = ones([size]);
      const f = compile((x: Tensor) => mul(x, sum(outside)));
      f(tensor([1]));
      outside = mul(ones([size]), 2);
      expect(() => f(tensor([1]))).toThrow('pass what changes as a tensor argument');
    }
  });

  test('catches a variable that took the place of another, read or assigned', () => {
    for (const use of [(v: Variable, x: Tensor) => mul(v.value, x), (v: Variable, x: Tensor) => v.assign(x)]) {
      let v = new Variable(zeros([1])) as Variable;
      const f = compile((x: Tensor) => use(v, x));
      f(tensor([1]));
      v = new Variable(zeros([1]));
      expect(() => f(tensor([1]))).toThrow(CaptureError);
    }
  });

  test('commits nothing when it finds a difference, and keeps on checking', () => {
    const w = new Variable(zeros([]));
    let rate = 1;
    const f = compile(() => w.assign(add(w.value, rate)));
    f();
    rate = 5;
    for (let i = 0; i < 2; i++) expect(() => f()).toThrow(CaptureError);
    expect([w.value.item(), f.programs().length]).toEqual([1, 1]);
    rate = 1;
    f();
    f();
    expect(w.value.item()).toBe(3);
  });

  test('is the last one that runs the function', () => {
    let runs = 0;
    const f = compile((x: Tensor) => (runs++, add(x, 1)));
    for (let i = 0; i < 5; i++) f(tensor([i]));
    expect(runs).toBe(2);
  });

  test('accepts random numbers of a Generator', () => {
    const rng = new Generator(3);
    const f = compile((x: Tensor) => add(x, randomUniform(rng, [1])));
    const values = [1, 2, 3].map(() => f(zeros([1])).item());
    expect(new Set(values).size).toBe(3);
  });
});
