import { Worker } from 'node:worker_threads';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostFunctions } from '../math/hostFunctions.ts';
import { workerSource } from './workerSource.ts';

const samples = [
  ...[0, -0, 1, -1, 0.5, -2, 3, -3, 6, -6, 7, 1e-300, -1e-8, 1e300, 709, -745, NaN, Infinity, -Infinity],
  ...Array.from({ length: 60 }, (_, i) => (i - 30) / 4.3),
];

/** `env` of the helper's program, in a realm of its own. */
const probe = `${workerSource.replace(/^const port = [\s\S]*/m, '')}
const { parentPort, workerData: { names, samples } } = require('node:worker_threads');
parentPort.postMessage(names.map((name) => samples.map((x) => samples.map((y) => env[name](x, y)))));`;

describe('the functions of a helper', () => {
  const names = Object.keys(hostFunctions) as (keyof typeof hostFunctions)[];
  let found: number[][][];
  let worker: Worker;

  beforeAll(async () => {
    worker = new Worker(probe, { eval: true, workerData: { names, samples } });
    found = await new Promise((resolve, reject) => void worker.once('message', resolve).once('error', reject));
  });

  afterAll(() => worker.terminate());

  test.each(names)('%s is that of the caller, to the bit', (name) => {
    expect(found[names.indexOf(name)]).toEqual(samples.map((x) => samples.map((y) => hostFunctions[name](x, y))));
  });
});

test('the program of a helper is a script without imports', () => {
  expect(workerSource).not.toMatch(/\b(import|require)\b/);
});
