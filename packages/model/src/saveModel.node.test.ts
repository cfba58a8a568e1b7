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
const start = (seed = 1, units = 3): Trainer =>
  sequential(input([2]), affine(units), noise(), affine(2)).compile({
    seed,
    optimizer: adam(),
    loss: sparseCategoricalCrossEntropy,
  });

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
    const schema = JSON.parse(
      readFileSync(new URL('../../../docs/model.schema.json', import.meta.url), 'utf8'),
    ) as Schema;
    expect(validates(schema, JSON.parse(readFileSync(join(path, 'model.json'), 'utf8')))).toBe(true);
  });

  test('say what is missing or wrong, and where', async () => {
    const path = join(folder, 'model');
    await expect(loadModel(path, known)).rejects.toThrow(MissingDataError);
    await expect(loadModel(join(folder, 'm.safetensors'), known)).rejects.toThrow(
      `load: cannot read ${join(folder, 'm.safetensors')}: ENOENT`,
    );
    await saveModel(path, model());
    const [, weights] = readdirSync(path);
    writeFileSync(join(path, weights!), readFileSync(join(path, weights!)).subarray(0, -1));
    await expect(loadModel(path, known)).rejects.toThrow(
      `load: ${join(path, weights!)}: the contents must have the SHA-256 in the name; the file is damaged`,
    );
    rmSync(join(path, weights!));
    await expect(loadModel(path, known)).rejects.toThrow(MissingDataError);
    for (const text of ['{', 'null', '{"weights":"../../secret.safetensors"}']) {
      writeFileSync(join(path, 'model.json'), text);
      await expect(loadModel(path, known)).rejects.toThrow(FormatError);
      await expect(loadModel(path, known)).rejects.toThrow(`load: ${join(path, 'model.json')}: `);
    }
  });
});

describe('a folder', () => {
  test('whose model.json describes another model than its weights is refused', async () => {
    const path = join(folder, 'model');
    await saveModel(path, model());
    const file = join(path, 'model.json');
    const json = JSON.parse(readFileSync(file, 'utf8')) as { weights: string; layers: { config: unknown[] }[] };
    json.layers[0]!.config[0] = 4;
    writeFileSync(file, JSON.stringify(json));
    await expect(loadModel(path, known)).rejects.toThrow(
      `load: ${file}: must describe the model whose weights are in ${json.weights}; they belong to different models, save the model again`,
    );
  });

  test('keeps every save of those that are made at once, one after the other', async () => {
    const path = join(folder, 'model');
    const seeds = Array.from({ length: 30 }, (_, i) => i);
    const reading = Promise.all(
      seeds.map(async (seed) => {
        await saveModel(path, model(seed));
        return encodeModel(await loadModel(path, known));
      }),
    );
    const all = await Promise.all(seeds.map((seed) => encodeModel(model(seed))));
    for (const bytes of await reading) expect(all).toContainEqual(bytes);
    expect(await encodeModel(await loadModel(path, known))).toEqual(all.at(-1));
    expect(readdirSync(path)).toEqual(['model.json', expect.stringMatching(/^weights-/)]);
  });

  test('loses weights of a save that was killed before it named them', async () => {
    const path = join(folder, 'model');
    mkdirSync(path);
    writeFileSync(join(path, 'weights-0123456789abcdef.safetensors'), 'orphan');
    await saveModel(path, model());
    expect(readdirSync(path)).toHaveLength(2);
  });
});

describe('saving', () => {
  test('leaves what was there, and nothing beside it, where it cannot write', async () => {
    const [file, taken] = [join(folder, 'file'), join(folder, 'taken.safetensors')];
    writeFileSync(file, 'former');
    mkdirSync(taken);
    for (const path of [join(file, 'x.safetensors'), join(file, 'model'), taken]) {
      await expect(saveModel(path, model())).rejects.toThrow(ChainruleError);
      await expect(saveModel(path, model())).rejects.toThrow(`cannot write ${path}`);
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
  const logs = await Promise.all(
    [first, second].map((trainer) => trainer.fit(twoBlobs(8), { batchSize: 4, epochs: 3 })),
  );
  expect(logs[1]).toEqual(logs[0]);
  await expect(loadCheckpoint(join(folder, 'none'), first)).rejects.toThrow(MissingDataError);
});

const ended = (child: ChildProcess): Promise<unknown> => new Promise((resolve) => child.once('exit', resolve));

/** Bundles a program that imports this package's sources. */
async function bundle(contents: string): Promise<string> {
  const script = join(folder, 'program.mjs');
  await build({
    stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
  return script;
}

/** Starts a program and waits for its first line. */
async function started(script: string, ...args: string[]): Promise<ChildProcess> {
  const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  await Promise.race([new Promise((resolve) => child.stdout.once('data', resolve)), ended(child)]);
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const exit = ended(child);
  child.kill('SIGKILL');
  await exit;
  expect(child.signalCode).toBe('SIGKILL');
}

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
const values = (m: Model): Set<number> => new Set(m.variables().flatMap(({ value }) => [...value.value.data]));
const drafts = (path: string): string[] =>
  (readdirSync(path, { recursive: true }) as string[]).filter((name) => name.endsWith('.tmp'));

describe('a process that is killed while it saves', () => {
  /** Saves checkpoints and models in a loop, of which every byte tells the step; says so after the first. */
  const program = `
    import { full } from '@chainrule/tensor';
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

  test('leaves a checkpoint and a model that load, at 20 moments, and its drafts go with the next save', async () => {
    const script = await bundle(program);
    const large = (): Trainer =>
      sequential(input([100]), affine(500)).compile({
        optimizer: { init: () => ({}), tick: () => undefined, update: (g) => [...g] },
        loss: (p) => p,
      });
    let left = 0;
    for (let run = 0; run < 20; run++) {
      const target = join(folder, `run${run}`);
      mkdirSync(target);
      const child = await started(script, target);
      await pause(3 * run + 3 * Math.random());
      await kill(child);
      left += drafts(target).length;
      const found = large();
      const { steps } = await loadCheckpoint(join(target, 'c.safetensors'), found);
      expect([...values(found.model)]).toEqual([steps]);
      const loaded = await loadModel(join(target, 'model'), known);
      const [step, ...others] = values(loaded);
      expect([others, [steps, steps - 1].includes(step!)]).toEqual([[], true]);
      await saveCheckpoint(join(target, 'c.safetensors'), found);
      await saveModel(join(target, 'model'), loaded);
      expect(readdirSync(target).sort()).toEqual(['c.safetensors', 'model']);
      expect(readdirSync(join(target, 'model'))).toEqual(['model.json', expect.stringMatching(/^weights-/)]);
    }
    console.log(`20 kills left ${left} drafts`);
  });
});

describe('processes that save and load one folder', () => {
  /** Saves its own model in a loop and loads what is there; every byte of a model is its writer's number. */
  const program = `
    import { full } from '@chainrule/tensor';
    import { input } from './input.ts';
    import { loadModel, saveModel } from './saveModel.node.ts';
    import { sequential } from './sequential.ts';
    import { affine } from './testModel.ts';
    const model = sequential(input([30]), affine(100)).build();
    for (const { value } of model.variables()) value.assign(full(value.shape, Number(process.argv[3])));
    for (let i = 0; ; i++) {
      await saveModel(process.argv[2], model);
      const found = new Set((await loadModel(process.argv[2], { layers: { affine } })).variables().flatMap(({ value }) => [...value.value.data]));
      if (found.size !== 1) throw new Error('a mixture of ' + [...found].join());
      if (i === 0) console.log('saved');
    }`;

  test('never find it broken, also where one of them is killed, 20 times', async () => {
    const script = await bundle(program);
    const path = join(folder, 'shared');
    let children = [await started(script, path, '1'), await started(script, path, '2')];
    for (let run = 0; run < 20; run++) {
      await pause(20 + 10 * (run % 7));
      expect(children.map(({ exitCode }) => exitCode)).toEqual([null, null]);
      await kill(children[0]!);
      const [number, ...others] = values(await loadModel(path, known));
      expect([others, number! > 0]).toEqual([[], true]);
      children = [children[1]!, await started(script, path, String(run + 3))];
    }
    await Promise.all(children.map(kill));
    await saveModel(path, model());
    expect(readdirSync(path)).toEqual(['model.json', expect.stringMatching(/^weights-/)]);
  });
});
