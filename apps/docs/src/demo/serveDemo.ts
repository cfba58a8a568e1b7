import { expose } from 'comlink';
import { defaultBackend } from 'chainrule';
import type { Logs, Program, Questions, Run, Settings } from './program.ts';
import { restore, setWeightsOf, type Snapshot, snapshotOf, weightsOf } from './snapshot.ts';

/** Logs of the steps from `from` on. */
export interface Report {
  readonly from: number;
  readonly logs: readonly Logs[];
}

/** How a training goes on. */
export interface PlayOptions {
  /** The step before which it pauses. */
  readonly until: number;
  /** The most steps per second, so that a reader can watch them. By default, the demo trains as fast as it can. */
  readonly pace?: number | undefined;
}

/** Milliseconds between two reports to the page, which draws each. */
const reportEvery = 50;

/** The worker's side of a demo. */
export class DemoService {
  #run: Run | undefined;
  #step = 0;
  #playing = false;
  readonly #load: () => Program | Promise<Program>;
  readonly #questions: Questions;
  #last: Promise<unknown> = Promise.resolve();

  constructor(load: () => Program | Promise<Program>, questions: Questions) {
    this.#load = load;
    this.#questions = questions;
  }

  /** Builds the model, and continues from a snapshot if there is one. Returns the number of threads. */
  async start(settings: Settings, data: unknown, from?: Snapshot): Promise<{ readonly threads: number }> {
    const program = await this.#load();
    if (typeof program.start !== 'function')
      throw new Error('The program must export a function `start(settings, data)`.');
    const run = await program.start(settings as never, data as never);
    if (typeof run?.step !== 'function' || typeof run.state !== 'object')
      throw new Error('`start` must return an object with `state` and a function `step(n)`.');
    if (from) await restore(run, from);
    this.#run = run;
    this.#step = from?.step ?? 0;
    return { threads: (defaultBackend() as { readonly threads?: number }).threads ?? 1 };
  }

  /** Trains until `pause`, or step `until`. Between steps, other calls get their turn. */
  async play({ until, pace }: PlayOptions, report: (report: Report) => unknown): Promise<void> {
    const run = this.#started();
    this.#playing = true;
    let from = this.#step;
    let logs: Logs[] = [];
    let last = performance.now();
    const send = (): unknown => {
      const sent = report({ from, logs });
      from = this.#step;
      logs = [];
      last = performance.now();
      return sent;
    };
    try {
      while (this.#playing && this.#step < until) {
        const began = performance.now();
        await this.#alone(async () => {
          logs.push(await run.step(this.#step));
          this.#step++;
        });
        if (performance.now() - last > reportEvery) send();
        await turn(pace ? 1000 / pace - (performance.now() - began) : 0);
      }
    } finally {
      this.#playing = false;
      await send(); // The page has seen all logs when this ends.
    }
  }

  /** Ends `play` after the running step. */
  pause(): void {
    this.#playing = false;
  }

  /** Asks one of the demo's questions. */
  ask(name: string, args: readonly unknown[]): Promise<unknown> {
    const question = this.#questions[name] as ((run: Run, ...args: readonly unknown[]) => unknown) | undefined;
    if (!question) throw new Error(`The demo has no question "${name}".`);
    return this.#alone(() => question(this.#started(), ...args));
  }

  snapshot(): Promise<Snapshot> {
    return this.#alone(() => snapshotOf(this.#started(), this.#step));
  }

  weights(): Promise<Uint8Array> {
    return this.#alone(() => weightsOf(this.#started()));
  }

  setWeights(bytes: Uint8Array): Promise<void> {
    return this.#alone(() => setWeightsOf(this.#started(), bytes));
  }

  /** Runs `task` when all earlier ones have ended: nothing sees a run in the middle of a step. */
  #alone<T>(task: () => T | Promise<T>): Promise<T> {
    const result = this.#last.then(task);
    this.#last = result.catch(() => undefined);
    return result;
  }

  #started(): Run {
    if (!this.#run) throw new Error('The demo has not started.');
    return this.#run;
  }
}

const channel = new MessageChannel();
const waiting: (() => void)[] = [];
channel.port1.onmessage = () => waiting.shift()?.();

/** Lets messages in; waits for `milliseconds` if that is more than the shortest timer. */
function turn(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    if (milliseconds > 4) return void setTimeout(resolve, milliseconds);
    waiting.push(resolve);
    channel.port2.postMessage(undefined);
  });
}

/** Serves a demo to the page that started this worker. */
export function serveDemo<R extends Run>(program: Program<R>, questions: Questions<R>): void {
  // A demo's questions get the run of the demo's program.
  expose(new DemoService(() => program, questions as unknown as Questions));
}
