import { describe, test } from 'vitest';
import { layerRows } from './layerRows.ts';
import { emptyLayerCells, layerCells } from './layerSweep.ts';
import { checkCells, sizes } from './sweep.ts';

const names = [...layerRows.keys()];

describe('a layer of every width and batch size agrees on every backend', () => {
  test.each(names)('%s', (name) => {
    sizes.forEach((size, i) => checkCells(layerCells(name, size), { threads: i % 3 === 0 }));
  });
});

describe('a layer of inputs with an empty axis agrees on every backend', () => {
  test.each(names)('%s', (name) => checkCells(emptyLayerCells(name)));
});
