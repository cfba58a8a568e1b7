import { startWasm } from '@chainrule/backend-wasm';
import { compile, reference } from '@chainrule/compiler';
import { concat, full, type Tensor } from '@chainrule/tensor';
import { describe, expect, test } from 'vitest';
import { expectSameAsEager } from './longProgramChecks.ts';
import { longPrograms, sliceGradient } from './longPrograms.ts';

describe('programs of 1,500 nodes', () => {
  test.each(Object.keys(longPrograms))('%s', (name) => {
    const program = longPrograms[name]!(1500);
    for (const backend of [reference(), startWasm({ threads: 1 })]) expectSameAsEager(program, backend);
  });

  test('the gradient of 70 slices', () => {
    expectSameAsEager(sliceGradient(70), startWasm({ threads: 1 }));
  });

  test('a node that JavaScript evaluates may have hundreds of operands', () => {
    const parts = Array.from({ length: 300 }, (_, i) => full([2], i, 'float64') as Tensor);
    const joined = compile((...xs: Tensor[]) => concat(xs as never) as Tensor, { backend: startWasm({ threads: 1 }) });
    expect(Array.from(joined(...parts).data)).toEqual(parts.flatMap((t) => Array.from(t.data)));
  });
});
