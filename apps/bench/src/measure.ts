/** A library that is ready for a task. */
export interface Subject {
  /** Does the task once and reads the result: the loss, or the first number. */
  step(): Promise<number>;
}

/** How long a task is repeated. */
export interface Limits {
  /** Repeated before the clock counts. */
  readonly warmUp: number;
  readonly steps: number;
  /** After this time the measurement ends early, with one step at least. */
  readonly budgetMs: number;
}

/** What every step gave and took; those of the warm-up have no time. */
export interface Measured {
  readonly losses: readonly number[];
  readonly times: readonly number[];
}

/** Repeats the task and times each repetition. The warm-up takes a third of the budget at most. */
export async function measure(subject: Subject, { warmUp, steps, budgetMs }: Limits, onStep?: (done: number) => void): Promise<Measured> {
  const [losses, times]: [number[], number[]] = [[], []];
  const start = performance.now();
  const within = (part: number): boolean => performance.now() - start < budgetMs * part;
  for (let i = 0; i < warmUp && (i === 0 || within(1 / 3)); i++) losses.push(await subject.step());
  for (let i = 0; i < steps && (i === 0 || within(1)); i++) {
    const before = performance.now();
    losses.push(await subject.step());
    times.push(performance.now() - before);
    onStep?.(times.length);
  }
  return { losses, times };
}
