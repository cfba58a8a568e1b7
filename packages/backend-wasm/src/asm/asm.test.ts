import { describe, expect, test } from 'vitest';
import { callValue, f32, i32, ModuleBuilder, tee } from './index.ts';

interface Exports {
  readonly f: (...args: number[]) => number;
}

const instantiate = (module: ModuleBuilder, env: WebAssembly.ModuleImports = {}): Exports =>
  new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), {
    env: { memory: new WebAssembly.Memory({ initial: 1 }), ...env },
  }).exports as unknown as Exports;

describe('the assembler', () => {
  test.each([0, 1, 63, 64, 127, 128, 300, -1, -64, -65, 2 ** 31 - 1, -(2 ** 31)])('writes the constant %s', (value) => {
    const module = new ModuleBuilder({ shared: false });
    module.export(
      'f',
      module.func([], ['i32'], (f) => f.result(i32.const(value))),
    );
    expect(instantiate(module).f()).toBe(value);
  });

  test('runs loops, blocks and branches', () => {
    const module = new ModuleBuilder({ shared: false });
    module.export(
      'f',
      module.func(['i32'], ['i32'], (f, n) => {
        const [i, j, total] = f.locals('i32', 3);
        f.block((exit) => {
          f.for(i, 0, n, 1, () => {
            f.for(j, 0, 3, 1, () =>
              f.if(
                i32.eq(j, i32.const(1)),
                () => f.increase(total, 10),
                () => f.increase(total, 1),
              ),
            );
            f.brIf(exit, i32.eq(i, i32.const(4)));
          });
        });
        f.result(total);
      }),
    );
    const { f } = instantiate(module);
    expect([0, 1, 2, 100].map((n) => f(n))).toEqual([0, 12, 24, 60]);
  });

  test('calls functions and the host, and reads and writes memory', () => {
    const module = new ModuleBuilder({ shared: false });
    const host = module.import('twice', ['i32'], ['i32']);
    const store = module.func(['i32', 'f32'], [], (f, at, value) => f.add(f32.store(at, value, 4)));
    module.export(
      'f',
      module.func(['i32'], ['f32'], (f, at) => {
        const copy = f.local('i32');
        f.call(store, [tee(copy, at), f32.const(1.5)]);
        f.increase(copy, callValue('i32', host, [at]));
        f.result(f32.add(f32.load(at, 4), f32.convertI32(copy)));
      }),
    );
    expect(instantiate(module, { twice: (x: number) => 2 * x }).f(8)).toBe(25.5);
  });

  test('emits a function of a key once', () => {
    const module = new ModuleBuilder({ shared: false });
    const make = () => module.func([], [], () => undefined);
    expect(module.once('a', make)).toBe(module.once('a', make));
    expect(module.once('b', make)).not.toBe(module.once('a', make));
  });

  test('refuses a call with the wrong number of arguments', () => {
    const module = new ModuleBuilder({ shared: false });
    const one = module.func(['i32'], [], () => undefined);
    expect(() => module.func([], [], (f) => f.call(one, []))).toThrowErrorMatchingInlineSnapshot(
      `[RangeError: function 0 takes 1 arguments, got 0]`,
    );
  });
});
