import { ValueError } from '@chainrule/errors';
import type { Tensor } from '@chainrule/tensor';

/** The progress of training. */
export interface Position {
  readonly epoch: number;
  /** Number of completed items in this epoch. */
  readonly done: number;
  readonly learningRate: number;
}

/** A report of {@link ProgressReporter}. */
export interface Progress extends Position {
  /** Items per second since the start. */
  readonly perSecond: number;
  /** Mean loss since the last report. */
  readonly loss: number;
}

/** The result of one training step. */
export interface StepReport {
  /** Sum of the weighted losses. */
  readonly loss: Tensor;
  /** Sum of the weights. */
  readonly weight: Tensor;
  /** Number of completed items since the start. */
  readonly done: number;
  readonly at: Position;
  /** Whether to report immediately. */
  readonly force: boolean;
}

const interval = 250;

/** Collects losses. Every 250 ms it checks them, reports progress and yields to the event loop. */
export class ProgressReporter {
  readonly #op: string;
  readonly #report: (progress: Progress) => unknown;
  readonly #start: number = performance.now();
  #last: number = performance.now();
  #pending: StepReport[] = [];

  constructor(op: string, report: (progress: Progress) => unknown) {
    this.#op = op;
    this.#report = report;
  }

  /**
   * Adds a step.
   *
   * @throws ValueError if the loss is not finite
   */
  async add(step: StepReport): Promise<void> {
    this.#pending.push(step);
    if (step.force || performance.now() - this.#last >= interval) await this.#flush(step);
  }

  async #flush({ at, done }: StepReport): Promise<void> {
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
