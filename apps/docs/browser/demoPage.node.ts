import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The first demo of a page. */
export const demoOf = (page: Page): Locator => page.locator('section.demo').first();
export const press = (demo: Locator, name: string): Promise<void> =>
  demo.getByRole('button', { name, exact: true }).first().click();

export async function stepOf(demo: Locator): Promise<number> {
  const text = await demo.locator('.demo-state').first().textContent();
  return Number(/Step (\d+)/.exec(text ?? '')?.[1] ?? NaN);
}
export const logsOf = async (demo: Locator): Promise<Record<string, number>> =>
  JSON.parse((await demo.locator('.demo-state').first().getAttribute('data-logs'))!) as Record<string, number>;

/** Waits until the demo has taken `step` steps. */
export async function reached(demo: Locator, step: number): Promise<void> {
  await expect.poll(() => stepOf(demo), { timeout: 200_000, interval: 50 }).toBeGreaterThanOrEqual(step);
}
/** Takes single steps up to a number of them. */
export async function stepTo(demo: Locator, step: number): Promise<void> {
  for (let n = await ready(demo); n < step; n++) {
    await press(demo, 'Step');
    await reached(demo, n + 1);
  }
}
/** Waits for the demo to load; returns its steps. */
export async function ready(demo: Locator): Promise<number> {
  await demo.waitFor({ timeout: 60_000 });
  await expect.poll(() => stepOf(demo), { timeout: 60_000 }).toBeGreaterThanOrEqual(0);
  return stepOf(demo);
}
export async function weightsOf(page: Page, demo: Locator): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), press(demo, 'Download weights')]);
  return readFileSync(await download.path());
}

/** Runs a copied program in Node; returns the logs of its last step. */
export function runInNode(program: string): Record<string, number> {
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
