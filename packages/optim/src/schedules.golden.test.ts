import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cosineDecayRestarts, oneCycle } from './cyclicSchedules.ts';
import { exponentialDecay } from './exponentialDecay.ts';
import { cosineDecay, inverseTimeDecay, polynomialDecay } from './schedules.ts';
import type { Schedule } from './transformation.ts';

interface Golden {
  readonly steps: readonly number[];
  readonly cases: readonly {
    readonly schedule: string;
    readonly options: object;
    readonly rates: readonly number[];
  }[];
}

// Rates of Keras and PyTorch, by scripts/golden/schedules.py. Keras computes cosines with a π in float32.
const golden = JSON.parse(readFileSync(new URL('../testdata/schedules.json', import.meta.url), 'utf8')) as Golden;

const makers: Readonly<Record<string, (options: never) => Schedule>> = {
  cosineDecay,
  cosineDecayRestarts,
  exponentialDecay,
  inverseTimeDecay,
  oneCycle,
  polynomialDecay,
};

test.each(golden.cases)('$schedule of $options equals Keras or PyTorch', ({ schedule, options, rates }) => {
  const rate = makers[schedule]!(options as never);
  golden.steps.forEach((step, i) =>
    expect(Math.abs(rate(step) - rates[i]!), `step ${step}: ${rate(step)}, expected ${rates[i]}`).toBeLessThan(1e-8),
  );
});

test('every schedule of the table has a case', () => {
  expect([...new Set(golden.cases.map(({ schedule }) => schedule))].sort()).toEqual(Object.keys(makers));
});
