import { Generator, randomNormal } from '@chainrule/tensor';

/** A signal as it is, and as it is seen. */
export interface Wave {
  readonly clean: readonly number[];
  /** With noise, if it is a noisy one. */
  readonly seen: readonly number[];
}

export const waveNames = ['clean sine', 'noisy sine', 'noisy chirp'] as const;
export type WaveName = (typeof waveNames)[number];

/** The standard deviation of the noise; the waves' amplitude is 1. */
const noise = 0.05;

/** Turns a step: a period of 20 steps. */
const sineFrequency = 1 / 20;

/**
 * The chirp's frequency rises evenly from a period of 40 steps to one of 9, and falls again. One that only rises, as
 * sin(ωt²) does, would show frequencies in its second half that nothing in its first tells of. As a sweep has no whole
 * number of turns, no two sweeps are alike.
 */
const sweep = { slow: 1 / 40, fast: 1 / 9, steps: 100 };

/** A wave of so many steps; its noise depends on the seed. */
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
