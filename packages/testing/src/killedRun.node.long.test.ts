import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { mulberry } from './sampler.ts';

/**
 * Trains a model of two inputs with dropout, on augmented images from a shuffled data set, with a schedule and a backup after
 * each epoch. Says when an epoch begins and when it saves, and last prints the bits of all weights.
 */
const program = `
  import { createHash } from 'node:crypto';
  import { augmentBatch, compose, randomBrightness, randomRotation, randomTranslation } from '@chainrule/augmentation';
  import { reference, setDefaultBackend } from '@chainrule/compiler';
  import { Dataset } from '@chainrule/data-loaders';
  import { conv2d } from '@chainrule/layers-conv';
  import { defineMultiLayer } from '@chainrule/layers-core';
  import { dense, dropout, flatten } from '@chainrule/layers-dense';
  import { meanSquaredError } from '@chainrule/losses';
  import { apply, functional, getWeights, input } from '@chainrule/model';
  import { backupAndRestore } from '@chainrule/model/node';
  import { adam, cosineDecay } from '@chainrule/optim';
  import { concat, relu, tensor } from '@chainrule/tensor';

  setDefaultBackend(reference());
  const join = defineMultiLayer({
    type: 'join',
    args: [],
    outputShape: ([a, b]) => [[a[0], a[1] + b[1]]],
    call: ([a, b]) => [{ data: concat([a.data, b.data], 1) }],
  });
  const wave = (shape, seed) =>
    tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => Math.sin(i * 1.7 + seed) / 2 + 0.5), shape);
  const augment = compose(randomRotation(0.1), randomTranslation(0.1), randomBrightness(0.2));
  const augmented = augmentBatch(augment, { seed: 5, batchSize: 4 });
  const data = Dataset.fromTensors({ image: wave([12, 6, 6, 1], 1), extra: wave([12, 3], 2), y: wave([12, 1], 3) })
    .shuffle(7)
    .batch(4)
    .map(({ image, extra, y }, place) => ({ x: { image: augmented({ x: image, y }, place).x, extra }, y }));

  const image = input([6, 6, 1], { name: 'image' });
  const extra = input([3], { name: 'extra' });
  const seen = apply(image, conv2d({ filters: 4, kernelSize: 3, activation: relu }), flatten(), dropout(0.3));
  const output = apply([seen, extra], join, dense(8, { activation: relu }), dropout(0.2), dense(1));
  const model = functional({ image, extra }, output);
  const learningRate = cosineDecay({ initialLearningRate: 0.01, decaySteps: 120 });
  const trainer = model.compile({ optimizer: adam({ learningRate }), loss: meanSquaredError, seed: 11 });
  const backup = backupAndRestore(process.argv[2], { data });
  const say = {
    onEpochBegin: ({ epoch }) => console.log('epoch ' + epoch),
    onEpochLogs: () => console.log('save'),
  };
  await trainer.fit(data, { epochs: 40, callbacks: [say, backup] });
  const hash = createHash('sha256');
  for (const value of Object.values(getWeights(model))) hash.update(new Uint8Array(value.data.buffer));
  console.log('weights ' + hash.digest('hex'));`;

let folder = '';
let script = '';
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'chainrule-killed-'));
  script = join(folder, 'program.mjs');
  await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: 'js' },
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the program, and kills it when `isTime` says so for a line of its output. Returns what it printed. */
function run(file: string, isTime: (line: string, kill: () => void) => void = () => undefined): Promise<string[]> {
  const child = spawn(process.execPath, [script, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines: string[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    for (const line of text.trim().split('\n')) {
      lines.push(line);
      isTime(line, () => child.kill('SIGKILL'));
    }
  });
  return new Promise((resolve) => child.once('exit', () => resolve(lines)));
}

test('a run that is killed 20 times, at random moments and during saves, ends with the same bits', async () => {
  const expected = (await run(join(folder, 'whole.safetensors'))).at(-1)!;
  expect(expected).toMatch(/^weights [0-9a-f]{64}$/);
  const random = mulberry(3);
  const file = join(folder, 'killed.safetensors');
  const starts: number[] = [];
  for (let kill = 0; kill < 20; kill++) {
    const [isDuringSave, delay, after] = [
      kill % 2 === 0,
      random() * (kill % 2 === 0 ? 4 : 40),
      1 + Math.floor(random() * 2),
    ];
    let saves = 0;
    const lines = await run(file, (line, stop) => {
      if (line === 'save') saves++;
      if (saves >= after && line.startsWith(isDuringSave ? 'save' : 'epoch')) setTimeout(stop, delay);
    });
    starts.push(Number(lines[0]?.split(' ')[1]));
    expect(lines.at(-1), 'the program must be killed before its end').not.toMatch(/^weights/);
  }
  const last = await run(file);
  expect(last.at(-1)).toBe(expected);
  console.log(`killed runs began in epochs ${starts.join(', ')}, the last one in ${last[0]}`);
  expect(Math.max(...starts)).toBeGreaterThan(10);
  expect(readdirSync(folder).filter((name) => name.startsWith('killed'))).toEqual([]);
});
