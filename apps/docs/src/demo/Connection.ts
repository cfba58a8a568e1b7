import { type Remote, wrap } from 'comlink';
import type { DemoService } from './serveDemo.ts';

/** Why a question has no answer: the training that it asked about was reset. */
export class Stopped extends Error {}

/** A worker that serves a demo, until it is stopped. */
export class Connection {
  readonly service: Remote<DemoService>;
  readonly #worker: Worker;
  readonly #waiting = new Set<(reason: Error) => void>();

  constructor(worker: Worker) {
    this.#worker = worker;
    this.service = wrap<DemoService>(worker);
    worker.onerror = (event) => this.#reject(new Error(event.message || 'The worker did not load.'));
  }

  /** Settles as the answer does. Rejects if the worker fails, or with `Stopped`: a stopped worker never answers. */
  answer<T>(answer: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.add(reject);
      void answer.then(resolve, reject).finally(() => this.#waiting.delete(reject));
    });
  }

  stop(): void {
    this.#worker.terminate();
    this.#reject(new Stopped('The training was reset.'));
  }

  #reject(reason: Error): void {
    for (const reject of this.#waiting) reject(reason);
    this.#waiting.clear();
  }
}
