// Pages in browsers: a server for a folder, and what the console says.
import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { extname, join } from 'node:path';

const paths = {
  chromium: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  firefox: process.env.FIREFOX_PATH ?? '/usr/bin/firefox-esr',
};
const types = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
};

/** Why a browser cannot be used, if it cannot. */
export const missing = (browser) =>
  existsSync(paths[browser]) ? undefined : `no ${browser} at ${paths[browser]} (${browser.toUpperCase()}_PATH)`;

/** The address of a CDN, for which another server stands in. */
const cdn = 'https://cdn.jsdelivr.net/npm/';

/** Serves a folder; `headers` come with every file. Where scripts name the CDN, they get the address of its stand-in. */
async function serve(folder, headers, cdnUrl) {
  const server = createServer((request, response) => {
    const path = join(folder, new URL(request.url, 'http://localhost').pathname);
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, 'index.html') : path;
    if (!existsSync(file)) return void response.writeHead(path.endsWith('favicon.ico') ? 204 : 404).end();
    response.writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream', ...headers });
    const content = readFileSync(file);
    response.end(cdnUrl && extname(file) === '.js' ? String(content).replaceAll(cdn, cdnUrl) : content);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

/** Starts a browser. Puppeteer speaks WebDriver BiDi with a Firefox that needs no patches. */
const start = {
  async chromium() {
    const { chromium } = await import('playwright-core');
    return chromium.launch({ executablePath: paths.chromium, args: ['--no-sandbox'] });
  },
  async firefox(project) {
    const { default: puppeteer } = await import(createRequire(join(project, 'package.json')).resolve('puppeteer-core'));
    return puppeteer.launch({ browser: 'firefox', executablePath: paths.firefox });
  },
};

/** Opens a page, and waits until its console has shown `count` lines of JSON. An error ends it. */
async function linesOf(browser, url, count) {
  const shown = await browser.newPage();
  const lines = [];
  let timer;
  try {
    await new Promise((done, fail) => {
      timer = setTimeout(() => fail(new Error('it printed too little in 3 minutes')), 180_000);
      shown.on('pageerror', fail);
      shown.on('console', (message) => {
        if (message.type() === 'error') fail(new Error(message.text()));
        lines.push(message.text());
        if (lines.filter((line) => line.startsWith('{')).length === count) done();
      });
      shown.goto(url).catch(fail);
    });
  } catch (error) {
    throw new Error([`${url}: ${error.message}`, ...lines].join('\n'), { cause: error });
  } finally {
    clearTimeout(timer);
  }
  return lines.join('\n');
}

/** Opens a page in Chromium, and does something with it. An error in its console fails. */
export async function visit(url, use) {
  const browser = await start.chromium();
  try {
    const shown = await browser.newPage();
    shown.setDefaultTimeout(180_000);
    const errors = [];
    shown.on('pageerror', ({ stack }) => errors.push(stack));
    shown.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await shown.goto(url);
    await use(shown);
    if (errors.length) throw new Error(`${url}: ${errors.join('\n')}`);
  } finally {
    await browser.close();
  }
}

/** A step that serves a folder of the project, opens a page of it, and gives what its console shows. */
export const page =
  (folder, count, { path = '', browser = 'chromium', headers = {} } = {}) =>
  async (project) => {
    const packages = await serve(join(project, 'node_modules'), { 'access-control-allow-origin': '*' });
    const server = await serve(join(project, folder), headers, packages.url);
    const started = await start[browser](project);
    try {
      return await linesOf(started, server.url + path, count);
    } finally {
      await started.close();
      server.close();
      packages.close();
    }
  };
