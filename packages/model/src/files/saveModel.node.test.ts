import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ChainruleError, FormatError, MissingDataError } from '@chainrule/errors';
import { sparseCategoricalCrossEntropy } from '@chainrule/losses';
import { adam } from '@chainrule/optim';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Trainer } from '../training/trainer.ts';
import { input } from '../graph/input.ts';
import { loadCheckpoint, loadModel, saveCheckpoint, saveModel } from './saveModel.node.ts';
import { encodeModel } from './savedModel.ts';
import { sequential, type Sequential } from '../graph/sequential.ts';
import { affine, noise, twoBlobs } from '../../testing/model.ts';
import { type Schema, validates } from '../../testing/schema.ts';
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
      readFileSync(new URL('../../../../docs/model.schema.json', import.meta.url), 'utf8'),
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
    for (const text of ['{', 'null', '{"weights":"../../../secret.safetensors"}']) {
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
    const json = JSON.parse(readFileSync(file, 'utf8')) as { weights: string; nodes: { config: unknown[] }[] };
    json.nodes[0]!.config[0] = 4;
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
