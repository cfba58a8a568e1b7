// The templates of create-chainrule: made by its packed program, installed from tarballs, and run as their READMEs say.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { publicPackages } from '../pack.mjs';
import { visit } from './page.mjs';
import { npmInstall, run, tarballs } from './project.mjs';

function expect(holds, expectation, got) {
  if (!holds) throw new Error(`expected ${expectation}, got ${got}`);
}

/** Makes a template beside the project, where Node does not find the project's packages, and installs its packages. */
async function make(project, template) {
  const folder = `${project}-made`;
  await run(project, `create-chainrule "${folder}" --template ${template}`);
  const file = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8'));
  const { version } = publicPackages.find(({ name }) => name === 'chainrule');
  expect(manifest.dependencies.chainrule === `^${version}`, `chainrule ^${version}`, manifest.dependencies.chainrule);
  const overrides = tarballs(join(project, '..', 'packed'));
  const dependencies = { ...manifest.dependencies, chainrule: overrides.chainrule };
  writeFileSync(file, JSON.stringify({ ...manifest, dependencies, overrides }, null, 2));
  await run(folder, npmInstall);
  await run(folder, 'npm run typecheck');
  return folder;
}

/** A step: the program trains, and its model reads new digits after it was saved and loaded. */
export async function nodeScript(project) {
  const folder = await make(project, 'node-script');
  const output = await run(folder, 'npm start');
  const accuracy = Number(/^On new pictures: .*accuracy ([\d.]+)%$/m.exec(output)?.[1]);
  expect(accuracy > 95, 'an accuracy over 95%', output);
  expect(existsSync(join(folder, 'digits.safetensors')), 'digits.safetensors', 'no file');
  const read = [...output.matchAll(/^A picture of (\d): the model sees (\d), with [\d.]+%$/gm)];
  const right = read.filter(([, digit, guess]) => digit === guess).length;
  expect(read.length === 5 && right >= 4, '5 pictures, of which 4 are read right', output);

  // What the README tries.
  const file = join(folder, 'src', 'main.ts');
  writeFileSync(file, readFileSync(file, 'utf8').replace('kernelSize: 3', 'kernelSize: 30'));
  const { stdout = '' } = await run(folder, 'npm run typecheck').catch((error) => error);
  expect(stdout.includes('src/main.ts'), 'an error for a kernel that does not fit', stdout || 'none');
}

/** A step: the page trains in Chromium, from the server for development and as it is built. */
export async function viteWorker(project) {
  const folder = await make(project, 'vite-worker');
  await run(folder, 'npm run build');
  const vite = await import(pathToFileURL(createRequire(join(folder, 'package.json')).resolve('vite')));
  const options = { root: folder, logLevel: 'error' };
  const address = { host: '127.0.0.1', port: 0 };
  const development = await vite.createServer({ ...options, server: address });
  await development.listen();
  for (const server of [development, await vite.preview({ ...options, preview: address })])
    try {
      await visit(server.resolvedUrls.local[0], trainsAndReads);
    } finally {
      await server.close();
    }
}

const isDone = () => document.querySelector('#status').textContent.startsWith('Done.');
const hasRead = () => document.querySelector('#guess').textContent.startsWith('The network sees');

async function trainsAndReads(page) {
  expect(await page.evaluate(() => crossOriginIsolated), 'a page that may use threads', 'one that may not');
  const toggle = page.locator('#toggle');
  await toggle.click();
  await page.waitForFunction(() => document.querySelector('#progress').value > 0);
  await toggle.click();
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.waitForFunction(isDone);
  // The curve's vertical axis points down.
  const points = await page.locator('#curve').getAttribute('points');
  const [first, last] = [0, -1].map((at) => Number(points.split(' ').at(at).split(',')[1]));
  expect(first < 10 && last > 90, 'a loss that falls to a tenth', points);

  const { x, y, width } = await page.locator('#canvas').boundingBox();
  await page.mouse.move(x + width / 2, y + 0.2 * width);
  await page.mouse.down();
  await page.mouse.move(x + width / 2, y + 0.8 * width, { steps: 10 });
  await page.mouse.up();
  await page.waitForFunction(hasRead);
  const guess = await page.locator('#guess').textContent();
  expect(guess.startsWith('The network sees the digit 1 '), 'a 1 for a vertical line', guess);
  const chances = await page.locator('#chances progress').evaluateAll((bars) => bars.map(({ value }) => value));
  const total = chances.reduce((sum, chance) => sum + chance, 0);
  expect(chances.length === 10 && Math.abs(total - 1) < 1e-3, '10 probabilities with a sum of 1', chances);

  await page.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('button', { name: 'Example' }).click();
  await page.waitForFunction(hasRead);
}
