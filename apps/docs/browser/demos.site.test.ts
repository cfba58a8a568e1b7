import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoPages, hasChromium, openSite, type SiteBrowser } from './openSite.node.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The first demo of a page. */
const demoOf = (page: Page): Locator => page.locator('section.demo').first();
const press = (demo: Locator, name: string): Promise<void> =>
  demo.getByRole('button', { name, exact: true }).first().click();

async function stepOf(demo: Locator): Promise<number> {
  const text = await demo.locator('.demo-state').first().textContent();
  return Number(/Step (\d+)/.exec(text ?? '')?.[1] ?? NaN);
}
const logsOf = async (demo: Locator): Promise<Record<string, number>> =>
  JSON.parse((await demo.locator('.demo-state').first().getAttribute('data-logs'))!) as Record<string, number>;

/** Waits until so many steps are taken. */
async function reached(demo: Locator, step: number): Promise<void> {
  await expect.poll(() => stepOf(demo), { timeout: 200_000, interval: 50 }).toBeGreaterThanOrEqual(step);
}
/** Takes single steps up to a number of them. */
async function stepTo(demo: Locator, step: number): Promise<void> {
  for (let n = await ready(demo); n < step; n++) {
    await press(demo, 'Step');
    await reached(demo, n + 1);
  }
}
/** Waits for the demo to load; returns its steps. */
async function ready(demo: Locator): Promise<number> {
  await demo.waitFor({ timeout: 60_000 });
  await expect.poll(() => stepOf(demo), { timeout: 60_000 }).toBeGreaterThanOrEqual(0);
  return stepOf(demo);
}
async function weightsOf(page: Page, demo: Locator): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(demo, 'Download weights')]);
  return readFileSync(await download.path());
}

/** Runs a copied program in Node; returns the logs of its last step. */
function runInNode(program: string): Record<string, number> {
  const folder = mkdtempSync(join(root, 'apps', 'docs', 'node_modules', '.copied-'));
  try {
    const file = join(folder, 'main.ts');
    // The tests wait for its exit.
    writeFileSync(file, `${program}\nprocess.exit(0);\n`);
    const runner = `import { runTs } from ${JSON.stringify(join(root, 'scripts', 'run-ts.mjs'))}; await runTs(process.argv[1], []);`;
    const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', runner, file], {
      encoding: 'utf8',
    });
    const last = stdout.trim().split('\n').at(-1) ?? '';
    if (!/^\d+ \{/.test(last)) throw new Error(`The program printed no logs: ${stdout}${stderr}`);
    return JSON.parse(last.replace(/^\d+ /, '')) as Record<string, number>;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describe.skipIf(!hasChromium)('demos', () => {
  let site: SiteBrowser;
  beforeAll(async () => {
    site = await openSite({ isolated: true });
  });
  afterAll(() => site?.close());

  test.each(demoPages)('%s loads under 400 kB', async (path) => {
    const { page, context, bytes } = await site.open(path);
    await demoOf(page).waitFor();
    await page.waitForLoadState('networkidle');
    expect(bytes()).toBeLessThan(400_000);
    await context.close();
  });

  test.each(demoPages)('%s trains, pauses, and goes on with the same bits when the page opens again', async (path) => {
    const { page, context, problems } = await site.open(path);
    const demo = demoOf(page);
    await ready(demo);
    // With the keyboard alone.
    await demo.getByRole('button', { name: 'Start', exact: true }).focus();
    await page.keyboard.press('Enter');
    await reached(demo, 2);
    await page.keyboard.press('Enter');
    await demo
      .getByRole('button', { name: 'Continue' })
      .or(demo.getByRole('button', { name: 'Start' }))
      .first()
      .waitFor();
    const paused = await stepOf(demo);
    await page.waitForTimeout(300);
    expect(await stepOf(demo)).toBe(paused);
    const weights = await weightsOf(page, demo);
    await page.close();

    // The same settings from the start, in another context.
    const fresh = await site.open(path);
    await stepTo(demoOf(fresh.page), paused);
    expect(weights.equals(await weightsOf(fresh.page, demoOf(fresh.page))), 'the same bits without a pause').toBe(true);

    // Further, from what the browser kept.
    const again = await context.newPage();
    await again.goto(site.url + path);
    await expect.poll(() => stepOf(demoOf(again)), { timeout: 60_000 }).toBe(paused);
    await stepTo(demoOf(again), paused + 2);
    await stepTo(demoOf(fresh.page), paused + 2);
    expect(await logsOf(demoOf(again))).toEqual(await logsOf(demoOf(fresh.page)));
    const continued = await weightsOf(again, demoOf(again));
    expect(continued.equals(await weightsOf(fresh.page, demoOf(fresh.page))), 'the same bits after a return').toBe(
      true,
    );
    expect([...problems, ...fresh.problems]).toEqual([]);
    await context.close();
    await fresh.context.close();
  });

  test.each(demoPages)('%s copies a program that prints the same numbers in Node', async (path) => {
    const { page, context } = await site.open(path, { permissions: ['clipboard-read', 'clipboard-write'] });
    const demo = demoOf(page);
    await stepTo(demo, 3);
    await press(demo, 'Copy as TypeScript');
    await demo.getByText('Copied.').waitFor();
    const program = await page.evaluate(() => navigator.clipboard.readText());
    expect(runInNode(program)).toEqual(await logsOf(demo));
    await context.close();
  });

  test.each(demoPages)('%s resets ten times without growing memory or workers', async (path) => {
    const { page, context } = await site.open(path);
    const demo = demoOf(page);
    const heap = async (): Promise<number> => {
      await page.evaluate(() => (globalThis as unknown as { gc(): void }).gc());
      return page.evaluate(
        () => (performance as unknown as { memory: { usedJSHeapSize: number } }).memory.usedJSHeapSize,
      );
    };
    const sizes: number[] = [];
    await stepTo(demo, 1);
    const workers = page.workers().length;
    for (let i = 0; i < 10; i++) {
      await press(demo, 'Reset');
      await stepTo(demo, 1);
      await expect.poll(() => page.workers().length, { timeout: 60_000 }).toBe(workers);
      sizes.push(await heap());
    }
    // The first resets load code and fill caches.
    expect(sizes[9]! - sizes[4]!).toBeLessThan(1_000_000);
    await context.close();
  });

  test.each(demoPages)('%s runs edited code, and says where it is wrong', async (path) => {
    const { page, context } = await site.open(path);
    const demo = demoOf(page);
    await ready(demo);
    await press(demo, 'Edit');
    const editor = demo.locator('.cm-content');
    await editor.waitFor();
    await editor.press('Control+Home');
    await page.keyboard.insertText("throw new Error('from the reader');\n");
    await press(demo, 'Run this code');
    await demo.getByRole('alert').getByText('from the reader').waitFor();
    await press(demo, 'Restore the original');
    await stepTo(demo, 1);
    await context.close();
  });
});
