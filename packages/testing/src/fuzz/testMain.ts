// Fuzzers with known faults, on which cli.test.ts tries the runner.
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { fuzz } from './cli.ts';
import { defineFuzzer } from './fuzzer.ts';

const numbers = fc.nat({ max: 100_000 });
const limits = { seconds: 1, megabytes: 200 };
const kept: Uint8Array[] = [];

const fuzzers = [
  defineFuzzer({ name: 'fine', summary: 'holds', inputs: numbers, check: () => undefined }),
  defineFuzzer({
    name: 'wrong',
    summary: 'fails from 1,000 on',
    inputs: numbers,
    show: (n) => `n = ${n}`,
    check: (n) => {
      if (n >= 1000) throw new Error('too large');
    },
  }),
  defineFuzzer({
    name: 'endless',
    summary: 'never ends from 2 on',
    inputs: fc.nat({ max: 3 }),
    limits,
    check: (n) => {
      while (n >= 2);
    },
  }),
  defineFuzzer({
    name: 'waiting',
    summary: 'waits for what never comes',
    inputs: fc.constant(0),
    limits,
    check: () => new Promise(() => setInterval(() => undefined, 1000)),
  }),
  defineFuzzer({
    name: 'hungry',
    summary: 'takes more and more memory from 2 on',
    inputs: fc.nat({ max: 3 }),
    limits: { seconds: 60, megabytes: 200 },
    check: (n) => {
      while (n >= 2) kept.push(new Uint8Array(1e6).fill(1));
    },
  }),
  defineFuzzer({
    name: 'large',
    summary: 'takes much memory, and ends',
    inputs: fc.constant(0),
    limits: { seconds: 60, megabytes: 200 },
    check: () => void new Uint8Array(4e8).fill(1),
  }),
  defineFuzzer({ name: 'gone', summary: 'ends its process', inputs: fc.constant(0), check: () => process.abort() }),
];

process.exitCode = await fuzz(fuzzers, fileURLToPath(import.meta.url), process.argv.slice(2));
