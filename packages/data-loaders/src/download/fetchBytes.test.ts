import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { fetchBytes } from './fetchBytes.ts';
import { type Answer, breakOff, give, sha256, startServer, status, type TestServer } from '../../testing/server.ts';

const bytes = Uint8Array.from({ length: 50_000 }, (_, i) => i % 251);
let server: TestServer;
beforeEach(async () => {
  server = await startServer();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server.close();
});
const message = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'loaded',
    (error: unknown) => String(error).replaceAll(server.url, 'http://server'),
  );

/** An in-memory `Cache`. */
function stubCaches(): Map<string, Response> {
  const kept = new Map<string, Response>();
  const cache = {
    match: (url: string) => Promise.resolve(kept.get(url)?.clone()),
    put: (url: string, response: Response) => Promise.resolve(void kept.set(url, response)),
    delete: (url: string) => Promise.resolve(kept.delete(url)),
  };
  vi.stubGlobal('caches', { open: () => Promise.resolve(cache) });
  return kept;
}

test('fetchBytes retries and verifies', async () => {
  server.answers = {
    '/x': [status(503), breakOff(bytes, 1000), (_, response) => void response.destroy(), give(bytes)],
  };
  const progress = vi.fn();
  expect(
    Buffer.compare(
      await fetchBytes(`${server.url}/x`, { sha256: sha256(bytes), retryDelay: 1, onProgress: progress }),
      bytes,
    ),
  ).toBe(0);
  expect(progress).toHaveBeenLastCalledWith(bytes.length, bytes.length);
});

test('fetchBytes caches files, and fetches again if a cached file is damaged', async () => {
  const kept = stubCaches();
  server.answers = { '/x': give(bytes) };
  const options = { sha256: sha256(bytes) };
  for (let i = 0; i < 2; i++) await fetchBytes(`${server.url}/x`, options);
  expect([server.requests.length, kept.size]).toEqual([1, 1]);
  kept.set(`${server.url}/x`, new Response('damaged'));
  expect(await fetchBytes(`${server.url}/x`, options)).toHaveLength(bytes.length);
  await fetchBytes(`${server.url}/x`, { ...options, cache: false });
  expect(server.requests).toHaveLength(3);
});

test('fetchBytes errors name the problem', async () => {
  server.answers = { '/x': give(bytes), '/busy': status(500) };
  expect([
    await message(fetchBytes(`${server.url}/x`, { sha256: '0'.repeat(64) })),
    await message(fetchBytes(`${server.url}/none`)),
    await message(fetchBytes(`${server.url}/busy`, { retries: 1, retryDelay: 1 })),
    await message(fetchBytes(`${server.url}/x`, { maxBytes: 100 })),
    await message(fetchBytes(`${server.url}/x`, { sha256: 'x' })),
    await message(fetchBytes(`${server.url}/x`, { signal: AbortSignal.abort(new Error('enough')) })),
  ]).toMatchInlineSnapshot(`
    [
      "FormatError: fetchBytes: expected SHA-256 0000000000000000000000000000000000000000000000000000000000000000 for http://server/x, got 819e1ce4db744eb7573f7d5036d64f3c52184201ffa2ece0a2491a51ef14aba0; the file has changed or was damaged in transit",
      "MissingDataError: fetchBytes: expected http://server/none, got status 404",
      "MissingDataError: fetchBytes: expected http://server/busy, got status 500 after 2 attempts",
      "FormatError: fetchBytes: expected at most 100 bytes (\`maxBytes\`) at http://server/x, got more",
      "OptionError: fetchBytes: \`sha256\` must be 64 lowercase hexadecimal digits, got "x"",
      "Error: enough",
    ]
  `);
});

test('fetchBytes gives up on a server that stops sending or never ends', async () => {
  const drip: Answer = (_, response) => {
    const timer = setInterval(() => response.write('x'), 5);
    response.on('close', () => clearInterval(timer));
  };
  server.answers = {
    '/silent': () => undefined,
    '/stops': (_, response) => void response.writeHead(200, { 'content-length': '9' }).write('x'),
    '/drip': drip,
  };
  expect([
    await message(fetchBytes(`${server.url}/silent`, { timeout: 30, retries: 1, retryDelay: 1 })),
    await message(fetchBytes(`${server.url}/stops`, { timeout: 30, retries: 0 })),
    await message(fetchBytes(`${server.url}/drip`, { totalTimeout: 80 })),
  ]).toEqual([
    'MissingDataError: fetchBytes: expected http://server/silent, got no data for 30 ms after 2 attempts',
    'MissingDataError: fetchBytes: expected http://server/stops, got no data for 30 ms after 1 attempt',
    'MissingDataError: fetchBytes: expected http://server/drip within 80 ms, got a timeout; raise `totalTimeout` for a slow connection',
  ]);
});

test('fetchBytes throws typed errors for wrong arguments, and rethrows errors of `onProgress`', async () => {
  server.answers = { '/x': give(bytes) };
  const wrong: unknown[] = [
    { cache: 7 },
    { timeout: 0 },
    { totalTimeout: 2 ** 31 },
    { retryDelay: -1 },
    { retries: 0.5 },
    { onProgress: 7 },
    { signal: 7 },
    null,
  ];
  const fail = (): never => {
    throw new TypeError('mine');
  };
  expect([
    ...(await Promise.all(wrong.map((options) => message(fetchBytes(`${server.url}/x`, options as object))))),
    ...(await Promise.all([undefined, '', 'no address', 'ftp://x/y'].map((url) => message(fetchBytes(url as string))))),
    await message(fetchBytes(`${server.url}/x`, { onProgress: fail })),
  ]).toMatchInlineSnapshot(`
    [
      "OptionError: fetchBytes: \`cache\` must be a non-empty string, got 7",
      "OptionError: fetchBytes: \`timeout\` must be an integer from 1 to 2147483647, in milliseconds, got 0",
      "OptionError: fetchBytes: \`totalTimeout\` must be an integer from 1 to 2147483647, in milliseconds, got 2147483648",
      "OptionError: fetchBytes: \`retryDelay\` must be an integer from 0 to 2147483647, in milliseconds, got -1",
      "OptionError: fetchBytes: \`retries\` must be an integer of at least 0, got 0.5",
      "OptionError: fetchBytes: \`onProgress\` must be a function, got 7",
      "OptionError: fetchBytes: \`signal\` must be an AbortSignal, got 7",
      "OptionError: fetchBytes: \`options\` must be an object such as { retries, retryDelay, timeout, totalTimeout, signal, sha256, … }, got null",
      "OptionError: fetchBytes: \`url\` must be a URL that starts with http: or https:, got undefined",
      "OptionError: fetchBytes: \`url\` must be a URL that starts with http: or https:, got """,
      "OptionError: fetchBytes: \`url\` must be a URL that starts with http: or https:, got "no address"",
      "OptionError: fetchBytes: \`url\` must be a URL that starts with http: or https:, got "ftp://x/y"",
      "TypeError: mine",
    ]
  `);
});
