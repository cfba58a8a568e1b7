/** A library that is ready for a task. */
export interface Subject {
  /** Does the task once and returns the loss, or the first number of the result. */
  step(): Promise<number>;
}

/** The number and the time of the repetitions of a task. */
export interface Limits {
  /** The warm-up, which is not measured, because engines compile hot code during it. */
  readonly warmUp: number;
  readonly warmMs: number;
  /** The least number of steps to measure, and the least time. */
  readonly steps: number;
  readonly timedMs: number;
  /** After this time, the measurement ends early, but not before its first step. */
  readonly budgetMs: number;
}

/** The results of all steps, and the times of those after the warm-up. */
export interface Measured {
  readonly losses: readonly number[];
  readonly times: readonly number[];
}

/** Milliseconds between two reports. Fewer reports disturb the measurement less. */
const reportMs = 250;

/** Repeats the task and times each repetition. The warm-up takes at most a third of the budget. */
export async function measure(
  subject: Subject,
  { warmUp, warmMs, steps, timedMs, budgetMs }: Limits,
  onStep?: (done: number) => void,
): Promise<Measured> {
  const [losses, times]: [number[], number[]] = [[], []];
  const start = performance.now();
  const passed = (): number => performance.now() - start;
  for (let i = 0; (i < warmUp || (warmUp > 0 && passed() < warmMs)) && (i === 0 || passed() < budgetMs / 3); i++)
    losses.push(await subject.step());
  const begin = performance.now();
  let reported = begin;
  for (let i = 0; (i < steps || performance.now() - begin < timedMs) && (i === 0 || passed() < budgetMs); i++) {
    const before = performance.now();
    losses.push(await subject.step());
    const after = performance.now();
    times.push(after - before);
    if (after - reported < reportMs) continue;
    reported = after;
    onStep?.(times.length);
  }
  onStep?.(times.length);
  return { losses, times };
}
