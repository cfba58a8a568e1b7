/** A library that is ready for a task. */
export interface Subject {
  /** Does the task once and reads the result: the loss, or the first number. */
  step(): Promise<number>;
}

/** How long a task is repeated. */
export interface Limits {
  /** Steps and time to run first, without measuring: engines compile hot code while it runs. */
  readonly warmUp: number;
  readonly warmMs: number;
  /** The least number of steps to measure, and the least time. */
  readonly steps: number;
  readonly timedMs: number;
  /** After this time the measurement ends early, with one step at least. */
  readonly budgetMs: number;
}

/** What every step gave and took; those of the warm-up have no time. */
export interface Measured {
  readonly losses: readonly number[];
  readonly times: readonly number[];
}

/** Milliseconds between two reports: writing them takes a core for a moment. */
const reportMs = 250;

/** Repeats the task and times each repetition. The warm-up takes a third of the budget at most. */
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
