import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { execute } from '../pack.mjs';

/** The most that `tensor` and `add` may weigh, minified. The backend alone would weigh four times as much. */
const maxKB = 30;

/** A step: what a bundler wrote for Node runs where no package is installed, and holds only what the programs use. */
export async function bundled(project) {
  const away = mkdtempSync(join(tmpdir(), 'chainrule-bundled-'));
  try {
    cpSync(join(project, 'bundled'), away, { recursive: true });
    writeFileSync(join(away, 'package.json'), '{ "type": "module" }');
    for (const name of ['files', 'images', 'flat', 'space'])
      await execute(process.execPath, [join(away, `${name}.js`)]);
    for (const name of ['flat.js', 'space.js']) {
      const { code } = await transform(readFileSync(join(away, name), 'utf8'), { minify: true });
      if (code.length > maxKB * 1000)
        throw new Error(`${name} must weigh at most ${maxKB} kB, got ${(code.length / 1000).toFixed(1)} kB`);
    }
  } finally {
    rmSync(away, { recursive: true, force: true });
  }
}
