import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A handler for one request to a {@link TestServer}. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An HTTP server on 127.0.0.1 for tests. Each path has a list of answers; the last one repeats. */
export interface TestServer {
  readonly url: string;
  /** The path and range of each request so far. */
  readonly requests: string[];
  answers: Record<string, Answer | readonly Answer[]>;
  close(): Promise<void>;
}

/** Starts a server. */
export async function startServer(): Promise<TestServer> {
  const counts = new Map<string, number>();
  const server = createServer((request, response) => {
    const path = request.url ?? '';
    test.requests.push(`${path} ${request.headers.range ?? ''}`.trim());
    const given = test.answers[path] ?? status(404);
    const answers = typeof given === 'function' ? [given] : given;
    const count = counts.get(path) ?? 0;
    counts.set(path, count + 1);
    answers[Math.min(count, answers.length - 1)]!(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const test: TestServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    answers: {},
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return test;
}

/** Answers with a status and no body. */
export const status =
  (code: number, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    void response.writeHead(code, headers).end();

/** Answers with the bytes, or with the requested range of them. */
export const give =
  (bytes: Uint8Array, { ranges = true }: { readonly ranges?: boolean } = {}): Answer =>
  (request, response) => {
    const start = ranges ? Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0) : 0;
    if (start >= bytes.length && bytes.length) return void response.writeHead(416).end();
    const headers = start ? { 'content-range': `bytes ${start}-${bytes.length - 1}/${bytes.length}` } : {};
    response
      .writeHead(start ? 206 : 200, { ...headers, 'content-length': String(bytes.length - start) })
      .end(bytes.subarray(start));
  };

/** Sends the first `n` bytes and then closes the connection. */
export const breakOff =
  (bytes: Uint8Array, n: number): Answer =>
  (_, response) => {
    response.writeHead(200, { 'content-length': String(bytes.length) });
    response.write(bytes.subarray(0, n), () => setTimeout(() => response.destroy(), 5));
  };

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
