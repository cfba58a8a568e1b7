import { startWasm } from '@chainrule/backend-wasm';
import { reference } from '@chainrule/compiler';
import { describe, test } from 'vitest';
import { expectSameAsEager } from './longProgramChecks.ts';
import { longPrograms, sliceGradient } from './longPrograms.ts';

const check = (name: string, nodes: number): void => {
  const program = longPrograms[name]!(nodes);
  for (const backend of [reference(), startWasm({ threads: 2 })]) expectSameAsEager(program, backend);
};

describe('programs of 20,000 nodes', () => {
  test.each(Object.keys(longPrograms))('%s', (name) => check(name, 20_000));
});

describe('programs of 100,000 nodes', () => {
  test.each([
    'a chain with its gradient',
    'a recurrence with the gradient of its weights',
    'sums of branches',
    'a mixed graph',
  ])('%s', (name) => check(name, 100_000));
});

test('the gradient of 1,000 slices', () => {
  expectSameAsEager(sliceGradient(1000), startWasm({ threads: 2 }));
});
