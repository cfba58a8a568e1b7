import { Generator, randomNormal } from '@chainrule/tensor';

/** A signal without and with noise. */
export interface Wave {
  readonly clean: readonly number[];
  /** The wave with its noise; equal to `clean` for a wave without noise. */
  readonly seen: readonly number[];
}

export const waveNames = ['clean sine', 'noisy sine', 'noisy chirp'] as const;
export type WaveName = (typeof waveNames)[number];

/** The standard deviation of the noise; the waves' amplitude is 1. */
const noise = 0.05;

/** Periods per step: a period is 20 steps. */
const sineFrequency = 1 / 20;

/**
 * The chirp's frequency rises linearly from a period of 40 steps to a period of 9, and falls again. With sin(ωt²), which only
 * rises, the second half would have frequencies that never occur in the first. A sweep is not a whole number of periods, so no
 * two sweeps are alike.
 */
const sweep = { slow: 1 / 40, fast: 1 / 9, steps: 100 };

/** A wave of the given number of steps. The seed determines the noise. */
export function wave(name: WaveName, steps: number, seed: number): Wave {
  const clean: number[] = [];
  for (let t = 0, turns = 0; t < steps; t++) {
    clean.push(Math.sin(2 * Math.PI * turns));
    turns += name === 'noisy chirp' ? sweepFrequency(t + 0.5) : sineFrequency;
  }
  const errors = randomNormal(new Generator(seed).stream(name), [steps], {
    std: name === 'clean sine' ? 0 : noise,
  }).data;
  return { clean, seen: clean.map((value, t) => value + errors[t]!) };
}

function sweepFrequency(t: number): number {
  const { slow, fast, steps } = sweep;
  const risen = (t / steps) % 2;
  return slow + (fast - slow) * (risen < 1 ? risen : 2 - risen);
}
