import { existsSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { type Browser, chromium, type Page } from 'playwright-core';
import { workerSource } from '@chainrule/backend-wasm';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** The path of Chromium. If it is not set, tests in a browser are skipped. */
export const hasChromium: boolean = existsSync(executablePath);

/** Options for serving a page and running its program. */
export interface PageOptions {
  /** With the headers that allow shared memory. */
  readonly isolated?: boolean;
  /** In a Web Worker, as programs should, instead of on the main thread. */
  readonly worker?: boolean;
  /** With a content security policy that allows scripts of the page's own server, and WebAssembly. */
  readonly strict?: boolean;
  /** With a content security policy that allows only those scripts. */
  readonly forbidden?: boolean;
  /** A module that the program may start as `new Worker('/training.js', { type: 'module' })`. */
  readonly training?: URL;
  /** The pixels of the screen for a pixel of the page. Default 1. */
  readonly pixelRatio?: number;
  /** Handed to the program as `location.search`. */
  readonly search?: string;
}

/** A value as the console of the developer tools shows it with "Custom formatters" turned on, in JsonML. */
export interface ConsoleValue {
  readonly header: unknown;
  /** What unfolds. */
  readonly body: unknown;
}

export interface PageResult<T> {
  /** The result of the program's default export. */
  readonly value: T;
  readonly warnings: readonly string[];
  /** What custom formatters made of the values that the program logged. */
  readonly formatted: readonly ConsoleValue[];
}

/** A headless Chromium, and a server that bundles programs for it. */
export interface TestBrowser {
  /**
   * Runs a module's default export, `() => Promise<T>` with a T that survives JSON.
   *
   * @param program - URL of the module, as `new URL('smoke.page.ts', import.meta.url)`
   * @throws the error of the program
   */
  run<T>(program: URL, options?: PageOptions): Promise<PageResult<T>>;
  close(): Promise<void>;
}

export async function openBrowser(): Promise<TestBrowser> {
  const scripts = new Map<string, string>([['/helper.js', workerSource]]);
  const server = await serve(scripts);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  return {
    async run<T>(
      program: URL,
      {
        isolated = false,
        worker = false,
        strict = false,
        forbidden = false,
        training,
        pixelRatio = 1,
        search = '',
      }: PageOptions = {},
    ) {
      if (training)
        scripts.set('/training.js', await bundle(`export * from ${JSON.stringify(fileURLToPath(training))};`));
      const path = `${program.pathname}.js`;
      if (!scripts.has(path)) scripts.set(path, await bundle(runner(program)));
      const flags = [isolated && 'isolated', worker && 'worker', strict && 'strict', forbidden && 'forbidden']
        .filter(Boolean)
        .join('-');
      return open<T>(browser, pixelRatio, `${origin}/page/${flags}?program=${encodeURIComponent(path)}${search}`);
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

async function open<T>(browser: Browser, deviceScaleFactor: number, url: string): Promise<PageResult<T>> {
  const page = await browser.newPage({ deviceScaleFactor });
  const warnings: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'warning') warnings.push(message.text());
  });
  try {
    const formatted = await formattedIn(page);
    const { value, error } = await outcomeOf<T>(page, url);
    if (error !== undefined) throw new Error(error);
    return { value, warnings, formatted: await Promise.all(formatted) };
  } finally {
    await page.close();
  }
}

/** Turns custom formatters on, and collects what they make of logged values. */
async function formattedIn(page: Page): Promise<readonly Promise<ConsoleValue>[]> {
  const session = await page.context().newCDPSession(page);
  const formatted: Promise<ConsoleValue>[] = [];
  const bodyOf = async (objectId: string): Promise<unknown> => {
    const { result } = await session.send('Runtime.callFunctionOn', {
      objectId,
      functionDeclaration: 'function () { return this(); }',
      returnByValue: true,
    });
    return result.value;
  };
  session.on('Runtime.consoleAPICalled', ({ args }) => {
    for (const { customPreview } of args)
      if (customPreview) {
        const { header, bodyGetterId } = customPreview;
        const body = bodyGetterId === undefined ? Promise.resolve(undefined) : bodyOf(bodyGetterId);
        formatted.push(body.then((found) => ({ header: JSON.parse(header) as unknown, body: found })));
      }
  });
  await session.send('Runtime.enable');
  await session.send('Runtime.setCustomObjectFormatterEnabled', { enabled: true });
  return formatted;
}

/**
 * The page reports its outcome by itself, because waiting for a value needs `eval`, which a strict content security
 * policy forbids.
 */
async function outcomeOf<T>(page: Page, url: string): Promise<{ value: T; error?: string }> {
  let late: NodeJS.Timeout | undefined;
  const told = new Promise<{ value: T; error?: string }>((resolve, reject) => {
    late = setTimeout(() => reject(new Error(`${url} has not ended within 60 s`)), 60_000);
    page
      .exposeFunction('tell', resolve)
      .then(() => page.goto(url))
      .catch(reject);
  });
  return told.finally(() => clearTimeout(late));
}

/** Runs a program. The outcome goes to the page; a worker posts it. */
const runner = (program: URL): string => `
    import program from ${JSON.stringify(fileURLToPath(program))};
    const send = typeof document === 'undefined' ? (outcome) => postMessage(outcome) : (outcome) => globalThis.tell(outcome);
    program().then((value) => send({ value }), (error) => send({ error: String(error?.stack ?? error) }));`;

/** Minified, as applications are. */
async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: import.meta.dirname },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]!.text;
}

/** Pages are `/page/FLAGS?program=PATH`; everything else is a script. */
function serve(scripts: ReadonlyMap<string, string>): Promise<Server> {
  const server = createServer(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://localhost');
    const flags = pathname.split('/').at(-1)!.split('-');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    // An isolated page accepts only workers that are isolated, too.
    if (flags.includes('isolated') || !pathname.startsWith('/page/')) {
      response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
      response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp');
    }
    if (flags.includes('strict'))
      response.setHeader('Content-Security-Policy', "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'");
    if (flags.includes('forbidden')) response.setHeader('Content-Security-Policy', "default-src 'self'");
    const script = scripts.get(pathname) ?? (pathname === '/start.js' ? startWorker : undefined);
    if (script !== undefined) return void response.setHeader('Content-Type', 'text/javascript').end(script);
    if (!pathname.startsWith('/page/')) return void response.writeHead(404).end();
    const source = flags.includes('worker') ? '/start.js' : searchParams.get('program');
    response
      .setHeader('Content-Type', 'text/html')
      .end(`<!doctype html><title>test</title><script type="module" src="${source}"></script>`);
  });
  return new Promise((resolve) => server.listen(0, 'localhost', () => resolve(server)));
}

const startWorker = `
const worker = new Worker(new URLSearchParams(location.search).get('program') + location.search, { type: 'module' });
worker.onmessage = ({ data }) => globalThis.tell(data);
worker.onerror = ({ message }) => globalThis.tell({ error: message ?? 'the worker could not be loaded' });`;
