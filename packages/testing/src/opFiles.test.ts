import * as tensor from '@chainrule/tensor';
import { expect, test } from 'vitest';
import { findOps, opsOf } from './ops.ts';

test('the ops that files export are those that the package exports', async () => {
  const [found, exported] = [await findOps(), opsOf(tensor)];
  console.log(`ops: ${found.size} found in files, ${exported.size} exported by the package`);
  expect([...found.keys()].sort()).toEqual([...exported.keys()].sort());
  for (const [name, op] of found) expect(exported.get(name), name).toBe(op);
});
