import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoOf, press, ready, stepTo } from './demoPage.node.ts';
import { demoPages, hasChromium, openSite, type SiteBrowser } from './openSite.node.ts';

// `npm run test:site -- --all` runs these, too.

describe.skipIf(!hasChromium)('demos, at length', () => {
  let site: SiteBrowser;
  beforeAll(async () => {
    site = await openSite({ isolated: true });
  });
  afterAll(() => site?.close());

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
