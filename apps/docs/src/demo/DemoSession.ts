import { proxy, type Remote } from 'comlink';
import { reactive, shallowReactive } from 'vue';
import { Connection, Stopped } from './Connection.ts';
import type { EditedDemo } from './edited.worker.ts';
import { type Demo, settingsFromQuery } from './demo.ts';
import { type DemoState, initialState } from './DemoState.ts';
import type { Settings } from './program.ts';
import type { Report } from './serveDemo.ts';
import { readRuns, readTraining, type SavedTraining, thinOut, writeRuns, writeTraining } from './storage.ts';

const runsKept = 12;
/** Milliseconds between two snapshots while it trains. */
const snapshotEvery = 5000;

/** The page's side of a demo: runs it in a worker, and keeps its training and its runs in the reader's browser. */
export class DemoSession {
  readonly demo: Demo;
  readonly settings: { -readonly [K in keyof Settings]: Settings[K] };
  readonly state: DemoState;
  #connection: Connection | undefined;
  /** What the running training was started with. */
  #started: Settings | undefined;
  #starting: Promise<boolean> | undefined;
  #lastSnapshot = 0;
  #resumeOnReturn = false;

  constructor(demo: Demo) {
    this.demo = demo;
    this.settings = reactive(settingsFromQuery(demo, ''));
    this.state = shallowReactive(initialState(demo));
  }

  get isEdited(): boolean {
    return this.state.source !== this.demo.source;
  }

  /** Takes the settings from a query, and continues the training that the browser kept for them. */
  async open(query: string): Promise<void> {
    Object.assign(this.settings, settingsFromQuery(this.demo, query));
    document.addEventListener('visibilitychange', this.#onVisibility);
    this.state.runs = await readRuns(this.demo.name);
    const saved = await readTraining(this.demo.name);
    if (saved && this.state.status === 'idle' && sameSettings(saved.settings, this.settings)) {
      Object.assign(this.state, { source: saved.source, data: saved.data });
      await this.start(saved);
    }
    this.state.isOpen = true;
  }

  close(): void {
    document.removeEventListener('visibilitychange', this.#onVisibility);
    this.#disconnect();
  }

  /** Builds the model with the settings, from a saved training if there is one. Returns whether that worked. */
  start(from?: SavedTraining): Promise<boolean> {
    return (this.#starting = this.#build(from));
  }

  async #build(from?: SavedTraining): Promise<boolean> {
    this.#disconnect();
    const { state, demo } = this;
    Object.assign(state, { status: 'starting', error: '', step: from?.snapshot.step ?? 0, logs: from?.logs ?? [] });
    this.#started = { ...this.settings };
    const mine = (this.#connection = this.#connect());
    const build = async (): Promise<number> => {
      if (this.isEdited) await (mine.service as unknown as Remote<EditedDemo>).edit(demo.name, state.source);
      return (await mine.service.start(this.#started!, state.data, from?.snapshot)).threads;
    };
    try {
      const threads = await mine.answer(build());
      if (this.#connection !== mine) return false;
      Object.assign(state, { threads, status: state.step >= demo.steps ? 'done' : 'paused' });
      return true;
    } catch (error) {
      this.#fail(mine, error);
      return false;
    }
  }

  /** Trains up to the step `until`. */
  async play(until: number = this.demo.steps): Promise<void> {
    const { state, demo } = this;
    const isReady = state.status === 'failed' ? await this.start() : await this.#ready();
    const mine = isReady && this.#connection;
    if (!mine || state.status === 'running' || state.step >= until) return;
    state.status = 'running';
    try {
      const report = proxy((report: Report) => void (this.#connection === mine && this.#take(report)));
      await mine.service.play({ until, pace: demo.pace }, report);
      if (this.#connection !== mine) return;
      state.status = state.step >= demo.steps ? 'done' : 'paused';
      await this.#save();
    } catch (error) {
      this.#fail(mine, error);
    }
  }

  /** Takes one step. */
  step(): Promise<void> {
    return this.play(this.state.step + 1);
  }

  /** Ends `play` after the running step. */
  async pause(): Promise<void> {
    await this.#connection?.service.pause();
  }

  /** Lists the training among the runs, and forgets it. */
  reset(): Promise<void> {
    return this.#forget({});
  }

  /** Uses other data from now on: the reader's own, or with `undefined` the demo's. */
  setData(data: unknown): Promise<void> {
    return this.#forget({ data });
  }

  /** Uses another program from now on. */
  setSource(source: string): Promise<void> {
    return this.#forget({ source });
  }

  async #forget(changes: { readonly data?: unknown; readonly source?: string }): Promise<void> {
    this.#disconnect();
    const stored = [this.#keepRun(), writeTraining(this.demo.name, undefined)];
    Object.assign(this.state, { status: 'idle', step: 0, error: '', logs: [], ...changes });
    await Promise.all(stored);
  }

  /** Removes a run from the list. */
  async forgetRun(id: number): Promise<void> {
    this.state.runs = this.state.runs.filter((run) => run.id !== id);
    await writeRuns(this.demo.name, this.state.runs);
  }

  /** Asks a question of the demo's `inspect.ts`; builds the model first if need be. Fails with `Stopped` after a reset. */
  async ask<T>(name: string, ...args: readonly unknown[]): Promise<T> {
    const connection = await this.#connected();
    return connection.answer(connection.service.ask(name, args) as Promise<T>);
  }

  /** The weights as a file. */
  async weights(): Promise<Uint8Array> {
    return (await this.#connected()).service.weights();
  }

  /** Sets the weights from a file. */
  async setWeights(bytes: Uint8Array): Promise<void> {
    await (await this.#connected()).service.setWeights(bytes);
  }

  async #connected(): Promise<Connection> {
    const isReady = await this.#ready();
    if (isReady && this.#connection) return this.#connection;
    throw this.state.status === 'failed' ? new Error(this.state.error) : new Stopped('The training was reset.');
  }

  /** Builds the model if nothing is built. After a failure, only `play` and `start` build again. */
  async #ready(): Promise<boolean> {
    const { status } = this.state;
    if (status === 'starting') return this.#starting!;
    return status === 'idle' ? this.start() : status !== 'failed';
  }

  #connect(): Connection {
    const worker = this.isEdited
      ? new Worker(new URL('./edited.worker.ts', import.meta.url), { type: 'module' })
      : this.demo.worker();
    return new Connection(worker);
  }

  #disconnect(): void {
    const old = this.#connection;
    this.#connection = undefined;
    old?.stop();
  }

  #fail(connection: Connection, error: unknown): void {
    if (this.#connection !== connection) return;
    this.state.error = error instanceof Error ? error.message : String(error);
    this.state.status = 'failed';
  }

  #take({ from, logs }: Report): void {
    if (logs.length === 0) return;
    this.state.logs = [...this.state.logs.slice(0, from), ...logs];
    this.state.step = from + logs.length;
    if (Date.now() - this.#lastSnapshot > snapshotEvery) void this.#save();
  }

  /** Keeps the training, to continue it when the page opens again. */
  async #save(): Promise<void> {
    const mine = this.#connection;
    if (!mine) return;
    this.#lastSnapshot = Date.now();
    const snapshot = await mine.service.snapshot();
    if (this.#connection !== mine) return;
    const { source, data, logs } = this.state;
    const settings = this.#started!;
    await writeTraining(this.demo.name, { settings, source, data, snapshot, logs: logs.slice(0, snapshot.step) });
  }

  async #keepRun(): Promise<void> {
    const { step, logs, runs, data } = this.state;
    if (step === 0) return;
    const id = Math.max(0, ...runs.map((run) => run.id)) + 1;
    const own = this.isEdited || data !== undefined;
    this.state.runs = [...runs, { id, own, settings: this.#started!, steps: step, ...thinOut(logs) }].slice(-runsKept);
    await writeRuns(this.demo.name, this.state.runs);
  }

  readonly #onVisibility = (): void => {
    if (document.hidden) {
      this.#resumeOnReturn = this.state.status === 'running';
      if (this.#resumeOnReturn) void this.pause();
    } else if (this.#resumeOnReturn) {
      this.#resumeOnReturn = false;
      void this.play();
    }
  };
}

function sameSettings(a: Settings, b: Settings): boolean {
  return Object.entries(b).every(([name, value]) => a[name] === value);
}
