import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { execute } from '../pack.mjs';

/** What a registry says about a packed package. */
async function describe(folder, file, url) {
  const { stdout } = await execute('tar', ['-xzOf', join(folder, file), 'package/package.json']);
  const manifest = JSON.parse(stdout);
  const { name, version } = manifest;
  const integrity = `sha512-${createHash('sha512')
    .update(readFileSync(join(folder, file)))
    .digest('base64')}`;
  const versions = { [version]: { ...manifest, dist: { tarball: `${url}${file}`, integrity } } };
  return [name, JSON.stringify({ name, 'dist-tags': { latest: version }, versions })];
}

/** A registry of the packed packages, as if they were published: peers and dependencies come from it, too. */
export async function serveRegistry(folder) {
  const known = new Map();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(request.url.slice(1));
    if (known.has(path)) response.end(known.get(path));
    else if (path.endsWith('.tgz')) response.end(readFileSync(join(folder, path)));
    else response.writeHead(404).end();
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${server.address().port}/`;
  for (const file of readdirSync(folder)) known.set(...(await describe(folder, file, url)));
  return { url, close: () => server.close() };
}
