import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { dataFile } from './dataFile.ts';

test('dataFile finds a file in the folder or its subfolder, plain or gzipped', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-file-'));
  await expect(dataFile('nlp x', folder, 'text', 'a.txt')).rejects.toThrow(
    /^nlp x: expected a.txt, plain or with .gz, in .* or its folder text, got none; see --data-dir$/,
  );
  mkdirSync(join(folder, 'text'));
  writeFileSync(join(folder, 'text', 'a.txt.gz'), gzipSync('packed é'));
  expect(await dataFile('nlp x', folder, 'text', 'a.txt')).toBe('packed é');
  writeFileSync(join(folder, 'a.txt'), 'plain');
  expect(await dataFile('nlp x', folder, 'text', 'a.txt')).toBe('plain');
  rmSync(folder, { recursive: true });
});
