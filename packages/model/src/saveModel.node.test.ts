import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChainruleError, FormatError, MissingDataError } from '@chainrule/errors';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { adam } from '@chainrule/optim';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Trainer } from './callbacks.ts';
import { input } from './input.ts';
import { loadCheckpoint, loadModel, saveCheckpoint, saveModel } from './saveModel.node.ts';
import { encodeModel } from './savedModel.ts';
import type { Model } from './model.ts';
import { sequential, type Sequential } from './sequential.ts';
import { affine, noise, twoBlobs } from './testModel.ts';
import { type Schema, validates } from './testSchema.ts';
import { encodeCheckpoint } from './trainingState.ts';

const known = { layers: { affine, noise } };
const model = (seed = 1): Sequential => sequential(input([2]), affine(3), noise(), affine(2)).build({ seed });
const start = (seed = 1, units = 3): Trainer => sequential(input([2]), affine(units), noise(), affine(2)).compile({ seed, optimizer: adam(), loss: sparseCategoricalCrossEntropy });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chainrule-model-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('saveModel and loadModel', () => {
  test.each(['one.safetensors', 'model', 'deep/down/model'])('keep a model in %s, and replace it', async (name) => {
    const path = join(folder, name);
    for (const seed of [1, 2]) {
      await saveModel(path, model(seed));
      expect(await encodeModel(await loadModel(path, known))).toEqual(await encodeModel(model(seed)));
    }
    if (!name.endsWith('model')) return expect(readdirSync(folder)).toEqual([name]);
    expect(readdirSync(path)).toEqual(['model.json', expect.stringMatching(/^weights-[0-9a-f]{16}\.safetensors$/)]);
    const schema = JSON.parse(readFileSync(new URL('../../../docs/model.schema.json', import.meta.url), 'utf8')) as Schema;
    expect(validates(schema, JSON.parse(readFileSync(join(path, 'model.json'), 'utf8')))).toBe(true);
  });

  test('say what is missing or wrong, and where', async () => {
    const path = join(folder, 'model');
    await expect(loadModel(path, known)).rejects.toThrow(MissingDataError);
    await expect(loadModel(join(folder, 'm.safetensors'), known)).rejects.toThrow(`load: cannot read ${join(folder, 'm.safetensors')}: ENOENT`);
    await saveModel(path, model());
    const [, weights] = readdirSync(path);
    writeFileSync(join(path, weights!), readFileSync(join(path, weights!)).subarray(0, -1));
    await expect(loadModel(path, known)).rejects.toThrow(`load: ${join(path, weights!)}: rng/counter [] must take 4 bytes within`);
    rmSync(join(path, weights!));
    await expect(loadModel(path, known)).rejects.toThrow(MissingDataError);
    for (const text of ['{', 'null', '{"weights":"../../secret.safetensors"}']) {
      writeFileSync(join(path, 'model.json'), text);
      await expect(loadModel(path, known)).rejects.toThrow(FormatError);
      await expect(loadModel(path, known)).rejects.toThrow(`load: ${join(path, 'model.json')}: `);
    }
  });
});

describe('saving', () => {
  test('leaves what was there, and nothing beside it, where it cannot write', async () => {
    const [file, taken] = [join(folder, 'file'), join(folder, 'taken.safetensors')];
    writeFileSync(file, 'former');
    mkdirSync(taken);
    for (const path of [join(file, 'x.safetensors'), join(file, 'model'), taken]) {
      await expect(saveModel(path, model())).rejects.toThrow(ChainruleError);
      await expect(saveModel(path, model())).rejects.toThrow(`save: cannot write ${path}`);
    }
    expect([readFileSync(file, 'utf8'), readdirSync(folder)]).toEqual(['former', ['file', 'taken.safetensors']]);
  });

  test('at once to one file leaves one of them whole', async () => {
    const path = join(folder, 'c.safetensors');
    const trainers = [start(1, 200), start(2, 200), start(3, 200)];
    await Promise.all(trainers.map((trainer) => saveCheckpoint(path, trainer)));
    const found = start(4, 200);
    await loadCheckpoint(path, found);
    const states = await Promise.all(trainers.map((trainer) => encodeCheckpoint(trainer)));
    expect(states).toContainEqual(await encodeCheckpoint(found));
    expect(readdirSync(folder)).toEqual(['c.safetensors']);
  });
});

test('a training goes on from its file with the data’s position', async () => {
  const path = join(folder, 'c.safetensors');
  const [first, second] = [start(1), start(2)];
  await first.fit(twoBlobs(8), { batchSize: 4, epochs: 2 });
  await saveCheckpoint(path, first, { epoch: 2, item: 0 });
  expect(await loadCheckpoint(path, second)).toEqual({ steps: 4, data: { epoch: 2, item: 0 } });
  const logs = await Promise.all([first, second].map((trainer) => trainer.fit(twoBlobs(8), { batchSize: 4, epochs: 3 })));
  expect(logs[1]).toEqual(logs[0]);
  await expect(loadCheckpoint(join(folder, 'none'), first)).rejects.toThrow(MissingDataError);
});

describe('a process that is killed while it saves', () => {
  /** Saves checkpoints and models in a loop, of which every byte tells the step; says so after the first. */
  const program = `
    import { full, map, scalar as e } from '@chainrule/tensor';
    import { input } from './input.ts';
    import { saveCheckpoint, saveModel } from './saveModel.node.ts';
    import { sequential } from './sequential.ts';
    import { affine, descent } from './testModel.ts';
        const trainer = sequential(input([100]), affine(500)).compile({ optimizer: descent(0), loss: (p) => p });
    for (let step = 1; ; step++) {
      for (const { value } of trainer.model.variables()) value.assign(full(value.shape, step));
      trainer.continueAt(step);
      await saveCheckpoint(process.argv[2] + '/c.safetensors', trainer);
      await saveModel(process.argv[2] + '/model', trainer.model);
      if (step === 1) console.log('saved');
    }`;

  const ended = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('exit', resolve));

  /** Kills it after some milliseconds of saving, and looks at what is there; returns the number of unfinished files. */
  async function killAfter(script: string, delay: number, name: string): Promise<number> {
    const target = join(folder, name);
    mkdirSync(target);
    const child = spawn(process.execPath, [script, target], { stdio: ['ignore', 'pipe', 'inherit'] });
    const exit = ended(child);
    await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), exit]);
    await new Promise((resolve) => setTimeout(resolve, delay));
    child.kill('SIGKILL');
    await exit;
    expect(child.signalCode).toBe('SIGKILL');
    const found = sequential(input([100]), affine(500)).compile({ optimizer: { init: () => ({}), tick: () => undefined, update: (g) => [...g] }, loss: (p) => p });
    const { steps } = await loadCheckpoint(join(target, 'c.safetensors'), found);
    const loaded = await loadModel(join(target, 'model'), known);
    const values = (m: Model): Set<number> => new Set(m.variables().flatMap(({ value }) => [...value.value.data]));
    expect([...values(found.model)]).toEqual([steps]);
    const [step, ...others] = values(loaded);
    expect([others, [steps, steps - 1].includes(step!)]).toEqual([[], true]);
    return readdirSync(target, { recursive: true }).filter((file) => String(file).endsWith('.tmp')).length;
  }

  test('leaves a checkpoint and a model that load, at 20 moments', { timeout: 60_000 }, async () => {
    const script = join(folder, 'save.mjs');
    await build({ stdin: { contents: program, resolveDir: import.meta.dirname, loader: 'ts' }, outfile: script, bundle: true, format: 'esm', platform: 'node', logLevel: 'error' });
    const drafts: number[] = [];
    const runs = [...Array(20).keys()];
    const worker = async (): Promise<void> => {
      for (let run = runs.pop(); run !== undefined; run = runs.pop()) drafts.push(await killAfter(script, 3 * run + 3 * Math.random(), `run${run}`));
    };
    await Promise.all([worker(), worker()]);
    expect(drafts).toHaveLength(20);
  });
});
