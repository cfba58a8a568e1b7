import * as tensor from '@chainrule/tensor';
import { describe, expect, it } from 'vitest';
import { opsOf } from './ops.ts';
import { backends, checkOnWasm } from './wasmOps.ts';

const ops = [...opsOf(tensor)];
/** How many ops run eagerly only, on all backends together. */
let eagerOnly = 0;

describe.each(Object.entries(backends))('on WebAssembly with %s', (_, backend) => {
  it.each(ops)('%s agrees with the oracle', (_name, op) => {
    const runs = (['float32', 'float64'] as const).map((dtype, i) =>
      checkOnWasm(op, backend, { seed: 0, dtype, fuse: i === 0 }),
    );
    if (!runs.every(Boolean)) eagerOnly++;
  });
});

describe('ops', () => {
  it('run on WebAssembly, except for at most two', () => {
    expect(eagerOnly).toBeLessThanOrEqual(2 * Object.keys(backends).length);
  });
});
