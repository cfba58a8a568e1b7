import { readdirSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { hasRealData, readRealData } from '../../../scripts/testing/realData.ts';
import { runOnce } from '../testing/runOnce.ts';
import { testSurroundings } from '../testing/surroundings.ts';
import { classifyByMlp } from './mlp/classify.ts';
import { filesOf } from './filesOf.ts';

const { folder, printed } = testSurroundings('downloads');
let server: Server | undefined;
afterEach(() => void server?.close());

/** The address of a server that answers with what `give` returns for a path. */
async function serve(give: (path: string) => Uint8Array): Promise<string> {
  server = createServer((request, response) => void response.end(give(request.url!)));
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
}

const real = hasRealData('mnist', 1);

describe('a task without --data-dir', () => {
  test('refuses what the server gives in place of the right file, and keeps none of it', async () => {
    const mirror = await serve(() => new TextEncoder().encode('not here'));
    const run = runOnce(classifyByMlp, { dataset: 'mnist', mirror });
    await expect(run).rejects.toThrow(/^download: .*train-images-idx3-ubyte.gz.* SHA-256 /s);
    expect(readdirSync(join(folder, 'cache', 'mnist'))).toEqual([]);
  });

  test.runIf(real)('downloads the files of its data set once, and trains on them', async () => {
    const asked: string[] = [];
    const mirror = await serve((path) => {
      asked.push(path.slice(1));
      return readRealData(join('mnist', path));
    });
    const run = () => runOnce(classifyByMlp, { dataset: 'mnist', mirror, limit: 100, epochs: 1 });
    const report = await run();
    expect([report.dataset, report.epochs.length]).toEqual(['mnist', 1]);
    expect((await run()).metrics).toEqual(report.metrics);
    expect(asked).toHaveLength(4);
    const files = readdirSync(join(folder, 'cache', 'mnist'));
    expect(files).toEqual(asked.toSorted());
    expect(printed).toContain('downloading mnist/train-images-idx3-ubyte.gz, 9.9 MB');
  });
});

test('a folder comes before a mirror', () => {
  expect(filesOf({ dataDir: 'data', mirror: 'http://localhost/' })).toEqual({ dataDir: 'data' });
});
