import { describe, expect, test } from 'vitest';
import { layerFactories } from '../layerFactories.ts';
import { layerRows } from './layerRows.ts';
import { fewLayerCells } from './layerSweep.ts';
import { checkCells } from './sweep.ts';

const names = [...layerRows.keys()];

test('the sweep has a row for every layer that a package exports', () => {
  const swept = new Set(names.map((name) => name.split(' ')[0]!));
  expect([...swept].sort()).toEqual(Object.keys(layerFactories).sort());
});

describe('a layer of small sizes agrees on every backend', () => {
  test.each(names)('%s', (name) => {
    const index = names.indexOf(name);
    checkCells(fewLayerCells(name, index), { threads: index % 3 === 0 });
  });
});
