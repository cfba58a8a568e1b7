import { wasm } from '@chainrule/backend-wasm';
import { describe, it } from 'vitest';
import { checkEmpty, ops } from './emptyOps.ts';

const backends = [
  undefined,
  await wasm({ threads: 1 }),
  await wasm({ threads: 2 }),
  await wasm({ threads: 1, simd: false }),
];

describe('ops of tensors of size 0', () => {
  it.each([...ops.keys()])('%s has the same values, gradients and errors on every backend', (key) =>
    checkEmpty(ops.get(key)!, backends, [0, 1, 2, 3]),
  );
});
