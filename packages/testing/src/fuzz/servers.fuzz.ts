import assert from 'node:assert';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import { type AddressInfo, createServer as createSocketServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fetchBytes } from '@chainrule/data-loaders';
import { download } from '@chainrule/data-loaders/node';
import fc from 'fast-check';
import { mayRefuse } from './damage.ts';
import { defineFuzzer, type Fuzzer } from './fuzzer.ts';

const file = Uint8Array.from({ length: 3000 }, (_, i) => (i * i) % 251);
const sha256 = createHash('sha256').update(file).digest('hex');

/** The way that a server answers one request. */
interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The part of the file that it sends, and how often. */
  readonly from: number;
  readonly to: number;
  readonly times: number;
  readonly end: 'end' | 'break' | 'silence' | 'drip';
}

const headers = fc.constantFrom<Readonly<Record<string, string>>[]>(
  {},
  { 'content-length': '3000' },
  { 'content-length': '10' },
  { 'content-length': '99999999999' },
  { 'content-encoding': 'gzip' },
  { 'content-range': 'bytes 1000-2999/3000' },
  { 'content-range': 'bytes 9-1/0' },
  { 'content-range': 'nonsense' },
  { 'retry-after': '-1' },
  { 'retry-after': 'soon' },
  { location: '/' },
  { location: 'http://127.0.0.1:1/' },
  { location: 'nonsense://x' },
  { 'transfer-encoding': 'chunked' },
);
const answers: fc.Arbitrary<Answer> = fc.record({
  status: fc.constantFrom(200, 200, 200, 206, 206, 204, 301, 302, 307, 304, 400, 404, 416, 429, 500, 503),
  headers,
  from: fc.constantFrom(0, 0, 1000),
  to: fc.constantFrom(0, 1000, 3000, 3000),
  times: fc.constantFrom(1, 1, 2, 40),
  end: fc.constantFrom<Answer['end'][]>('end', 'end', 'break', 'silence', 'drip'),
});

/** A raw answer, which need not be HTTP. */
const raw = fc.oneof(
  fc.uint8Array({ maxLength: 60 }),
  fc
    .constantFrom(
      'HTTP/1.1 200 OK\r\n\r\n',
      'HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nabc',
      'HTTP/9 x\r\n',
      'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n',
    )
    .map((text) => new Uint8Array(Buffer.from(text))),
);

function respond({ status, headers: fields, from, to, times, end }: Answer, response: ServerResponse): void {
  response.on('error', () => undefined);
  response.writeHead(status, fields);
  for (let i = 0; i < times; i++) response.write(file.subarray(from, to), () => undefined);
  if (end === 'end') response.end();
  else if (end === 'break') setTimeout(() => response.destroy(), 1);
  else if (end === 'drip') {
    const timer = setInterval(() => response.write('x', () => undefined), 5);
    response.on('close', () => clearInterval(timer));
  }
}

async function start(input: readonly Answer[] | Uint8Array): Promise<{ readonly url: string; close(): Promise<void> }> {
  const sockets = new Set<Socket>();
  let requests = 0;
  const server: Server =
    input instanceof Uint8Array
      ? createSocketServer((socket) => socket.on('error', () => undefined).end(input))
      : createServer((_, response) => respond(input[Math.min(requests++, input.length - 1)]!, response));
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}

const limits = { timeout: 100, totalTimeout: 500, retries: 2, retryDelay: 1, maxBytes: 10_000 };

const fuzzer: Fuzzer = defineFuzzer<readonly Answer[] | Uint8Array>({
  name: 'servers',
  summary:
    'fetchBytes and download meet servers of every kind with the right bytes or an error of the project, in time',
  inputs: fc.oneof({ weight: 4, arbitrary: fc.array(answers, { minLength: 1, maxLength: 4 }) }, raw),
  limits: { seconds: 20, megabytes: 300 },
  quick: 15,
  check: async (input) => {
    const server = await start(input);
    const cacheDir = mkdtempSync(join(tmpdir(), 'chainrule-fuzz-'));
    try {
      await mayRefuse(async () =>
        assert((await fetchBytes(server.url, { ...limits, cache: false })).length <= limits.maxBytes),
      );
      await mayRefuse(async () =>
        assert.deepEqual(await fetchBytes(server.url, { ...limits, cache: false, sha256 }), file),
      );
      await mayRefuse(async () =>
        assert.deepEqual(
          new Uint8Array(readFileSync(await download({ urls: [server.url], sha256, file: 'x', cacheDir, ...limits }))),
          file,
        ),
      );
    } finally {
      await server.close();
      rmSync(cacheDir, { recursive: true });
    }
  },
});
export default fuzzer;
