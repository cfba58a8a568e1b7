import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

/** Runs for some milliseconds on a clock of its own, and gives the share of them that ran alone. */
function simulator(): (
  pace: Pace,
  length: number,
  times: { readonly together: number; readonly alone: number; readonly waits: number },
) => number {
  let now = 0;
  return (pace, length, { together, alone, waits }) => {
    const end = now + length;
    let single = 0;
    while (now < end) {
      const time = pace.alone ? alone : together;
      if (pace.alone) single += time;
      pace.add(now, now + time, pace.alone ? 0 : waits * time);
      now += time;
    }
    return single / length;
  };
}

test.each([0.5, 20, 300])(
  'where helpers do not keep the caller waiting, all threads run, in steps of %f ms',
  (time) => {
    expect(simulator()(new Pace(), 60_000, { together: time, alone: 1.7 * time, waits: 0.04 })).toBe(0);
  },
);

test.each([0.5, 20, 300])(
  'where helpers pay in spite of waits, one thread is tried seldom, in steps of %f ms',
  (time) => {
    expect(simulator()(new Pace(), 60_000, { together: time, alone: 1.7 * time, waits: 0.3 })).toBeLessThan(0.1);
  },
);

test.each([0.5, 20, 300])(
  'where helpers cost more than they bring, one thread runs nearly always, and all again when it is quiet, in steps of %f ms',
  (time) => {
    const [pace, run] = [new Pace(), simulator()];
    expect(run(pace, 60_000, { together: 4 * time, alone: time, waits: 0.6 })).toBeGreaterThan(0.8);
    run(pace, 60_000, { together: 0.6 * time, alone: time, waits: 0 });
    expect(run(pace, 10_000, { together: 0.6 * time, alone: time, waits: 0 })).toBe(0);
  },
);
