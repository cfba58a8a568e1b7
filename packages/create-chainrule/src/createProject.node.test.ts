import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createProject } from './createProject.node.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'create-chainrule-'));
});
afterEach(() => rmSync(cwd, { recursive: true, force: true }));

/** The last of these files cannot be written, because its folder is a file. */
const impossible = new Map([
  ['a/b/c.txt', 'c'],
  ['d.txt', 'd'],
  ['d.txt/e.txt', 'e'],
]);

test('a failure in the middle leaves no file and no folder', () => {
  const folder = join(cwd, 'new', 'app');
  expect(() => createProject({ folder }, impossible)).toThrow(`Nothing was left in ${folder}`);
  expect(readdirSync(cwd)).toEqual([]);
});

test('a failure leaves what was there', () => {
  mkdirSync(join(cwd, 'a'));
  writeFileSync(join(cwd, 'a', 'mine.txt'), 'precious');
  expect(() => createProject({ folder: cwd }, impossible)).toThrow('create-chainrule: ');
  expect(readdirSync(cwd, { recursive: true, encoding: 'utf8' }).sort()).toEqual(['a', join('a', 'mine.txt')]);
});

test('no file is overwritten, even one that appeared after the check', () => {
  writeFileSync(join(cwd, 'b.txt'), 'precious');
  const files = new Map([
    ['a.txt', 'a'],
    ['b.txt', 'b'],
  ]);
  expect(() => createProject({ folder: cwd }, files)).toThrow('EEXIST');
  expect(readFileSync(join(cwd, 'b.txt'), 'utf8')).toBe('precious');
  expect(existsSync(join(cwd, 'a.txt'))).toBe(false);
});
