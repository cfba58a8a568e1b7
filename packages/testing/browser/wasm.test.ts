import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, openBrowser, type TestBrowser } from './openPage.node.ts';
import { w3Hash, type W3Result } from '../src/gates/w3.ts';
import type { Smoke } from './smoke.page.ts';
import type { WorkerRun } from './trainInWorker.page.ts';

describe.skipIf(!hasChromium)('in Chromium', () => {
  const page = new URL('smoke.page.ts', import.meta.url);
  const program = new URL('program.page.ts', import.meta.url);
  const two = { simd: true, relaxed: true, threads: 2, same: true, total: 0 };
  const one = { simd: true, relaxed: true, threads: 1, same: true, total: 0 };
  let browser: TestBrowser;

  beforeAll(async () => {
    browser = await openBrowser();
  });

  afterAll(() => browser?.close());

  test('threads run programs from the main thread of a page with cross-origin isolation', async () => {
    expect(await browser.run<Smoke>(page, { isolated: true })).toMatchObject({
      value: { isolated: true, window: true, ...two },
      warnings: [],
    });
  });

  test('without isolation programs run on one thread, and a warning says why', async () => {
    const { value, warnings } = await browser.run<Smoke>(page);
    expect(value).toEqual({ isolated: false, window: true, ...one });
    expect(warnings).toMatchInlineSnapshot(`
      [
        "backend-wasm: programs run on one thread, because memory cannot be shared here; a page needs cross-origin isolation: serve it with the headers \`Cross-Origin-Opener-Policy: same-origin\` and \`Cross-Origin-Embedder-Policy: require-corp\`",
      ]
    `);
  });

  test('custom formatters show tensors and models in the console, and nothing else', async () => {
    const { value, formatted } = await browser.run<readonly string[]>(new URL('console.page.ts', import.meta.url));
    const lines = value.map((text) => text.split('\n'));
    expect(formatted.map(({ header }) => header)).toEqual(lines.map(([first]) => ['span', {}, first]));
    expect(formatted.map(({ body }) => body)).toEqual(
      value.map((text, i) => (lines[i]!.length > 1 ? ['pre', {}, text] : undefined)),
    );
    expect(lines[1]!.length).toBeGreaterThan(5);
  });

  test('threads run programs from a Web Worker', async () => {
    expect(await browser.run<Smoke>(page, { isolated: true, worker: true })).toMatchObject({
      value: { isolated: true, window: false, ...two },
      warnings: [],
    });
  });

  test('a strict content security policy leaves one thread, and a warning with the remedy', async () => {
    const { value, warnings } = await browser.run<Smoke>(page, { isolated: true, strict: true });
    expect(value).toEqual({ isolated: true, window: true, ...one });
    expect(warnings).toMatchInlineSnapshot(`
      [
        "backend-wasm: helper threads cannot start (it could not be loaded), programs run on the caller's thread alone; where a content security policy forbids workers from strings, serve \`workerSource\` as a file and pass \`createWorker: () => new Worker("/that/file.js")\`, and otherwise ask for one thread",
      ]
    `);
  });

  test('with helpers from a file a strict content security policy allows threads', async () => {
    expect(await browser.run<Smoke>(page, { isolated: true, strict: true, search: '&helper' })).toMatchObject({
      value: { isolated: true, window: true, ...two },
      warnings: [],
    });
  });

  test.each([
    [true, true, 2],
    [false, false, 1],
  ])(
    'trains W3 to the same weights as Node, bit for bit (isolated %s, in a worker %s)',
    async (isolated, worker, threads) => {
      const { value } = await browser.run<W3Result & { threads: number }>(new URL('train.page.ts', import.meta.url), {
        isolated,
        worker,
        search: '&threads=2',
      });
      expect(value).toEqual({ losses: value.losses, hash: w3Hash, threads });
    },
  );

  test('a compiled program runs from the main thread, on one thread where a policy allows WebAssembly alone', async () => {
    expect(await browser.run(program, { isolated: true })).toMatchObject({ value: [2, 2, 4], warnings: [] });
    expect((await browser.run(program, { isolated: true, strict: true })).value).toEqual([1, 2, 4]);
  });

  test('a content security policy without wasm-unsafe-eval is named with the remedy', async () => {
    const { value } = await browser.run<string>(program, { isolated: true, forbidden: true });
    expect(value).toMatchInlineSnapshot(
      `"DeviceError: wasm: must be allowed to compile WebAssembly, got \`WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because 'unsafe-eval' is not an allowed source of script in the following Content Security Policy directive: "default-src 'self'".\`; where the page has a content security policy, add 'wasm-unsafe-eval' to its \`script-src\`, or use \`reference()\` from \`@chainrule/compiler\`"`,
    );
  });

  test.each([{ isolated: true }, {}])(
    '`trainInWorker` trains, pauses, stops and starts again (%o)',
    async (options) => {
      const { value } = await browser.run<WorkerRun>(new URL('trainInWorker.page.ts', import.meta.url), {
        ...options,
        training: new URL('digits.training.ts', import.meta.url),
      });
      expect(value).toMatchObject({ epochs: 8, layers: 4, whilePaused: 0 });
      expect(value.accuracy).toBeGreaterThan(0.95);
    },
  );
});
