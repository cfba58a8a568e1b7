import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

/** What `npm run docs:build` wrote. */
export const dist: string = fileURLToPath(new URL('../dist/', import.meta.url));

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.json': 'application/json',
};
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export interface SiteServer {
  /** The address of the front page: a folder that the build does not know. */
  readonly url: string;
  close(): void;
}

/** Serves the built site from a path of its own, compressed. */
export async function serveSite({ isolated = false } = {}): Promise<SiteServer> {
  const base = '/any/path/';
  const server: Server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url!, 'http://site').pathname);
    const name = path.slice(base.length) || 'index.html';
    const file = join(dist, name.endsWith('/') ? `${name}index.html` : extname(name) ? name : `${name}.html`);
    readFile(path.startsWith(base) && file.startsWith(dist) ? file : '').then(
      (bytes) => {
        const type = types[extname(file)] ?? 'application/octet-stream';
        response.writeHead(200, { 'content-type': type, 'content-encoding': 'gzip', ...(isolated && headers) });
        response.end(gzipSync(bytes));
      },
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}${base}`, close: () => void server.close() };
}
