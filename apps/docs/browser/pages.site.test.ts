import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasChromium, openSite, pages, type SiteBrowser } from './openSite.node.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

declare global {
  var axe: { run(options: unknown): Promise<{ readonly violations: readonly Violation[] }> };
}

describe.skipIf(!hasChromium)('pages', () => {
  let site: SiteBrowser;
  beforeAll(async () => {
    site = await openSite();
  });
  afterAll(() => site?.close());

  test.each(pages)('%s loads cleanly, fits a phone, and is accessible in light and dark', async (path) => {
    const { page, context, problems } = await site.open(path, { viewport: { width: 375, height: 800 } });
    await page.waitForLoadState('networkidle');
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, 'the width of the page').toBeLessThanOrEqual(375);
    // Generated pages have one form, so the rules of accessibility need to see only some of them.
    const isChecked = !/^(reference|packages)\//.test(path) || /\/(errors|losses|index)[.]html$/.test(path);
    if (isChecked) await page.evaluate(axe);
    for (const colorScheme of isChecked ? (['light', 'dark'] as const) : []) {
      await page.emulateMedia({ colorScheme });
      await page.evaluate(
        (isDark) => document.documentElement.classList.toggle('dark', isDark),
        colorScheme === 'dark',
      );
      const { violations } = await page.evaluate(() => globalThis.axe.run({ resultTypes: ['violations'] }));
      const faults = violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary ?? ''}`));
      expect(faults, colorScheme).toEqual([]);
    }
    expect(problems).toEqual([]);
    await context.close();
  });

  test('links lead to pages and anchors that exist', async () => {
    const { page, context } = await site.open('index.html');
    const found = await page.evaluate(async (paths) => {
      const documents = new Map<string, Document>();
      for (const path of paths) {
        const url = new URL(path, location.href).href;
        documents.set(url, new DOMParser().parseFromString(await (await fetch(url)).text(), 'text/html'));
      }
      const broken: string[] = [];
      for (const [url, text] of documents) {
        for (const link of text.querySelectorAll('a[href]')) {
          const target = new URL(link.getAttribute('href')!, url);
          if (target.origin !== location.origin) continue;
          const anchor = decodeURIComponent(target.hash.slice(1));
          const file = target.href.replace(/[#?].*/, '').replace(/\/$/, '/index.html');
          const found = documents.get(file) ?? documents.get(`${file}.html`);
          if (!found || (anchor && !found.getElementById(anchor))) broken.push(`${url}: ${link.getAttribute('href')}`);
        }
      }
      return broken;
    }, pages);
    expect(found).toEqual([]);
    await context.close();
  });

  const terms = [
    'softmax',
    'perceptron',
    'dropout',
    'LSTM',
    'attention',
    'embeddings',
    'Adam',
    'augmentation',
    'worker',
    'threads',
  ];
  test.each(terms)('search finds %s', async (term) => {
    const { page, context, problems } = await site.open('index.html', { viewport: { width: 1280, height: 800 } });
    await page.getByRole('button', { name: 'Search' }).first().click();
    await page.getByRole('searchbox').fill(term);
    const first = page.locator('.result').first();
    await first.waitFor();
    expect((await page.locator('.result').allTextContents()).join(' ').toLowerCase()).toContain(term.toLowerCase());
    expect(problems).toEqual([]);
    await context.close();
  });

  test('the front page stays under 150 kB', async () => {
    const { page, context, bytes } = await site.open('index.html');
    await page.waitForLoadState('networkidle');
    expect(bytes()).toBeGreaterThan(10_000);
    expect(bytes()).toBeLessThan(150_000);
    await context.close();
  });
});
