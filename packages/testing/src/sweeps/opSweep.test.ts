import { describe, test } from 'vitest';
import { sweptOps } from './opRows.ts';
import { fewOpCells } from './opSweep.ts';
import { checkCells } from './sweep.ts';

describe('an op of small sizes agrees on every backend', () => {
  const names = [...sweptOps.keys()];
  test.each(names)('%s', (name) => {
    const index = names.indexOf(name);
    checkCells(fewOpCells(name, index), { threads: index % 3 === 0 });
  });
});
