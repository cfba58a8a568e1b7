import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fileOf, type CommandRun, runOn, squareCase } from './testFolder.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chainrule-expect-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const files = { 'a.json': fileOf(squareCase(), squareCase({ op: 'fold' }), squareCase()) };

function expecting(passing: object): Promise<CommandRun> {
  const list = join(folder, 'list.json');
  writeFileSync(list, JSON.stringify({ format: 'golden-passing/1', passing }));
  return runOn(files, '--expect', list);
}

describe('--expect', () => {
  it('is content when exactly the listed cases pass, and still counts failures', async () => {
    const { code, last, out } = await expecting({ 'a.json': { square: [0, 2] } });
    expect([code, last]).toEqual([0, '2 passed, 1 failed']);
    expect(out).toContain('as the list says');
  });

  it.each([
    ['a listed case fails', { 'a.json': { square: [0, 2], fold: [1] } }, 'must pass and fails: a.json[1] fold'],
    [
      'a case passes that is not listed',
      { 'a.json': { square: [0] } },
      'passes and is not in the list: a.json[2] square',
    ],
    ['a listed case is gone', { 'a.json': { square: [0, 2, 3] } }, 'must pass and is not there: a.json[3] square'],
    [
      'a listed file is gone',
      { 'a.json': { square: [0, 2] }, 'b.json': { add: [0] } },
      'must pass and is not there: b.json[0] add',
    ],
  ])('complains when %s', async (_what, passing, message) => {
    const { code, out, last } = await expecting(passing);
    expect([code, last]).toEqual([1, '2 passed, 1 failed']);
    expect(out).toContain(message);
    expect(out).toContain('1 difference');
  });

  it('refuses a file that is not a list', async () => {
    expect((await expecting({ 'a.json': { square: 'all' } })).error).toContain(
      'passing.a.json.square: must be a list of indices, got "all"',
    );
    expect((await runOn(files, '--expect')).error).toContain('cannot read `--expect`');
  });

  it('is written anew by --update', async () => {
    const list = join(folder, 'new', 'list.json');
    expect((await runOn(files, '--update', '--expect', list)).code).toBe(0);
    expect(JSON.parse(readFileSync(list, 'utf8'))).toEqual({
      format: 'golden-passing/1',
      passing: { 'a.json': { square: [0, 2] } },
    });
    expect((await runOn(files, '--expect', list)).code).toBe(0);
  });
});
