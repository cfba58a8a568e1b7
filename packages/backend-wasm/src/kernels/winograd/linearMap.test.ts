import fc from 'fast-check';
import { expect, test } from 'vitest';
import { f32, ModuleBuilder } from '../../asm/index.ts';
import { scalarLanes, simdLanes } from '../../lanes/lanes.ts';
import { linearMap } from './linearMap.ts';
import { type Matrix, toomCook } from './matrices.ts';

/** Runs the map in one lane. */
function apply(matrix: Matrix, x: readonly number[]): number[] {
  const module = new ModuleBuilder({ shared: false });
  const memory = new WebAssembly.Memory({ initial: 1 });
  module.export(
    'map',
    module.func([], [], (f) => {
      const base = f.local('i32');
      const values = x.map((v) => f.let(f32.const(v)));
      linearMap(f, scalarLanes(), matrix, values).forEach((v, i) => f.add(scalarLanes().store(base, v, 4 * i)));
    }),
  );
  const { map } = new WebAssembly.Instance(new WebAssembly.Module(module.bytes()), { env: { memory } }).exports as {
    map: () => void;
  };
  map();
  return [...new Float32Array(memory.buffer, 0, matrix.length)];
}

/** Products, multiply-adds among them, sums and differences in the code. */
function operations(matrix: Matrix): number {
  const l = simdLanes(true);
  let count = 0;
  const counted = Object.fromEntries(
    (['add', 'sub', 'mul', 'madd', 'nmadd'] as const).map((op) => [
      op,
      (...args: never[]) => (count++, (l[op] as (...a: never[]) => unknown)(...args)),
    ]),
  );
  new ModuleBuilder({ shared: false }).func(
    matrix[0]!.map(() => 'v128' as const),
    [],
    (f, ...x) => void linearMap(f, { ...l, ...counted }, matrix, x),
  );
  return count;
}

test('a linear map is the product with its matrix', () => {
  const coefficient: fc.Arbitrary<number> = fc.constantFrom(0, 1, -1, 0.5, -0.5, 2, 3);
  const matrices = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 })).chain(([rows, columns]) => {
    const row = fc.array(coefficient, { minLength: columns, maxLength: columns });
    return fc.tuple(
      fc.array(row, { minLength: rows, maxLength: rows }),
      fc.array(fc.integer({ min: -64, max: 64 }), { minLength: columns, maxLength: columns }),
    );
  });
  fc.assert(
    fc.property(matrices, ([matrix, x]) => {
      const expected = matrix.map((row) => row.reduce<number>((sum, c, k) => sum + c * x[k]!, 0));
      apply(matrix, x).forEach((y, i) => expect(y).toBeCloseTo(expected[i]!, 3));
    }),
  );
});

test('the transforms of Winograd share what pairs of points have in common', () => {
  const { input, kernel, output } = toomCook(4, 3);
  expect([input, kernel, output].map(operations)).toEqual([12, 8, 12]);
});
