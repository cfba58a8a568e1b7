import { Generator, randomNormal, randomUniform, tensor } from '@chainrule/tensor';
import type { Samples } from '../trainModel.ts';

/** Frequency in hertz, and the amplitude of each axis: three of acceleration and three of rotation. */
interface Motion {
  readonly frequency: readonly [low: number, high: number];
  readonly swing: readonly [number, number, number, number, number, number];
  /** Whether it consists of strokes with rests between them. */
  readonly inStrokes: boolean;
}

const motions: Readonly<Record<string, Motion>> = {
  standing: { frequency: [0.1, 0.4], swing: [0.1, 0.1, 0.1, 0.1, 0.1, 0.1], inStrokes: false },
  walking: { frequency: [0.7, 1.1], swing: [1, 0.5, 0.7, 0.6, 0.3, 0.2], inStrokes: false },
  running: { frequency: [1.5, 2.2], swing: [1.4, 0.6, 1.2, 0.8, 0.3, 0.4], inStrokes: false },
  badminton: { frequency: [0.8, 1.8], swing: [1, 0.7, 0.9, 1.2, 0.8, 0.9], inStrokes: true },
};

export const motionNames: readonly string[] = Object.keys(motions);

const [steps, rate] = [100, 10];

/**
 * Simulated sensors of a watch: ten seconds of one of four motions in turn. Each is a wave with its first harmonic, with a
 * random frequency, amplitude and phase, and noise. `x` is `[count, 100, 6]`.
 */
export function watchMotions(count: number, seed: number): Samples {
  const rng = new Generator(seed);
  const noise = randomNormal(rng, [count, steps, 6]).data;
  const draws = randomUniform(rng, [count, 9]).data;
  const kinds = Object.values(motions);
  const x = new Float32Array(noise.length);
  for (let i = 0; i < count; i++) {
    const {
      frequency: [low, high],
      swing,
      inStrokes,
    } = kinds[i % kinds.length]!;
    const [speed, strength, start, ...phases] = draws.slice(9 * i, 9 * i + 9) as unknown as number[];
    const frequency = low + (high - low) * speed!;
    for (let t = 0; t < steps; t++) {
      const turns = (frequency * t) / rate + start!;
      // One stroke every three periods.
      const part = inStrokes ? Math.max(0, Math.cos((2 * Math.PI * turns) / 3)) ** 2 * 1.6 : 1;
      for (const [axis, most] of swing.entries()) {
        const angle = 2 * Math.PI * (turns + phases[axis]!);
        const at = (i * steps + t) * 6 + axis;
        x[at] =
          (0.6 + 0.8 * strength!) * most * part * (Math.sin(angle) + 0.4 * Math.sin(2 * angle)) + 0.3 * noise[at]!;
      }
    }
  }
  return {
    x: tensor(x, [count, steps, 6]),
    y: tensor(
      Int32Array.from({ length: count }, (_, i) => i % kinds.length),
      [count],
      'int32',
    ),
  };
}
