import { expect, test } from 'vitest';
import { arg } from '../expr/expr.ts';
import type { NodeOf } from '../graph/node.ts';
import { evaluateMap } from '../nodes/map.ts';
import { allocate } from './dtype.ts';

test('an array that the engine cannot allocate is refused with its size and a remedy', () => {
  expect(() => allocate('float32', 2 ** 52)).toThrowErrorMatchingInlineSnapshot(
    `[MemoryError: allocate: memory must hold float32 [4503599627370496], got none; use a smaller batch]`,
  );
  expect(() => allocate('float64', [2 ** 30, 2 ** 22], 'outer')).toThrowErrorMatchingInlineSnapshot(
    `[MemoryError: outer: memory must hold float64 [1073741824,4194304], got none; use a smaller batch]`,
  );
});

test('operations name themselves and the shape of the result', () => {
  const types = [{ shape: [2 ** 52], dtype: 'float32' }];
  const node = { kind: 'map', op: 'exp', attrs: { expr: arg(0) }, types, inputs: [] } as unknown as NodeOf<'map'>;
  expect(() => evaluateMap(node, [])).toThrowErrorMatchingInlineSnapshot(
    `[MemoryError: exp: memory must hold float32 [4503599627370496], got none; use a smaller batch]`,
  );
});
