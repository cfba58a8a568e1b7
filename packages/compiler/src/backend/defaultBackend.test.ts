import { tensor } from '@chainrule/tensor';
import { afterEach, describe, expect, test } from 'vitest';
import { compile } from '../compile/compile.ts';
import { defaultBackend, hasDefaultBackend, setDefaultBackend } from './defaultBackend.ts';
import { reference } from './reference.ts';

afterEach(() => setDefaultBackend(undefined));

describe('the default backend', () => {
  test('is the reference where none was set', () => {
    expect([defaultBackend().name, hasDefaultBackend()]).toEqual(['reference', false]);
  });

  test('is the one that was set, until it is taken back', () => {
    const backend = { ...reference(), name: 'mine' };
    setDefaultBackend(backend);
    expect([defaultBackend(), hasDefaultBackend()]).toEqual([backend, true]);
    setDefaultBackend(undefined);
    expect(defaultBackend().name).toBe('reference');
  });

  test('is made once, when a program first needs it', () => {
    let made = 0;
    let prepared = 0;
    setDefaultBackend(() => {
      made++;
      const plain = reference();
      return { name: 'counting', prepare: (program) => (prepared++, plain.prepare(program)) };
    });
    const [f, g] = [compile((x) => x), compile((x) => x)];
    expect([made, hasDefaultBackend()]).toEqual([0, true]);
    [f, g].forEach((run) => run(tensor([1])));
    expect([made, prepared]).toEqual([1, 2]);
  });

  test('that cannot be made throws, and is tried again', () => {
    let attempts = 0;
    setDefaultBackend(() => {
      if (++attempts < 3) throw new Error(`attempt ${attempts}`);
      return reference();
    });
    expect(() => defaultBackend()).toThrow('attempt 1');
    expect(() => compile((x) => x)(tensor([1]))).toThrow('attempt 2');
    expect(defaultBackend().name).toBe('reference');
  });
});
