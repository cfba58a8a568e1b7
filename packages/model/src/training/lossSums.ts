import type { TrainedOutput } from './trainedOutputs.ts';
import type { Logs } from './trainingMetric.ts';

/** The loss of a batch on the host: with its penalties, and that of each output if there are several. */
export interface BatchLoss {
  /** Σ lossWeight·loss over the outputs, plus penalties. */
  readonly loss: number;
  /** The sum of the weights of all outputs. */
  readonly weight: number;
  /** Mean loss and weight of each output; empty for one output. */
  readonly outputs: readonly { readonly loss: number; readonly weight: number }[];
}

/** Averages losses over batches: Σ w·loss / Σ w for each output; the total is Σ lossWeight·loss plus the mean penalty. */
export class LossSums {
  readonly #outputs: readonly Pick<TrainedOutput, 'name' | 'lossWeight'>[];
  readonly #sums: { loss: number; weight: number }[];
  /** Of the whole loss for one output, else of the penalties. */
  readonly #rest = { loss: 0, weight: 0 };

  constructor(outputs: readonly Pick<TrainedOutput, 'name' | 'lossWeight'>[]) {
    this.#outputs = outputs.length > 1 ? outputs : [];
    this.#sums = this.#outputs.map(() => ({ loss: 0, weight: 0 }));
  }

  get weight(): number {
    return this.#rest.weight;
  }

  add({ loss, weight, outputs }: BatchLoss): void {
    if (weight === 0) return;
    let rest = loss;
    outputs.forEach((part, i) => {
      if (part.weight === 0) return;
      rest -= part.loss * this.#outputs[i]!.lossWeight;
      this.#sums[i]!.loss += part.loss * part.weight;
      this.#sums[i]!.weight += part.weight;
    });
    this.#rest.loss += rest * weight;
    this.#rest.weight += weight;
  }

  /** `loss`, and for several outputs also `distanceLoss`. NaN if all weights are 0. */
  logs(): Logs & { readonly loss: number } {
    const means = this.#sums.map(({ loss, weight }) => loss / weight);
    const total = this.#outputs.reduce(
      (sum, { lossWeight }, i) => sum + (this.#sums[i]!.weight === 0 ? 0 : lossWeight * means[i]!),
      this.#rest.loss / this.#rest.weight,
    );
    return { loss: total, ...Object.fromEntries(this.#outputs.map(({ name }, i) => [`${name}Loss`, means[i]!])) };
  }
}
