import { existsSync, readdirSync } from 'node:fs';
import { relative } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { dist, serveSite, type SiteServer } from './siteServer.node.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';

/** Whether Chromium is there. Without it, the tests of the site are skipped. */
export const hasChromium: boolean = existsSync(executablePath);

/** The paths of all pages, such as `demos/digits.html`. */
export const pages: readonly string[] = (
  existsSync(dist) ? readdirSync(dist, { recursive: true, withFileTypes: true }) : []
)
  .filter((entry) => entry.isFile() && entry.name.endsWith('.html'))
  .map((entry) => relative(dist, `${entry.parentPath}/${entry.name}`).replaceAll('\\', '/'))
  .sort();

/** The names of the pages with demos. */
export const demoPages: readonly string[] = pages.filter((page) => /^demos\/(?!index)/.test(page));

/** A page, and what went wrong in it. */
export interface OpenPage {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Errors and warnings of the console, failed requests, and requests to other servers. */
  readonly problems: readonly string[];
  /** The bytes that came over the network. */
  readonly bytes: () => number;
}

export interface SiteBrowser {
  readonly browser: Browser;
  readonly url: string;
  /** Opens a page in a context of its own. */
  open(path: string, options?: BrowserContextOptions): Promise<OpenPage>;
  close(): Promise<void>;
}

/** Starts Chromium and a server of the built site. */
export async function openSite(options: { readonly isolated?: boolean } = {}): Promise<SiteBrowser> {
  if (pages.length === 0) throw new Error('The site is not built. Run `npm run test:site`, which builds it.');
  const server: SiteServer = await serveSite(options);
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--js-flags=--expose-gc'] });
  return {
    browser,
    url: server.url,
    async open(path, contextOptions = {}) {
      const context = await browser.newContext({ serviceWorkers: 'block', ...contextOptions });
      const page = await context.newPage();
      const { problems, bytes } = watch(page, server.url);
      await page.goto(server.url + path);
      return { page, context, problems, bytes };
    },
    async close() {
      await browser.close();
      server.close();
    },
  };
}

function watch(page: Page, url: string): { problems: string[]; bytes: () => number } {
  const problems: string[] = [];
  let total = 0;
  page.on('console', (message) => {
    if (
      ['error', 'warning'].includes(message.type()) &&
      !/one thread, because memory cannot be shared/.test(message.text())
    )
      problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`error: ${error.message}`));
  page.on('requestfailed', (request) => {
    if (request.failure()?.errorText !== 'net::ERR_ABORTED') problems.push(`failed: ${request.url()}`);
  });
  page.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url()) && !request.url().startsWith(url))
      problems.push(`leaves: ${request.url()}`);
  });
  page.on('requestfinished', (request) => {
    void request
      .sizes()
      .then(({ responseBodySize }) => (total += responseBodySize))
      .catch(() => undefined);
  });
  return { problems, bytes: () => total };
}
