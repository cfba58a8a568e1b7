import * as tensor from '@chainrule/tensor';
import { describe, it } from 'vitest';
import { opsOf } from './ops.ts';
import { backends, checkOnWasm } from './wasmOps.ts';

describe.each(Object.entries(backends))('on WebAssembly with %s', (_, backend) => {
  it.each([...opsOf(tensor)])('%s agrees with the oracle on many samples, fused and not', (_name, op) => {
    for (let seed = 1; seed <= 3; seed++)
      for (const dtype of ['float32', 'float64'] as const)
        for (const fuse of [true, false]) checkOnWasm(op, backend, { seed, dtype, fuse });
  });
});
