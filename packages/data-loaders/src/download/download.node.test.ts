import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { cacheFolder } from './cacheFolder.node.ts';
import { download, type DownloadOptions } from './download.node.ts';
import { type Answer, breakOff, give, sha256, startServer, status, type TestServer } from '../../testing/server.ts';

const bytes = Uint8Array.from({ length: 200_000 }, (_, i) => (i * i) % 251);
let server: TestServer;
let cacheDir: string;

beforeEach(async () => {
  server = await startServer();
  cacheDir = mkdtempSync(join(tmpdir(), 'chainrule-download-'));
});
afterEach(async () => {
  await server.close();
  rmSync(cacheDir, { recursive: true });
});

const load = (options: Partial<DownloadOptions> = {}): Promise<string> =>
  download({
    urls: [`${server.url}/x`],
    sha256: sha256(bytes),
    file: 'set/x.bin',
    cacheDir,
    retryDelay: 1,
    ...options,
  });
const message = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    (value) => `loaded ${String(value)}`,
    (error: unknown) =>
      String(error).replaceAll(server.url, 'http://server').replaceAll(cacheDir, '/cache').replaceAll('\\', '/'),
  );
const isWhole = (path: string): boolean => Buffer.compare(readFileSync(path), bytes) === 0;
const left = (): string[] => readdirSync(join(cacheDir, 'set'));

test('download fetches a file once, verifies it and keeps it', async () => {
  server.answers = { '/x': give(bytes) };
  const progress: number[] = [];
  const path = await load({
    onProgress: ({ loaded, total, file }) =>
      progress.push(total === bytes.length && file === 'set/x.bin' ? loaded : -1),
  });
  expect([path, isWhole(path), left(), progress.at(-1)]).toEqual([
    join(cacheDir, 'set', 'x.bin'),
    true,
    ['x.bin'],
    bytes.length,
  ]);
  expect(progress).toEqual(progress.toSorted((a, b) => a - b));
  await load();
  expect(server.requests).toEqual(['/x']);
});

test('download fetches a damaged file again', async () => {
  server.answers = { '/x': give(bytes) };
  writeFileSync(await load(), 'damaged');
  expect(isWhole(await load())).toBe(true);
});

test('an interrupted download resumes with a range request', async () => {
  server.answers = { '/x': [breakOff(bytes, 70_000), give(bytes)] };
  expect(isWhole(await load())).toBe(true);
  expect(server.requests[0]).toBe('/x');
  expect(server.requests[1]).toMatch(/^\/x bytes=\d+-$/);
});

test('another process resumes an interrupted download', async () => {
  server.answers = { '/x': [breakOff(bytes, 70_000), give(bytes)] };
  expect(await message(load({ retries: 0 }))).toMatch(
    /^MissingDataError: download: expected set\/x.bin, got a network error \(.*\) from http:\/\/server\/x; check the network/,
  );
  expect(left()).toEqual(['x.bin.part']);
  expect([isWhole(await load()), left()]).toEqual([true, ['x.bin']]);
  expect(server.requests[1]).toMatch(/bytes=/);
});

test('download fetches the whole file if the server does not support ranges', async () => {
  server.answers = { '/x': [breakOff(bytes, 70_000), give(bytes, { ranges: false })] };
  expect(isWhole(await load())).toBe(true);
});

test('download discards a partial file with other content', async () => {
  server.answers = { '/x': [breakOff(new Uint8Array(bytes.length), 70_000), give(bytes)] };
  expect(isWhole(await load())).toBe(true);
  expect(server.requests.at(-1)).toBe('/x');
  // A partial file longer than the file, for which the server answers 416.
  server.answers = { '/y': give(bytes) };
  writeFileSync(join(cacheDir, 'set', 'y.part'), new Uint8Array(bytes.length + 5));
  expect(isWhole(await load({ urls: [`${server.url}/y`], file: 'set/y' }))).toBe(true);
});

test('status 503, 429, 408 and reset connections are retried after the wait that the server asks for', async () => {
  server.answers = {
    '/x': [
      status(503),
      status(429, { 'retry-after': '1' }),
      status(408),
      (_, response) => void response.destroy(),
      give(bytes),
    ],
  };
  const start = performance.now();
  expect(isWhole(await load())).toBe(true);
  expect(server.requests).toHaveLength(5);
  expect(performance.now() - start).toBeGreaterThan(950);
});

test('download gives up on a server that stops sending', async () => {
  server.answers = {
    '/x': [(_, response) => void response.writeHead(200, { 'content-length': '9' }).flushHeaders(), give(bytes)],
  };
  expect(isWhole(await load({ timeout: 60 }))).toBe(true);
  server.answers = { '/y': () => undefined };
  expect(await message(load({ urls: [`${server.url}/y`], file: 'y', timeout: 30, retries: 1 }))).toMatch(
    /got no data for 30 ms from/,
  );
});

test('redirects are followed', async () => {
  server.answers = { '/x': status(302, { location: '/moved' }), '/moved': [breakOff(bytes, 10_000), give(bytes)] };
  expect(isWhole(await load())).toBe(true);
});

test('download tries the next URL if a file is missing or wrong', async () => {
  server.answers = { '/wrong': give(bytes.subarray(1)), '/x': give(bytes) };
  expect(isWhole(await load({ urls: ['/none', '/wrong', '/x'].map((path) => server.url + path) }))).toBe(true);
  expect(server.requests).toEqual(['/none', '/wrong', '/x']);
});

test('errors name the file, the expectation, the finding and the remedy', async () => {
  server.answers = {
    '/x': give(bytes.subarray(1)),
    '/busy': status(500),
    '/odd': (_, response) => void response.writeHead(206, { 'content-range': 'bytes 7-9/10' }).end('abc'),
  };
  const urls = (path: string): { urls: string[] } => ({ urls: [server.url + path] });
  expect([
    await message(load()),
    await message(load({ ...urls('/none') })),
    await message(load({ ...urls('/busy'), retries: 1 })),
    await message(load({ ...urls('/odd') })),
    await message(load({ ...urls('/x'), maxBytes: 1000 })),
    await message(load({ sha256: 'ABC' })),
    await message(load({ file: '../x' })),
    await message(load({ retries: -1 })),
  ]).toMatchInlineSnapshot(`
    [
      "FormatError: download: expected set/x.bin with SHA-256 a45477d9b0449be9fc0229ca0f104e8c0a389ddf9768221b3a34beb0287e92f7, got SHA-256 d40e73f78734201064098394122d1011647e50e336f3f28a051cd50e79fb65f1 from http://server/x; the file has changed or was damaged in transit; try again later, or put the file at /cache/set/x.bin yourself",
      "MissingDataError: download: expected set/x.bin, got status 404 from http://server/none; check the network, or put the file at /cache/set/x.bin yourself",
      "MissingDataError: download: expected set/x.bin, got status 500 from http://server/busy; check the network, or put the file at /cache/set/x.bin yourself",
      "MissingDataError: download: expected set/x.bin, got the wrong byte range from http://server/odd; check the network, or put the file at /cache/set/x.bin yourself",
      "MissingDataError: download: expected set/x.bin, got more than 1000 bytes (\`maxBytes\`) from http://server/x; check the network, or put the file at /cache/set/x.bin yourself",
      "OptionError: download: \`sha256\` must be 64 lowercase hexadecimal digits, got "ABC"",
      "OptionError: download: \`file\` must be a path within the folder, got "../x"",
      "OptionError: download: \`retries\` must be an integer of at least 0, got -1",
    ]
  `);
  expect(left()).toEqual([]);
});

test('the error names a full disk', async () => {
  server.answers = { '/x': give(bytes) };
  const file = await open(join(cacheDir, 'other'), 'w');
  const write = vi
    .spyOn(Object.getPrototypeOf(file) as typeof file, 'writeFile')
    .mockRejectedValue(Object.assign(new Error('no space'), { code: 'ENOSPC', syscall: 'write' }));
  await file.close();
  expect(await message(load({ file: 'x' }))).toMatchInlineSnapshot(
    `"MissingDataError: download: expected to write /cache/x, got a full disk; make room, or set another folder by \`cacheDir\` or CHAINRULE_CACHE"`,
  );
  write.mockRestore();
  expect(readdirSync(cacheDir)).toEqual(['other']);
});

test('download throws if the partial file is a link or a folder', async () => {
  server.answers = { '/x': give(bytes) };
  const victim = join(cacheDir, 'victim');
  writeFileSync(victim, 'mine');
  for (const target of [victim, 'no-such-file']) {
    symlinkSync(target, join(cacheDir, 'x.part'));
    expect(await message(load({ file: 'x' }))).toBe(
      'FormatError: download: expected a file or nothing at /cache/x.part, got a symbolic link; remove it',
    );
    rmSync(join(cacheDir, 'x.part'));
  }
  mkdirSync(join(cacheDir, 'y.part'));
  expect(await message(load({ file: 'y' }))).toBe(
    'FormatError: download: expected a file or nothing at /cache/y.part, got something else; remove it',
  );
  expect([readFileSync(victim, 'utf8'), existsSync(join(cacheDir, 'no-such-file'))]).toEqual(['mine', false]);
});

test('download stops an endless response when its time is over', async () => {
  const drip: Answer = (_, response) => {
    const timer = setInterval(() => response.write('x'), 5);
    response.on('close', () => clearInterval(timer));
  };
  server.answers = { '/x': drip, '/busy': status(500) };
  expect([
    await message(load({ totalTimeout: 80 })),
    await message(load({ urls: [`${server.url}/busy`], totalTimeout: 80, retryDelay: 60_000 })),
  ]).toEqual(
    new Array(2).fill(
      'MissingDataError: download: expected set/x.bin within 80 ms, got a timeout; raise `totalTimeout` for a slow connection',
    ),
  );
});

test('an error of `onProgress` ends the download', async () => {
  server.answers = { '/x': give(bytes) };
  const fail = (): never => {
    throw new TypeError('mine');
  };
  expect([await message(load({ onProgress: fail })), server.requests.length]).toEqual(['TypeError: mine', 1]);
});

test('wrong arguments throw typed errors', async () => {
  const wrong: unknown[] = [
    { urls: 'x' },
    { urls: [7] },
    { urls: ['not an address'] },
    { urls: ['file:///etc/hosts'] },
    { sha256: undefined },
    { file: '' },
    { file: 7 },
    { file: 'a\0b' },
    { file: 'a/' },
    { cacheDir: 7 },
    { timeout: 2 ** 31 },
    { timeout: '9' },
    { totalTimeout: 0 },
    { retryDelay: NaN },
    { maxBytes: -1 },
    { onProgress: 7 },
    { signal: {} },
  ];
  expect(
    await Promise.all([
      ...wrong.map((options) => message(load(options as DownloadOptions))),
      message(download(null as unknown as DownloadOptions)),
    ]),
  ).toMatchInlineSnapshot(`
    [
      "OptionError: download: \`urls\` must be a list of at least one URL, got "x"",
      "OptionError: download: \`urls[0]\` must be a URL that starts with http: or https:, got 7",
      "OptionError: download: \`urls[0]\` must be a URL that starts with http: or https:, got "not an address"",
      "OptionError: download: \`urls[0]\` must be a URL that starts with http: or https:, got "file:///etc/hosts"",
      "OptionError: download: \`sha256\` must be 64 lowercase hexadecimal digits, got undefined",
      "OptionError: download: \`file\` must be a path within the folder, got """,
      "OptionError: download: \`file\` must be a path within the folder, got 7",
      "OptionError: download: \`file\` must be a path within the folder, got "a/u0000b"",
      "OptionError: download: \`file\` must be a path within the folder, got "a/"",
      "OptionError: download: \`cacheDir\` must be a non-empty string, got 7",
      "OptionError: download: \`timeout\` must be an integer from 1 to 2147483647, in milliseconds, got 2147483648",
      "OptionError: download: \`timeout\` must be an integer from 1 to 2147483647, in milliseconds, got "9"",
      "OptionError: download: \`totalTimeout\` must be an integer from 1 to 2147483647, in milliseconds, got 0",
      "OptionError: download: \`retryDelay\` must be an integer from 0 to 2147483647, in milliseconds, got NaN",
      "OptionError: download: \`maxBytes\` must be an integer of at least 0, got -1",
      "OptionError: download: \`onProgress\` must be a function, got 7",
      "OptionError: download: \`signal\` must be an AbortSignal, got {}",
      "OptionError: download: \`options\` must be an object such as { urls, sha256, file, retries, retryDelay, timeout, … }, got null",
    ]
  `);
});

test('an aborted download can resume', async () => {
  server.answers = {
    '/x': [
      (_, response) =>
        void response.writeHead(200, { 'content-length': String(bytes.length) }).write(bytes.subarray(0, 50_000)),
      give(bytes),
    ],
  };
  const abort = new AbortController();
  const loading = load({ signal: abort.signal, onProgress: () => abort.abort(new Error('enough')) });
  await expect(loading).rejects.toThrow('enough');
  expect(left()).toEqual(['x.bin.part']);
  expect(isWhole(await load())).toBe(true);
});

test('two concurrent downloads of a file fetch it once', async () => {
  server.answers = {
    '/x': [(request, response) => void setTimeout(() => give(bytes)(request, response), 150), give(bytes)],
  };
  const [one, other] = await Promise.all([load(), load()]);
  expect([one, other, server.requests]).toEqual([one, one, ['/x']]);
  expect(left()).toEqual(['x.bin']);
});

test('download takes over the lock of a dead process, and an old lock of another machine', async () => {
  server.answers = { '/x': give(bytes) };
  const lock = join(cacheDir, 'x.lock');
  // No process has this id on Linux, macOS or Windows.
  writeFileSync(lock, JSON.stringify({ pid: 2 ** 30, host: hostname() }));
  await load({ file: 'x' });
  writeFileSync(join(cacheDir, 'y.lock'), JSON.stringify({ pid: 1, host: 'elsewhere' }));
  const soon = new AbortController();
  setTimeout(() => soon.abort(new Error('still locked')), 150);
  await expect(load({ file: 'y', signal: soon.signal })).rejects.toThrow('still locked');
  utimesSync(join(cacheDir, 'y.lock'), new Date(0), new Date(0));
  await load({ file: 'y' });
  expect(readdirSync(cacheDir).sort()).toEqual(['x', 'y']);
});

test('the cache folder is in the system’s cache folder', () => {
  expect(cacheFolder({ CHAINRULE_CACHE: '/a', XDG_CACHE_HOME: '/b' })).toBe('/a');
  expect(cacheFolder({ XDG_CACHE_HOME: '/b' })).toBe(join('/b', 'chainrule'));
  expect(cacheFolder({ XDG_CACHE_HOME: 'relative' }, 'linux')).toMatch(/[\\/]\.cache[\\/]chainrule$/);
  expect(cacheFolder({}, 'darwin')).toMatch(/Caches[\\/]chainrule$/);
  expect(cacheFolder({ LOCALAPPDATA: 'L' }, 'win32')).toBe(join('L', 'chainrule', 'Cache'));
});
