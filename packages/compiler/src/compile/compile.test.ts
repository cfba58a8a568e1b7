import { ValueError } from '@chainrule/errors';
import {
  add,
  concat,
  type DType,
  exp,
  gather,
  Generator,
  mul,
  neg,
  ones,
  randomNormal,
  randomUniform,
  reshape,
  scan,
  sub,
  sum,
  tensor,
  type Tensor,
  Variable,
  zeros,
} from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { compile } from './compile.ts';
import { reference } from '../backend/reference.ts';

const scalar = (value: number, dtype: DType = 'float32'): Tensor => tensor(value, [], dtype);

describe('variables in a program', () => {
  test('are read as they are at each call', () => {
    const w = new Variable(scalar(1));
    const f = compile((x: Tensor) => mul(x, w.value));
    const read = (value: number): unknown => {
      w.assign(scalar(value));
      return f(tensor([1, 2])).toArray();
    };
    expect([read(1), read(10), read(100)]).toEqual([
      [1, 2],
      [10, 20],
      [100, 200],
    ]);
  });

  test('are read as last assigned', () => {
    const w = new Variable(scalar(1));
    const f = compile(() => {
      const before = w.value;
      w.assign(add(w.value, 1));
      const between = w.value;
      w.assign(mul(w.value, 10));
      return [before, between, w.value];
    });
    expect(f().map((t) => t.item())).toEqual([1, 2, 20]);
    expect(f().map((t) => t.item())).toEqual([20, 21, 210]);
    expect(w.value.item()).toBe(210);
  });

  test('are committed together: each assignment is made of the values before the call', () => {
    const [a, b] = [new Variable(scalar(1)), new Variable(scalar(2))];
    const swap = compile(() => {
      const [x, y] = [a.value, b.value];
      a.assign(y);
      b.assign(x);
    });
    swap();
    expect([a.value.item(), b.value.item()]).toEqual([2, 1]);
    swap();
    expect([a.value.item(), b.value.item()]).toEqual([1, 2]);
  });

  test('are committed after the last kernel', () => {
    const w = new Variable(scalar(1));
    const seen: number[] = [];
    const plain = reference();
    const spying = {
      name: 'spy',
      prepare: (program: Parameters<typeof plain.prepare>[0]) => {
        const nodes = program.graph.nodes.map((node) => ({
          ...node,
          evaluate: (...args: [never, never]) => {
            seen.push(w['~committed'].item());
            return (node.evaluate as (...a: unknown[]) => never)(...args);
          },
        }));
        return plain.prepare({
          ...program,
          graph: { ...program.graph, nodes: nodes as unknown as typeof program.graph.nodes },
        });
      },
    };
    const f = compile(
      (x: Tensor) => {
        w.assign(add(w.value, 1));
        return exp(neg(sum(x)));
      },
      { backend: spying, fuse: false },
    );
    f(tensor([1]));
    expect(seen.length).toBeGreaterThan(3);
    expect(new Set(seen)).toEqual(new Set([1]));
    expect(w.value.item()).toBe(2);
  });

  test('keep their values when the function throws', () => {
    const w = new Variable(scalar(1));
    const rng = new Generator(1);
    const f = compile((x: Tensor) => {
      w.assign(add(w.value, 1));
      randomUniform(rng, [2]);
      if (x.rank > 0) throw new Error('after the assignment');
      return x;
    });
    expect(() => f(ones([2]))).toThrow('after the assignment');
    expect([w.value.item(), w.version, rng.counter.value.item()]).toEqual([1, 0, 0]);
  });

  test('keep their values when a kernel throws after they were assigned', () => {
    const [w, count] = [new Variable(scalar(1)), new Variable(scalar(0))];
    const f = compile((i: Tensor<[1], 'int32'>) => {
      w.assign(mul(w.value, 2));
      count.assign(add(count.value, 1));
      return gather(ones([3]), i);
    });
    const at = (i: number): Tensor => f(tensor([i], [1], 'int32'));
    at(2);
    expect(() => at(3)).toThrow(ValueError);
    expect(() => at(3)).toThrow('gather: `indices` must be in [-3, 3), got 3');
    expect([w.value.item(), count.value.item(), w.version]).toEqual([2, 1, 1]);
    at(0);
    expect([w.value.item(), count.value.item()]).toEqual([4, 2]);
  });

  test('keep shape and dtype', () => {
    const w = new Variable(zeros([2]), { name: 'w' });
    expect(() => compile(() => w.assign(zeros([3]) as never))()).toThrow('assign: `w` has shape [2], got [3]');
    expect(() => compile(() => w.assign(zeros([2], 'int32') as never))()).toThrow('convert it with `cast`');
  });

  test('are shared by all programs', () => {
    const w = new Variable(scalar(1));
    const train = compile((x: Tensor) => w.assign(add(w.value, x)));
    const evaluate = compile((x: Tensor) => mul(x, w.value));
    const log: number[] = [];
    for (let i = 0; i < 3; i++) {
      train(scalar(1));
      log.push(evaluate(scalar(10)).item());
    }
    w.assign(scalar(0.5));
    train(scalar(0.25));
    log.push(evaluate(scalar(10)).item(), w.value.item());
    expect(log).toEqual([20, 30, 40, 7.5, 0.75]);
  });

  test('that are only assigned are not read', () => {
    const w = new Variable(scalar(1));
    const f = compile((x: Tensor) => w.assign(x));
    f(scalar(5));
    expect([w.value.item(), f.programs()[0]!.program.graph.nodes.some((node) => node.kind === 'variable')]).toEqual([
      5,
      false,
    ]);
  });

  test('count a version for each commit', () => {
    const w = new Variable(scalar(1));
    const f = compile(() => (w.assign(add(w.value, 1)), w.assign(add(w.value, 1))));
    f();
    f();
    expect([w.version, w.value.item()]).toEqual([2, 5]);
  });
});

describe('arrays are never written into', () => {
  test('by an eager assignment: tensors that were read before keep their values', () => {
    const initial = tensor([1, 2]);
    const w = new Variable(initial);
    const before = w.value;
    w.assign(tensor([3, 4]));
    const after = w.value;
    w.assign(mul(w.value, 2));
    expect([initial, before, after, w.value].map((t) => t.toArray())).toEqual([
      [1, 2],
      [1, 2],
      [3, 4],
      [6, 8],
    ]);
  });

  test('by a commit, or by later calls: results stay', () => {
    const w = new Variable(tensor([1, 2]));
    const f = compile((x: Tensor) => {
      const before = w.value;
      w.assign(add(w.value, x));
      return { before, after: w.value, x, view: reshape(w.value, [2, 1]) };
    });
    const results = [f(tensor([1, 1])), f(tensor([1, 1])), f(tensor([1, 1]))];
    expect(results.map((r) => [r.before.toArray(), r.after.toArray(), r.x.toArray(), r.view.toArray()])).toEqual([
      [
        [1, 2],
        [2, 3],
        [1, 1],
        [[2], [3]],
      ],
      [
        [2, 3],
        [3, 4],
        [1, 1],
        [[3], [4]],
      ],
      [
        [3, 4],
        [4, 5],
        [1, 1],
        [[4], [5]],
      ],
    ]);
  });

  test('by whoever reads: data is a copy', () => {
    const w = new Variable(tensor([1, 2]));
    w.value.data[0] = 9;
    const y = compile((x: Tensor) => add(x, 1))(tensor([1]));
    y.data[0] = 9;
    expect([w.value.toArray(), y.toArray()]).toEqual([[1, 2], [2]]);
  });

  test('by whoever filled the argument', () => {
    const source = Float32Array.of(1, 2);
    const x = tensor(source);
    const f = compile((a: Tensor) => [a, add(a, 1)]);
    const before = f(x);
    source[0] = 9;
    expect([x, ...before, ...f(x)].map((t) => t.toArray())).toEqual([
      [1, 2],
      [1, 2],
      [2, 3],
      [1, 2],
      [2, 3],
    ]);
  });
});

describe('arguments and results', () => {
  test('may be none', () => {
    const f = compile(() => add(tensor([1]), 1));
    expect([f().toArray(), f().toArray()]).toEqual([[2], [2]]);
    expect(compile(() => undefined)()).toBeUndefined();
    expect(compile(() => [])()).toEqual([]);
  });

  test('may be nested trees', () => {
    const f = compile(({ x, rest: [y, { z }] }: { x: Tensor; rest: [Tensor, { z: Tensor }] }, scale: number) => ({
      out: [mul(x, scale), { deep: sub(y, z) }],
      note: 'kept',
      none: null,
    }));
    for (let i = 0; i < 3; i++) {
      const result = f({ x: scalar(1 + i), rest: [scalar(2), { z: scalar(3) }] }, 10) as {
        out: [Tensor, { deep: Tensor }];
        note: string;
        none: null;
      };
      expect([result.out[0].item(), result.out[1].deep.item(), result.note, result.none]).toEqual([
        10 * (1 + i),
        -1,
        'kept',
        null,
      ]);
    }
  });

  test('results may be arguments, constants, variables and the same tensor twice', () => {
    const w = new Variable(tensor([5]));
    const constant = tensor([7]);
    const f = compile((x: Tensor, y: Tensor) => {
      const z = add(x, y);
      return [x, y, z, z, constant, w.value, x];
    });
    for (let i = 0; i < 3; i++) {
      expect(f(tensor([i]), tensor([10])).map((t) => t.toArray()[0 as never])).toEqual([
        i,
        10,
        10 + i,
        10 + i,
        7,
        5,
        i,
      ]);
    }
    for (const options of [{ simplify: false }, { fuse: false }]) {
      const g = compile((x: Tensor) => [x, constant, neg(x), x], options);
      expect(g(tensor([1])).map((t) => t.item())).toEqual([1, 7, -1, 1]);
    }
  });

  test('one tensor may be several arguments', () => {
    const f = compile((x: Tensor, y: Tensor) => sub(x, y));
    const x = tensor([1]);
    expect([f(x, x).item(), f(tensor([3]), x).item(), f(x, tensor([3])).item()]).toEqual([0, 2, -2]);
  });

  test('may have no elements', () => {
    const f = compile((x: Tensor) => [add(x, 1), sum(x), concat([x, x], 0)]);
    expect(f(zeros([0, 3])).map((t) => [t.shape, t.toArray()])).toEqual([
      [[0, 3], []],
      [[], 0],
      [[0, 3], []],
    ]);
  });
});

describe('a compiled function inside another', () => {
  test('is part of that one program', () => {
    const inner = compile((x: Tensor) => mul(x, x));
    const outer = compile((x: Tensor) => add(inner(x), inner(add(x, 1))));
    expect([outer(scalar(2)).item(), outer(scalar(3)).item()]).toEqual([13, 25]);
    expect([inner.programs().length, outer.programs().length]).toEqual([0, 1]);
  });

  test('commits with the outer one', () => {
    const w = new Variable(scalar(0));
    const inner = compile((x: Tensor) => w.assign(add(w.value, x)));
    const outer = compile((x: Tensor, fail: boolean) => {
      inner(x);
      inner(x);
      if (fail) throw new Error('late');
      return w.value;
    });
    expect(() => outer(scalar(1), true)).toThrow('late');
    expect(outer(scalar(1), false).item()).toBe(2);
    expect(w.value.item()).toBe(2);
  });
});

describe('a call that `accept` refuses', () => {
  test.each([{}, { fuse: false, simplify: false }])(
    'returns its result, and leaves variables and counters as they were, with %o',
    (options) => {
      const [total, rng] = [new Variable(scalar(0)), new Generator(3)];
      const step = compile(
        (x: Tensor) => {
          total.assign(add(total.value, x));
          return { sum: total.value, draw: randomUniform(rng, []) };
        },
        { ...options, accept: ({ sum: found }) => found.item() < 10 },
      );
      const first = step(scalar(4));
      expect([step(scalar(8)).sum.item(), total.value.item(), rng.counter.value.item()]).toEqual([12, 4, 1]);
      const { version } = total;
      const [refused, taken] = [step(scalar(NaN)), step(scalar(5))];
      expect([refused.sum.item(), taken.sum.item(), total.value.item(), total.version]).toEqual([
        NaN,
        9,
        9,
        version + 1,
      ]);
      expect(taken.draw.item()).toBe(refused.draw.item());
      expect(taken.draw.item()).not.toBe(first.draw.item());
    },
  );

  test('counts inside another compiled function, which decides for itself', () => {
    const total = new Variable(scalar(0));
    const inner = compile((x: Tensor) => (total.assign(add(total.value, x)), x), { accept: () => false });
    compile((x: Tensor) => inner(x))(scalar(2));
    expect(total.value.item()).toBe(2);
  });
});

describe('random numbers in a program', () => {
  const draws =
    (rng: Generator) =>
    (x: Tensor): Tensor[] => {
      const a = randomUniform(rng, [5]);
      randomUniform(rng, [3]); // dropped
      const b = randomNormal(rng.stream('layer'), [5]);
      const [last, steps] = scan(
        (c: Tensor, row: Tensor) => {
          randomUniform(rng, [2]); // dropped
          return [add(c, row), randomUniform(rng, [2], { low: -1 })] as const;
        },
        scalar(0),
        x,
      );
      return [a, b, last, steps, randomUniform(rng, [2], { dtype: 'float64' })];
    };

  test.each([{}, { simplify: false }, { fuse: false }, { simplify: false, fuse: false }])(
    'are the same bits as eager ones, with %o',
    (options) => {
      const [eager, compiled] = [new Generator(7), new Generator(7)];
      const f = compile(draws(compiled), options);
      for (let i = 0; i < 3; i++) {
        const x = tensor([1, 2, 3]);
        expect(f(x).map((t) => t.toArray())).toEqual(draws(eager)(x).map((t) => t.toArray()));
        expect(compiled.counter.value.item()).toBe(eager.counter.value.item());
      }
    },
  );

  test('advance the counter by one a draw, dropped ones included, and by one a draw of a scan', () => {
    const rng = new Generator(7);
    const f = compile(draws(rng));
    f(tensor([1, 2, 3]));
    expect(rng.counter.value.item()).toBe(6);
    f(tensor([1, 2, 3]));
    expect(rng.counter.value.item()).toBe(12);
  });

  test('differ from call to call and from step to step', () => {
    const f = compile(draws(new Generator(7)));
    const [first, second] = [f(tensor([1, 2, 3])), f(tensor([1, 2, 3]))];
    const all = [first[0]!, first[1]!, second[0]!, second[1]!].map((t) => String(t.toArray()));
    const steps = [first, second].flatMap((r) => r[3]!.toArray() as number[][]).map(String);
    expect(new Set([...all, ...steps]).size).toBe(10);
  });
});
