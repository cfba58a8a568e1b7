import { fileExists } from '../platform/node.ts';
import { warnOnce } from '../platform/warnOnce.ts';
import { lineWord } from './control.ts';
import { HelperLost } from './helperLost.ts';
import { cannotStart, helperLost } from './poolMessages.ts';
import { type HelperStart, type HelperWorker, startHelper } from './startHelper.ts';

interface Helper {
  readonly thread: number;
  worker?: HelperWorker;
  /** On Linux, the path of its thread below /proc. */
  task?: string | undefined;
  readonly ended: Promise<void>;
  readonly end: () => void;
}

/** The helper threads of a pool, from their start until they are lost or closed. */
export class Helpers {
  readonly #words: Int32Array;
  readonly #onLast: () => void;
  #members: Helper[] = [];

  /** @param onLast - called when the last helper is gone */
  constructor(words: Int32Array, onLast: () => void) {
    this.#words = words;
    this.#onLast = onLast;
  }

  get count(): number {
    return this.#members.length;
  }

  /** The numbers of the helpers that can take units. */
  get ready(): number[] {
    return this.#members.map(({ thread }) => thread).filter((thread) => this.#read(thread) !== 0);
  }

  /** The first helper that may have a unit. */
  get busy(): number | undefined {
    return this.#members.find(({ thread }) => Atomics.load(this.#words, lineWord(thread, 'busy')) !== 0)?.thread;
  }

  /** Whether all helpers have read this number of records of the log. */
  haveRead(records: number): boolean {
    return this.#members.every(({ thread }) => this.#read(thread) === 1 + records);
  }

  /**
   * Starts `count` helpers; those with numbers below `active` take units. Resolves when each is ready or has failed, or
   * after a timeout.
   */
  async start(
    count: number,
    active: number,
    start: Omit<HelperStart, 'thread' | 'active'>,
    patience: number,
    create?: () => HelperWorker,
  ): Promise<void> {
    this.#members = Array.from({ length: count }, (_, i) => {
      let end!: () => void;
      const ended = new Promise<void>((resolve) => (end = resolve));
      return { thread: i + 1, ended, end };
    });
    await Promise.all(
      this.#members.map((helper) =>
        this.#start(helper, { ...start, thread: helper.thread, active: helper.thread < active }, patience, create),
      ),
    );
  }

  /** Whether the thread exists. Elsewhere than on Linux, only the event loop can tell, so this returns true. */
  lives(thread: number): boolean {
    const task = this.#members.find((helper) => helper.thread === thread)?.task;
    return task === undefined || fileExists(`/proc/${task}`);
  }

  /** Gives up on a helper that is computing a unit. */
  lose(thread: number, reason: string): HelperLost {
    const helper = this.#members.find((other) => other.thread === thread)!;
    this.#leave(helper);
    void helper.worker?.terminate();
    warnOnce(helperLost(reason));
    return new HelperLost(reason, helper.ended);
  }

  close(): void {
    const members = this.#members;
    this.#members = [];
    for (const { worker } of members) void worker?.terminate();
    this.#onLast();
  }

  #read(thread: number): number {
    return Atomics.load(this.#words, lineWord(thread, 'read'));
  }

  #leave(helper: Helper): void {
    Atomics.store(this.#words, lineWord(helper.thread, 'retired'), 1);
    Atomics.store(this.#words, lineWord(helper.thread, 'busy'), 0);
    this.#members = this.#members.filter((other) => other !== helper);
    if (this.#members.length === 0) this.#onLast();
  }

  #start(helper: Helper, start: HelperStart, patience: number, create?: () => HelperWorker): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, patience);
      const settle = (): void => {
        clearTimeout(timer);
        resolve();
      };
      const lost = (reason: string): void => {
        settle();
        helper.end();
        if (!this.#members.includes(helper)) return;
        const started = this.#read(helper.thread) !== 0;
        this.#leave(helper);
        warnOnce(started ? helperLost(reason) : cannotStart(reason));
      };
      const ready = (task: string | undefined): void => {
        helper.task = task;
        settle();
      };
      try {
        helper.worker = startHelper(start, { ready, lost }, create);
      } catch (error) {
        lost(String(error));
      }
    });
  }
}
