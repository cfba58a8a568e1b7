import { startWasm } from '@chainrule/backend-wasm';
import { reference } from '@chainrule/compiler';
import { describe, test } from 'vitest';
import { expectSameAsEager } from './longProgramChecks.ts';
import { longPrograms, sliceGradient } from './longPrograms.ts';

describe.each([20_000, 100_000])('programs of %i nodes', (nodes) => {
  test.each(Object.keys(longPrograms))('%s', (name) => {
    const program = longPrograms[name]!(nodes);
    for (const backend of [reference(), startWasm({ threads: 2 })]) expectSameAsEager(program, backend);
  });
});

test('the gradient of 1,000 slices', () => {
  expectSameAsEager(sliceGradient(1000), startWasm({ threads: 2 }));
});
