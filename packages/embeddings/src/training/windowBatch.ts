import { type RandomSource, Tensor } from '@chainrule/tensor';
import type { StepInputs, StepOutputs } from './windowStep.ts';
import type { Targets } from './targets.ts';

/** Word indices `ids[from … to)` without the one at `skip`. */
export interface Span {
  readonly ids: Int32Array;
  readonly from: number;
  readonly to: number;
  readonly skip: number;
}

/** The rows that make the hidden vectors of a batch. */
export interface InputRows {
  /** Whether the batch has room for the rows of these words. */
  readonly fits: (words: Span) => boolean;
  /** Writes the rows of the words of window `slot`. */
  readonly write: (slot: number, words: Span) => void;
  readonly tensors: () => StepInputs;
  readonly clear: () => void;
}

/** Each word of a window is a hidden vector of its own: at most `perWindow` in each of `batchSize` windows. */
export function separateInput(batchSize: number, perWindow: number): InputRows {
  const rows = new Int32Array(batchSize * perWindow);
  const weights = new Float32Array(batchSize * perWindow);
  return {
    fits: () => true,
    write(slot, { ids, from, to, skip }) {
      let at = slot * perWindow;
      for (let i = from; i < to; i++) {
        if (i === skip) continue;
        rows[at] = ids[i]!;
        weights[at++] = 1;
      }
    },
    tensors: () => ({
      rows: integers(rows, [batchSize, perWindow]),
      weights: floats(weights, [batchSize, perWindow, 1]),
    }),
    clear: () => void weights.fill(0),
  };
}

/** The rows of each word in the input table: for word w, `rows[starts[w] … starts[w + 1])`. */
export interface WordRows {
  readonly starts: Int32Array;
  readonly rows: Int32Array;
}

/** The hidden vector of a window is the mean of all rows of its words. The batch has room for `capacity` rows. */
export function meanInput(batchSize: number, capacity: number, { starts, rows: wordRows }: WordRows): InputRows {
  const rows = new Int32Array(capacity);
  const owners = new Int32Array(capacity);
  const weights = new Float32Array(capacity);
  let used = 0;
  const countOf = ({ ids, from, to, skip }: Span): number => {
    let count = 0;
    for (let i = from; i < to; i++) if (i !== skip) count += starts[ids[i]! + 1]! - starts[ids[i]!]!;
    return count;
  };
  return {
    fits: (words) => used + countOf(words) <= capacity,
    write(slot, words) {
      const begin = used;
      for (let i = words.from; i < words.to; i++) {
        if (i === words.skip) continue;
        const word = words.ids[i]!;
        for (let at = starts[word]!; at < starts[word + 1]!; at++) rows[used++] = wordRows[at]!;
      }
      owners.fill(slot, begin, used);
      weights.fill(1 / (used - begin), begin, used);
    },
    tensors: () => ({
      rows: integers(rows, [capacity]),
      weights: floats(weights, [capacity, 1]),
      owners: integers(owners, [capacity]),
    }),
    clear: () => {
      weights.fill(0);
      used = 0;
    },
  };
}

/** The windows of one training step. */
export class WindowBatch {
  readonly #size: number;
  readonly #inputs: InputRows;
  readonly #targets: Targets;
  readonly #width: number;
  readonly #outputs: Int32Array;
  readonly #labels: Float32Array;
  readonly #weights: Float32Array;
  #used = 0;

  /** @param maxTargets - maximum number of words that a window predicts */
  constructor(size: number, inputs: InputRows, targets: Targets, maxTargets: number) {
    this.#size = size;
    this.#inputs = inputs;
    this.#targets = targets;
    this.#width = targets.width(maxTargets);
    this.#outputs = new Int32Array(size * this.#width);
    this.#labels = new Float32Array(size * this.#width);
    this.#weights = new Float32Array(size * this.#width);
  }

  /** Whether the batch has room for a window with these words as its input. */
  fits(words: Span): boolean {
    return this.#used < this.#size && this.#inputs.fits(words);
  }

  /** Adds a window in which `source` predicts `target`. */
  add(source: Span, target: Span, random: RandomSource): void {
    const slot = this.#used++;
    this.#inputs.write(slot, source);
    const into = { outputs: this.#outputs, labels: this.#labels, weights: this.#weights };
    this.#targets.write(into, slot * this.#width, target.ids, target.from, target.to, target.skip, random);
  }

  /** Returns the batch as tensors and empties it. */
  take(): { readonly inputs: StepInputs; readonly outputs: StepOutputs } {
    const shape = [this.#size, 1, this.#width];
    const outputs = {
      rows: integers(this.#outputs, [this.#size, this.#width]),
      labels: floats(this.#labels, shape),
      weights: floats(this.#weights, shape),
    };
    const inputs = this.#inputs.tensors();
    this.#inputs.clear();
    this.#weights.fill(0);
    this.#used = 0;
    return { inputs, outputs };
  }
}

const integers = (values: Int32Array, shape: readonly number[]): Tensor => new Tensor(shape, 'int32', values.slice());
const floats = (values: Float32Array, shape: readonly number[]): Tensor => new Tensor(shape, 'float32', values.slice());
