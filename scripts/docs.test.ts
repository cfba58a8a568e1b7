import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The repository's files: what git tracks, and what it would. */
const files: readonly string[] = spawnSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: root,
  encoding: 'utf8',
})
  .stdout.split('\n')
  .filter((file) => file && existsSync(join(root, file)));
const names = new Set(files.map((file) => basename(file)));
const pages = files.filter((file) =>
  /^docs\/.*[.]md$|^(CONTRIBUTING|README|SECURITY)[.]md$|^packages\/[^/]+\/(src\/.*)?README[.]md$/.test(file),
);

/** Whether a path from the root, from `packages/`, from a package's `src`, or the name of a file is one that exists. */
function isKnown(path: string): boolean {
  const end = path.replace(/\/$/, '');
  if (!end.includes('/')) return names.has(end) || files.some((file) => file.includes(`/${end}/`));
  return files.some((file) => `/${file}/`.includes(`/${end}/`));
}

/** A page without its fenced blocks. */
const prose = (page: string): string => readFileSync(join(root, page), 'utf8').replace(/^ *```[\s\S]*?^ *```/gm, '');

const namesFile = /[.](ts|mjs|cjs|yml|schema[.]json)$|^(packages|scripts|docs|apps|[.]ci|[.]github)\/./;

/** Paths in code spans: those with an extension of ours, and those below a folder of the repository. Not placeholders. */
function pathsOf(page: string): string[] {
  const spans = [...prose(page).matchAll(/`([^`\n]+)`/g)].map((match) => match[1]!);
  return spans.filter(
    (span) => /^[\w@./-]+$/.test(span) && namesFile.test(span) && !/\b[A-Z]{2,}\b/.test(span.replace(/[.]md$/, '')),
  );
}

/** Links to files, relative to the page. */
function linksOf(page: string): string[] {
  return [
    ...prose(page)
      .replace(/`[^`\n]*`/g, 'code')
      .matchAll(/\]\((?!https?:|#)([^)#\s]+)/g),
  ].map((match) => join(dirname(page), match[1]!).replaceAll('\\', '/'));
}

describe.each(pages)('%s', (page) => {
  test('names files that exist', () => {
    expect(pathsOf(page).filter((path) => !isKnown(path))).toEqual([]);
  });

  test('links to files that exist', () => {
    expect(linksOf(page).filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

test('docs/README.md, or the index of its folder, lists every page', () => {
  // The site makes pages of a pattern, such as `[name].md`.
  const indexes = pages.filter((page) => /^docs\/(README|.*index)[.]md$/.test(page));
  const listed = new Set(indexes.flatMap(linksOf));
  const missing = pages.filter(
    (page) => page.startsWith('docs/') && !page.includes('[') && !indexes.includes(page) && !listed.has(page),
  );
  expect(missing).toEqual([]);
});

test('the glossary is in alphabetical order', () => {
  const terms = [...prose('docs/glossary.md').matchAll(/^[|] [*][*](.+?)[*][*]/gm)].map((match) =>
    match[1]!.toLowerCase(),
  );
  expect(terms.length).toBeGreaterThan(50);
  expect(terms).toEqual(terms.toSorted((a, b) => (a < b ? -1 : 1)));
});

/** The packages that the examples of a page import. */
const importsOf = (text: string): Set<string> =>
  new Set(
    [...text.matchAll(/^```ts(?: test)?\n([\s\S]*?)^```/gm)].flatMap(([, code]) =>
      [...code!.matchAll(/from '((?:@chainrule\/)?[a-z-]+)[^']*'/g)].map(([, name]) => name!),
    ),
  );

test.each(pages.filter((page) => page.startsWith('packages/') && !page.startsWith('packages/testing/')))(
  '%s installs what its examples import',
  (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const installed = new Set(/^npm install (.+)$/m.exec(text)?.[1]!.split(' '));
    const imported = [...importsOf(text)].filter((name) => name.startsWith('@chainrule/'));
    expect(imported.filter((name) => !installed.has(name))).toEqual([]);
  },
);
