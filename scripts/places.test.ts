import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from './testing/copyPackages.ts';

const isTest = (file: string): boolean => /[.]test(-d)?[.]ts$/.test(file);
/** Tests, and helpers that only tests import. Those of the site, in Chromium, have a folder of their own. */
const serves = (file: string): boolean =>
  isTest(file) || /^(packages|apps)[/][^/]+[/]testing[/]|^apps[/]docs[/]browser[/]/.test(file);

/** Files of the packages and apps, as paths from the root with the files that they import by a path. */
const imports: ReadonlyMap<string, readonly string[]> = new Map(
  ['packages', 'apps'].flatMap(filesBelow).map((file) => [file, importsOf(file)]),
);
const files: readonly string[] = [...imports.keys()];

function filesBelow(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return /^(node_modules|dist|[.].*)$/.test(entry.name) ? [] : filesBelow(path);
    return path.endsWith('.ts') ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/(?:\bfrom|\bimport\(?|new URL\()\s*'([.]{1,2}\/[^']+)'/g)].map(([, path]) =>
    normalize(join(dirname(file), path!)).replaceAll('\\', '/'),
  );
}

describe('tests', () => {
  test('are below src, or in a browser folder', () => {
    const elsewhere = files.filter(
      (file) => isTest(file) && !/^((packages|apps)\/[^/]+\/src|(packages\/testing|apps\/docs)\/browser)\//.test(file),
    );
    expect(elsewhere).toEqual([]);
  });

  test('are beside sources, of which they import some', () => {
    const beside = (file: string): boolean => {
      const [folder, src] = [`${dirname(file)}/`, /^.*?[/]src[/]/.exec(file)![0]];
      return (
        files.some((other) => other.startsWith(folder) && !isTest(other)) &&
        imports.get(file)!.some((path) => path.startsWith(src) && !isTest(path))
      );
    };
    // Tests in packages/testing try several packages together, and tests of types import packages by their names.
    const alone = files.filter(
      (file) => file.endsWith('.test.ts') && !/^(packages\/testing|apps\/docs\/browser)\//.test(file) && !beside(file),
    );
    expect(alone).toEqual([]);
  });
});

test('modules that only tests import are in the testing folder of their package', () => {
  const importers = new Map(files.map((file) => [file, [] as string[]]));
  for (const [file, paths] of imports) for (const path of paths) importers.get(path)?.push(file);
  const misplaced = files.filter((file) => {
    const by = importers.get(file)!;
    // Entries are imported by their packages' names.
    const isEntry = /\/src\/(index([.]\w+)?|oracle\/\w+|\w+\/index)[.]ts$/.test(file);
    return !serves(file) && !file.startsWith('packages/testing/') && !isEntry && by.length > 0 && by.every(serves);
  });
  expect(misplaced).toEqual([]);
});
