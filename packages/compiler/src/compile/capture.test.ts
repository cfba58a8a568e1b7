import { CaptureError, DuplicatePackageError } from '@chainrule/errors';
import {
  add,
  arange,
  gather,
  greater,
  matmul,
  mul,
  ones,
  relu,
  scan,
  sub,
  sum,
  tensor,
  type Tensor,
  Variable,
  where,
  zeros,
} from '@chainrule/tensor';
import type { Graph } from '@chainrule/tensor/graph';
import { describe, expect, test } from 'vitest';
import { compile } from './compile.ts';

const kinds = (graph: Graph): string[] => graph.nodes.map((node) => node.kind);

/** Runs `body` on a symbol. */
const captured =
  (body: (x: Tensor) => unknown): (() => unknown) =>
  () =>
    compile(body)(tensor([1, 2]));

describe('under capture', () => {
  test('creating a variable throws and names build', () => {
    expect(captured((x) => new Variable(x, { name: 'dense/kernel' }))).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: Variable: \`dense/kernel\` would be created inside a program; create it before, in the layer's \`build\` or the optimizer's \`init\`]`,
    );
    expect(captured(() => new Variable(tensor([1, 2])))).toThrow(CaptureError);
  });

  test('branching on a comparison throws and names where', () => {
    expect(captured((x) => ((sum(x) as unknown as number) > 0 ? x : add(x, 1)))).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: tensor: a symbolic float32 tensor [] has no value inside a program; to choose between values use \`where\`, to read one return it]`,
    );
    expect(captured((x) => where(greater(x, 0), x, 0))).not.toThrow();
  });

  test.each<[string, (x: Tensor) => unknown]>([
    ['Number(x)', (x) => Number(x)],
    ['+x', (x) => +(x as unknown as number)],
    ['x == 1', (x) => (x as unknown) == 1], // eslint-disable-line eqeqeq
    ['x + 1', (x) => (x as unknown as number) + 1],
  ])('%s throws and names where', (_, read) => {
    const attempt = captured((x) => [read(sum(x)), x]);
    expect(attempt).toThrow(CaptureError);
    expect(attempt).toThrow('use `where`');
  });

  test('a template literal shows shape and dtype', () => {
    let shown = '';
    captured((x) => {
      shown = `got ${x}`; // eslint-disable-line @typescript-eslint/restrict-template-expressions
      return x;
    })();
    expect(shown).toMatchInlineSnapshot(`"got Tensor float32 [2] symbolic"`);
  });

  test.each<[string, (x: Tensor) => unknown]>([
    ['data', (x) => x.data],
    ['item()', (x) => x.item()],
    ['toArray()', (x) => x.toArray()],
  ])('%s throws and says to return the value', (_, read) => {
    const attempt = captured((x) => [read(sum(x)), x]);
    expect(attempt).toThrow(CaptureError);
    expect(attempt).toThrow('to read one return it');
  });

  test('read() is a promise that fails', async () => {
    let reading: Promise<unknown> | undefined;
    captured((x) => {
      reading = x.read();
      return x;
    })();
    await expect(reading).rejects.toThrow(CaptureError);
  });

  test('an error carries the name of the op, with the shapes of the symbols', () => {
    expect(captured((x) => matmul(x, ones([3, 2])))).toThrow(/^matmul: /);
    expect(captured((x) => relu(add(x, zeros([3]))))).toThrow(/^add: .*\[2\].*\[3\]/);
    expect(captured((x) => mul(x, tensor([1, 2], undefined, 'int32') as never))).toThrow(/^mul: .*cast/);
  });

  test('an error leaves nothing behind: eager code runs, and the function may be called again', () => {
    let fails = true;
    const f = compile((x: Tensor) => {
      if (fails) throw new Error('once');
      return add(x, 1);
    });
    expect(() => f(tensor([1]))).toThrow('once');
    expect(add(tensor([1]), 1).toArray()).toEqual([2]);
    fails = false;
    expect(f(tensor([1])).toArray()).toEqual([2]);
  });
});

describe('a value that outlives its capture', () => {
  const leak = (): Tensor => {
    let kept: Tensor | undefined;
    captured((x) => (kept = add(x, 1)))();
    return kept!;
  };

  test('throws when it is read', () => {
    expect(() => leak().toArray()).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: tensor: this float32 tensor [2] is a symbol of a finished capture; return it from the program instead of keeping it]`,
    );
    expect(String(leak())).toContain('float32');
  });

  test('throws when it is used eagerly', () => {
    expect(() => add(leak(), 1)).toThrow(CaptureError);
    expect(() => add(leak(), 1)).toThrow('symbol of a finished capture');
  });

  test('throws when it is used in another capture, or returned from it', () => {
    const kept = leak();
    expect(captured((x) => add(x, kept))).toThrow('symbol of a finished capture');
    expect(captured(() => kept)).toThrow('symbol of a finished capture');
    expect(() => compile((x: Tensor) => x)(kept)).toThrow('symbol of a finished capture');
  });

  test('throws when it is assigned', () => {
    const w = new Variable(zeros([2]));
    const kept = leak() as never;
    expect(() => w.assign(kept)).toThrow('symbol of a finished capture');
    expect(captured((x) => (w.assign(kept), x))).toThrow('symbol of a finished capture');
    expect(w.value.toArray()).toEqual([0, 0]);
  });

  test('throws when it comes from the body of a scan', () => {
    let kept: Tensor | undefined;
    const f = (x: Tensor): Tensor => {
      scan((c: Tensor, row: Tensor) => [(kept = add(c, row)), c] as const, tensor(0) as Tensor, x);
      return add(kept!, x);
    };
    expect(() => f(tensor([1, 2]))).toThrow('symbol of a finished capture; return it from the scan body');
    expect(captured(f)).toThrow('symbol of a finished capture; return it from the scan body');
  });
});

describe('a result that is a promise', () => {
  test('throws, and says where to wait', () => {
    expect(captured((x) => Promise.resolve(x))).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: compile: the function must return its result directly, got a promise; await outside of the compiled function]`,
    );
    expect(captured((x) => ({ then: (done: (x: Tensor) => void) => done(x) }))).toThrow(CaptureError);
  });

  test('throws wherever in the result it stands', () => {
    expect(captured((x) => [x, { later: Promise.resolve(x) }])).toThrow('got a promise');
  });

  test('of an async function is not left to fail unheard', async () => {
    const unheard: unknown[] = [];
    const hear = (reason: unknown): void => void unheard.push(reason);
    const host = (
      globalThis as unknown as {
        process: { on: (e: string, f: typeof hear) => void; off: (e: string, f: typeof hear) => void };
      }
    ).process;
    host.on('unhandledRejection', hear);
    try {
      expect(captured(async (x) => add(await Promise.resolve(x), 1))).toThrow('got a promise');
      await new Promise((done) => setTimeout(done, 5));
    } finally {
      host.off('unhandledRejection', hear);
    }
    expect(unheard).toEqual([]);
  });
});

describe('a tensor that is closed over', () => {
  const graphWith = (outside: Tensor): Graph => {
    const f = compile((x: Tensor) => add(x, sum(outside)), { simplify: false, fuse: false });
    expect(f(zeros([2])).toArray()).toEqual([outside.size, outside.size]);
    return f.programs()[0]!.program.graph;
  };

  test('of up to 64 kB is written into the program', () => {
    const graph = graphWith(ones([16384]));
    expect([graph.inputs.length, kinds(graph).filter((k) => k === 'constant').length]).toEqual([1, 1]);
  });

  test('of more is a hidden input', () => {
    const graph = graphWith(ones([16385]));
    expect([graph.inputs.length, kinds(graph).includes('constant')]).toEqual([2, false]);
  });

  test('counts as many bytes as it has, whatever its dtype', () => {
    const f = compile((x: Tensor) => add(x, sum(ones([10000], 'float64'))), { simplify: false });
    f(zeros([2], 'float64'));
    expect(f.programs()[0]!.program.graph.inputs.length).toBe(2);
  });

  test('is one input or constant however often it is used', () => {
    const small = ones([2]);
    const large = ones([20000]);
    const f = compile((x: Tensor) => add(mul(add(x, small), small), add(sum(large), sum(large))), {
      simplify: false,
      fuse: false,
    });
    expect(f(zeros([2])).toArray()).toEqual([40001, 40001]);
    const { graph } = f.programs()[0]!.program;
    expect([graph.inputs.length, kinds(graph).filter((k) => k === 'constant').length]).toEqual([2, 1]);
  });

  test('keeps its place after the arguments when it is large', () => {
    const large = arange(20000);
    const f = compile((x: Tensor, y: Tensor) => sub(gather(large, x), y));
    for (let i = 0; i < 3; i++)
      expect(f(tensor([7, 19999], undefined, 'int32'), tensor([1, 2])).toArray()).toEqual([6, 19997]);
  });
});

describe('a second copy of the tensor package', () => {
  // A query makes the module loader evaluate the file once more.
  const second = async (): Promise<{ Tensor: typeof Tensor }> => {
    const path = new URL('../../../tensor/src/array/tensor.ts?second', import.meta.url).href;
    return (await import(/* @vite-ignore */ path)) as { Tensor: typeof Tensor };
  };

  test('is named when one of its tensors is an argument', async () => {
    const other = await second();
    const foreign = new other.Tensor([1], 'float32', Float32Array.of(1)) as unknown as Tensor;
    expect(() => compile((x: Tensor) => x)(foreign)).toThrow(DuplicatePackageError);
    expect(() => compile((x: Tensor) => x)(foreign)).toThrowErrorMatchingInlineSnapshot(
      `[DuplicatePackageError: tensor: got a value of a second copy of @chainrule/tensor; install one version for all packages (\`npm ls @chainrule/tensor\` shows who brings the other)]`,
    );
  });

  test('is named when one of its tensors meets one of this copy, or is returned', async () => {
    const other = await second();
    const foreign = new other.Tensor([1], 'float32', Float32Array.of(1)) as unknown as Tensor;
    expect(() => add(tensor([1]), foreign)).toThrow(DuplicatePackageError);
    expect(captured((x) => add(x, foreign))).toThrow(DuplicatePackageError);
    expect(captured(() => foreign)).toThrow(DuplicatePackageError);
  });
});

describe('the body of a scan', () => {
  test('must not assign, and the error says what to do', () => {
    const total = new Variable(tensor(0), { name: 'total' });
    const f = (x: Tensor): Tensor =>
      scan(
        (c: Tensor, row: Tensor) => {
          total.assign(row);
          return [add(c, row), c] as const;
        },
        tensor(0) as Tensor,
        x,
      )[0];
    expect(() => f(tensor([1, 2]))).toThrowErrorMatchingInlineSnapshot(
      `[CaptureError: assign: \`total\` is assigned inside a scan body, which may only read; return the value and assign it outside]`,
    );
    expect(captured(f)).toThrow(CaptureError);
    expect([total.value.item(), total.version]).toEqual([0, 0]);
  });

  test('must not create a variable', () => {
    const f = (x: Tensor): Tensor =>
      scan((c: Tensor) => [c, new Variable(tensor(0)).value] as const, tensor(0) as Tensor, x)[0];
    expect(() => f(tensor([1]))).toThrow('inside a scan body');
  });

  test('reads variables, at their latest assignment', () => {
    const w = new Variable(tensor(2));
    const f = (x: Tensor): Tensor => {
      w.assign(tensor(3));
      return scan((c: Tensor, row: Tensor) => [add(c, mul(row, w.value)), c] as const, tensor(0) as Tensor, x)[0];
    };
    expect(compile(f)(tensor([1, 2])).item()).toBe(9);
    w.assign(tensor(2));
    expect(f(tensor([1, 2])).item()).toBe(9);
  });

  test('names the op that fails in it', () => {
    const f = (x: Tensor): Tensor =>
      scan((c: Tensor) => [matmul(c, ones([3, 3])), c] as const, ones([2, 2]) as Tensor, x)[0];
    expect(captured(f)).toThrow(/^matmul: /);
  });
});
