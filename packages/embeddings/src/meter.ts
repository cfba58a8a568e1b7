import { ValueError } from '@chainrule/errors';
import type { Tensor } from '@chainrule/tensor';

/** Where training is. */
export interface Place {
  readonly epoch: number;
  /** Items of this epoch that are done. */
  readonly done: number;
  readonly learningRate: number;
}

/** What is told of it. */
export interface Reading extends Place {
  /** Items a second, since the start. */
  readonly perSecond: number;
  /** The mean since the last reading. */
  readonly loss: number;
}

/** What a step gave. */
export interface StepResult {
  /** The sum of its losses, and the weight that they have together. */
  readonly loss: Tensor;
  readonly weight: Tensor;
  /** Items that are done since the start. */
  readonly done: number;
  readonly at: Place;
  /** Whether to tell of it at once. */
  readonly force: boolean;
}

const interval = 250;

/** Collects losses, and now and then checks them, tells how far training is, and lets other work of the thread happen. */
export class Meter {
  readonly #op: string;
  readonly #report: (reading: Reading) => unknown;
  readonly #start: number = performance.now();
  #last: number = performance.now();
  #pending: StepResult[] = [];

  constructor(op: string, report: (reading: Reading) => unknown) {
    this.#op = op;
    this.#report = report;
  }

  /**
   * Takes note of a step.
   *
   * @throws ValueError when the loss is no longer a number
   */
  async add(result: StepResult): Promise<void> {
    this.#pending.push(result);
    if (result.force || performance.now() - this.#last >= interval) await this.#read(result);
  }

  async #read({ at, done }: StepResult): Promise<void> {
    let [sum, total] = [0, 0];
    for (const { loss, weight } of this.#pending) {
      sum += (await loss.read())[0]!;
      total += (await weight.read())[0]!;
    }
    this.#pending = [];
    const mean = total === 0 ? 0 : sum / total;
    if (!Number.isFinite(mean))
      throw new ValueError(
        `${this.#op}: the loss must stay finite, got ${mean} in epoch ${at.epoch}; lower \`learningRate\` or \`batchSize\``,
      );
    await this.#report({ ...at, loss: mean, perSecond: (1000 * done) / Math.max(1, performance.now() - this.#start) });
    await new Promise((resolve) => setTimeout(resolve));
    this.#last = performance.now();
  }
}
