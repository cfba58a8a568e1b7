import fc from 'fast-check';
import { expect, test } from 'vitest';
import { layerTable } from './layerTable.ts';
import { layersOf, randomModels } from './randomModel.ts';

test('every layer of the table takes part in random models', () => {
  const used = new Set(
    fc
      .sample(randomModels, { seed: 1, numRuns: 400 })
      .flatMap((model) => layersOf(model).names.map((name) => name.split(' ')[0])),
  );
  expect([...layerTable.keys()].filter((name) => !used.has(name))).toEqual([]);
});
