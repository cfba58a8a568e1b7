import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoOf, logsOf, press, reached, ready, runInNode, stepOf, stepTo, weightsOf } from './demoPage.node.ts';
import { demoPages, hasChromium, openSite, type SiteBrowser } from './openSite.node.ts';

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
});
