import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { sweptOps } from './opRows.ts';
import { fewOpCells } from './opSweep.ts';
import { checkCells } from './sweep.ts';

const names = [...sweptOps.keys()];
/** They read values, so that no backend runs them, or are constants. */
const notSwept =
  /^(histogram|unique|boxBlurKernel|edgeKernel|gaussianBlurKernel|identityKernel|sharpenKernel|sobelKernels)$/;

test('the sweep has a row for every op that the package exports', async () => {
  const index = new URL('../../../tensor/src/ops/index.ts', import.meta.url);
  const exported = (await import(/* @vite-ignore */ fileURLToPath(index))) as object;
  const expected = Object.keys(exported).filter((name) => !notSwept.test(name));
  expect(names.toSorted()).toEqual(expected.sort());
});

describe('an op of small sizes agrees on every backend', () => {
  test.each(names)('%s', (name) => {
    const index = names.indexOf(name);
    checkCells(fewOpCells(name, index), { threads: index % 3 === 0 });
  });
});
