import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const program = `
import { defaultBackend, dense, input, meanSquaredError, sequential, sgd, tensor } from './index.ts';
const line = { x: tensor([[0], [1]]), y: tensor([[1], [3]]) };
const trainer = sequential(input([1]), dense(1)).build({ seed: 1 }).compile({ optimizer: sgd({ learningRate: 0.1 }), loss: meanSquaredError });
const [first, second] = await trainer.fit(line, { epochs: 2 });
await defaultBackend().ready;
console.log(defaultBackend().name, second.loss < first.loss);
`;

describe.runIf(process.platform === 'linux')('with little address space, as with `ulimit -v`', () => {
  const folder = mkdtempSync(join(tmpdir(), 'chainrule-'));
  const script = join(folder, 'train.mjs');

  beforeAll(() =>
    build({
      stdin: { contents: program, resolveDir: import.meta.dirname, loader: 'ts' },
      outfile: script,
      bundle: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    }),
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  const train = (kilobytes: number, ...flags: string[]): string =>
    execFileSync('bash', ['-c', `ulimit -v ${kilobytes}; exec "$@" 2>&1`, 'bash', process.execPath, ...flags, script], {
      encoding: 'utf8',
    });

  test.each([1.5e6, 4e6, 9e6, 11.3e6, 12e6, 13e6, 16e6])(
    'of %i kB, programs run on WebAssembly or, with a warning, on the reference',
    (kilobytes) => {
      expect(train(kilobytes)).toMatch(
        /^(backend-wasm: programs run on 1 thread.*\n)?wasm true\n$|^chainrule: programs run on the reference.*must have addresses.*\nreference true\n$/,
      );
    },
  );

  test('where the engine reserves no more than it is asked for, WebAssembly takes less', () => {
    expect(train(4e6, '--disable-wasm-trap-handler')).toMatch(/wasm true\n$/);
  });
});
