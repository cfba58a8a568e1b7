import { spawn } from 'node:child_process';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChainruleError } from '@chainrule/errors';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { draftOf, removeDeadDrafts } from './drafts.node.ts';
import { self } from './owner.node.ts';
import { realPath } from './realPath.node.ts';
import { withLock } from './withLock.node.ts';
import { writeAtomically } from './writeAtomically.node.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chainrule-files-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The id of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  return child.pid!;
}

describe('writeAtomically', () => {
  test('writes and replaces, makes folders, and leaves nothing beside the file', async () => {
    const file = join(folder, 'deep', 'down', 'file.bin');
    for (const text of ['first', '', 'the third one']) {
      await writeAtomically(file, bytes(text));
      expect(readFileSync(file, 'utf8')).toBe(text);
      expect(readdirSync(join(folder, 'deep', 'down'))).toEqual(['file.bin']);
    }
  });

  test('reports the error of the system, and changes nothing', async () => {
    mkdirSync(join(folder, 'taken'));
    writeFileSync(join(folder, 'file'), 'former');
    for (const path of ['taken', join('file', 'below')]) {
      const writing = writeAtomically(join(folder, path), bytes('x'));
      await expect(writing).rejects.toThrow(ChainruleError);
      await expect(writing).rejects.toThrow(`save: cannot write ${join(folder, path)}: E`);
    }
    expect([readFileSync(join(folder, 'file'), 'utf8'), readdirSync(folder)]).toEqual(['former', ['file', 'taken']]);
  });

  test.skipIf(process.platform === 'win32')('replaces the target of a symbolic link', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real', 'file'), join(folder, 'link'));
    for (const text of ['first', 'second']) {
      await writeAtomically(join(folder, 'link'), bytes(text));
      expect(readFileSync(join(folder, 'real', 'file'), 'utf8')).toBe(text);
    }
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true);
    expect(readdirSync(join(folder, 'real'))).toEqual(['file']);
  });

  test.skipIf(process.platform === 'win32')('ends at a cycle of links', async () => {
    symlinkSync(join(folder, 'b'), join(folder, 'a'));
    symlinkSync(join(folder, 'a'), join(folder, 'b'));
    expect(realPath(join(folder, 'a', 'file'))).toContain('file');
    await writeAtomically(join(folder, 'a'), bytes('text'));
    expect(readdirSync(folder)).toEqual(['a', 'b']);
  });

  test('concurrent writers leave one complete file', async () => {
    const file = join(folder, 'file');
    const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(50_000));
    await Promise.all(texts.map((text) => writeAtomically(file, bytes(text))));
    expect(texts).toContain(readFileSync(file, 'utf8'));
    expect(readdirSync(folder)).toEqual(['file']);
  });
});

describe('drafts', () => {
  test('of ended processes are removed, those of other machines stay for a day', async () => {
    const ended = await endedProcess();
    const id = '01234567-89ab-cdef-0123-456789abcdef';
    const names = {
      dead: `m.safetensors.${self.host}-${ended}-${id}.tmp`,
      alive: draftOf('m.safetensors'),
      elsewhere: `m.safetensors.another-${ended}-${id}.tmp`,
      oldElsewhere: `n.safetensors.another-${ended}-${id}.tmp`,
      nameless: `o.${id}.tmp`,
      oldNameless: `p.${id}.tmp`,
      mine: 'notes.tmp',
    };
    for (const name of Object.values(names)) writeFileSync(join(folder, name), '');
    const yesterday = new Date(Date.now() - 25 * 3600 * 1000);
    for (const name of [names.oldElsewhere, names.oldNameless, names.mine])
      utimesSync(join(folder, name), yesterday, yesterday);
    await writeAtomically(join(folder, 'other.bin'), bytes('x'));
    expect(readdirSync(folder).sort()).toEqual(
      ['other.bin', names.alive, names.elsewhere, names.nameless, names.mine].sort(),
    );
    await removeDeadDrafts(join(folder, 'no such folder'));
  });
});

describe('withLock', () => {
  test('runs one work at a time, in the order of calls', async () => {
    const order: string[] = [];
    const one = (n: number): Promise<void> =>
      withLock(join(folder, 'lock'), async () => {
        order.push(`begin ${n}`);
        await new Promise((resolve) => setTimeout(resolve, 5 - n));
        order.push(`end ${n}`);
      });
    await Promise.all([1, 2, 3].map(one));
    expect(order).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2', 'begin 3', 'end 3']);
    expect(readdirSync(folder)).toEqual([]);
  });

  test('releases the lock if the work fails', async () => {
    const path = join(folder, 'sub', 'lock');
    await expect(withLock(path, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(existsSync(path)).toBe(false);
    expect(await withLock(path, () => Promise.resolve(7))).toBe(7);
  });

  test('takes over the lock of an ended process, and an abandoned one', async () => {
    const path = join(folder, 'lock');
    writeFileSync(path, JSON.stringify({ host: self.host, pid: await endedProcess(), id: 'x' }));
    expect(await withLock(path, () => Promise.resolve('taken'))).toBe('taken');
    writeFileSync(path, JSON.stringify({ host: 'another', pid: 1, id: 'x' }));
    utimesSync(path, new Date(0), new Date(0));
    expect(await withLock(path, () => Promise.resolve('taken'))).toBe('taken');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('waits for others, and stops by its signal', async () => {
    const path = join(folder, 'lock');
    writeFileSync(path, JSON.stringify({ host: self.host, pid: process.pid, id: 'another copy' }));
    const controller = new AbortController();
    const waiting = withLock(path, () => Promise.resolve('never'), controller.signal);
    controller.abort(new Error('enough'));
    await expect(waiting).rejects.toThrow('enough');
    expect(readFileSync(path, 'utf8')).toContain('another copy');
    const later = withLock(path, () => Promise.resolve('now'));
    rmSync(path);
    expect(await later).toBe('now');
  });

  test('never removes folders or other files, however old', async () => {
    mkdirSync(join(folder, 'old'));
    writeFileSync(join(folder, 'data'), 'of a user');
    for (const name of ['old', 'data']) {
      utimesSync(join(folder, name), new Date(0), new Date(0));
      const locking = withLock(join(folder, name), () => Promise.resolve(1));
      await expect(locking).rejects.toThrow(ChainruleError);
      await expect(locking).rejects.toThrow(`lock: \`path\` must be a`);
    }
    expect([readdirSync(folder), readFileSync(join(folder, 'data'), 'utf8')]).toEqual([['data', 'old'], 'of a user']);
  });

  test.skipIf(process.platform === 'win32')('two names of one file are the same lock', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'link'));
    const order: string[] = [];
    const one = (name: string): Promise<void> =>
      withLock(join(folder, name, 'lock'), async () => {
        order.push(`begin ${name}`);
        await new Promise((resolve) => setTimeout(resolve));
        order.push(`end ${name}`);
      });
    await Promise.all(['real', 'link', 'real'].map(one));
    expect(order).toEqual(['real', 'link', 'real'].flatMap((name) => [`begin ${name}`, `end ${name}`]));
  });

  test('names the path if it cannot write the lock', async () => {
    writeFileSync(join(folder, 'file'), '');
    await expect(withLock(join(folder, 'file', 'lock'), () => Promise.resolve(1))).rejects.toThrow(
      `lock: cannot write ${join(folder, 'file', 'lock')}: E`,
    );
  });
});

test('the host is valid in a file name', () => {
  expect(self.host).toMatch(/^[A-Za-z0-9]{1,32}$/);
  expect(hostname().length).toBeGreaterThan(0);
});

test('an exit in the middle of the work leaves no draft and no lock', async () => {
  const program = `
    import { withLock, writeAtomically } from '${join(import.meta.dirname, 'index.node.ts')}';
    const [folder] = process.argv.slice(2);
    process.on('SIGINT', () => process.exit(130));
    await withLock(folder + '/lock', async () => {
      void writeAtomically(folder + '/file', new Uint8Array(1 << 28));
      const { readdirSync } = await import('node:fs');
      const timer = setInterval(() => {
        if (!readdirSync(folder).some((name) => name.endsWith('.tmp'))) return;
        clearInterval(timer);
        process.kill(process.pid, 'SIGINT');
      }, 1);
      await new Promise(() => {});
    });`;
  const script = join(folder, 'program.mjs');
  await build({
    stdin: { contents: program, resolveDir: import.meta.dirname },
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  const child = spawn(process.execPath, [script, folder]);
  expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(130);
  expect(readdirSync(folder)).toEqual(['program.mjs']);
});
