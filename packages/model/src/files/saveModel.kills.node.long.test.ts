import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineTransformation } from '@chainrule/optim';
import { build } from 'esbuild';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Trainer } from '../training/trainer.ts';
import { input } from '../graph/input.ts';
import type { Model } from '../graph/model.ts';
import { loadCheckpoint, loadModel, saveCheckpoint, saveModel } from './saveModel.node.ts';
import { sequential } from '../graph/sequential.ts';
import { affine, noise } from '../../testing/model.ts';

const known = { layers: { affine, noise } };

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'chainrule-kills-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
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
    import { input } from '../graph/input.ts';
    import { saveCheckpoint, saveModel } from './saveModel.node.ts';
    import { sequential } from '../graph/sequential.ts';
    import { affine, descent } from '../../testing/model.ts';
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
        optimizer: defineTransformation({ name: 'none', gives: 'steps', update: (g) => [...g] }),
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
    import { input } from '../graph/input.ts';
    import { loadModel, saveModel } from './saveModel.node.ts';
    import { sequential } from '../graph/sequential.ts';
    import { affine } from '../../testing/model.ts';
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
    await saveModel(path, sequential(input([2]), affine(3)).build());
    expect(readdirSync(path)).toEqual(['model.json', expect.stringMatching(/^weights-/)]);
  });
});
