import { describe, test } from 'vitest';
import { sweptOps } from './opRows.ts';
import { opCells } from './opSweep.ts';
import { checkCells, sizes } from './sweep.ts';

describe('an op of every width and size agrees on every backend', () => {
  test.each([...sweptOps.keys()])('%s', (name) => {
    sizes.forEach((size, i) => checkCells(opCells(name, size), { threads: i % 3 === 0 }));
  });
});
