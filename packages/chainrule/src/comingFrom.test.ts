import { readFileSync } from 'node:fs';
import * as parquet from '@chainrule/data-loaders/parquet';
import { afterAll, expect, test } from 'vitest';
import * as node from './index.node.ts';
import * as chainrule from './index.ts';

const pages = ['keras', 'pytorch', 'tensorflow-js'].map((name) => `docs/how-to/${name}.md`);

/** The code spans in the last column of every table. */
function oursIn(page: string): string[] {
  return readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => /^\| [^-]/.test(line))
    .flatMap((line) =>
      [
        ...line
          .split('|')
          .at(-2)!
          .matchAll(/`([^`]+)`/g),
      ].map(([, code]) => code!),
    );
}

const { input, sequential, dense, sgd, meanSquaredError, tensor, Dataset } = chainrule;
const model = sequential(input([1]), dense(1));
const objects: Readonly<Record<string, object>> = {
  x: tensor([1]),
  model,
  trainer: model.compile({ optimizer: sgd(), loss: meanSquaredError }),
  dataset: Dataset.from([1]),
  layers: chainrule.layers,
};

// Test files share modules: others expect no default backend, which `sequential` of the umbrella sets.
afterAll(() => chainrule.setDefaultBackend(undefined));

test.each(pages)('%s names what exists', (page) => {
  const ours = oursIn(page);
  expect(ours.length).toBeGreaterThan(50);
  for (const code of ours) {
    const [name, ...methods] = code.replace(/\([^)]*\)/g, '').split('.');
    if (methods.length === 0) {
      expect(
        [chainrule, node, parquet].some((entry) => Object.hasOwn(entry, name!)),
        code,
      ).toBe(true);
      continue;
    }
    expect(Object.keys(objects), code).toContain(name);
    for (const method of methods) expect(method in objects[name!]!, code).toBe(true);
  }
});
