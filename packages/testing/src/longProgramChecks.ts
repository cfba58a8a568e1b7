import { type Backend, compile } from '@chainrule/compiler';
import type { Tensor } from '@chainrule/tensor';
import { treeTensors } from '@chainrule/tensor/graph';
import { expect } from 'vitest';
import type { LongProgram } from './longPrograms.ts';

/**
 * Runs a program twice, so that it is captured and compared with the cached one, and compares its values with eager
 * code.
 */
export function expectSameAsEager({ fn, args }: LongProgram, backend: Backend): void {
  const compiled = compile(fn, { backend });
  const expected = treeTensors(fn(...args));
  for (let run = 0; run < 2; run++) {
    const actual = treeTensors(compiled(...args));
    expect(actual.length).toBe(expected.length);
    actual.forEach((t, i) =>
      expect(distance(t, expected[i]!)).toBeLessThan(backend.name === 'reference' ? 1e-30 : 1e-4),
    );
  }
  expect(compiled.programs()[0]!.explain().length).toBeGreaterThan(0);
}

/** The largest difference of two elements, relative to the largest element. */
export function distance(a: Tensor, b: Tensor): number {
  const [x, y] = [a.data, b.data];
  let [most, size] = [0, 1e-3];
  for (let i = 0; i < x.length; i++) {
    most = Math.max(most, Math.abs(x[i]! - y[i]!));
    size = Math.max(size, Math.abs(y[i]!));
  }
  return x.length === y.length && !Number.isNaN(most) ? most / size : Infinity;
}
