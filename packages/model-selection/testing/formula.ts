import { kFold } from '@chainrule/data-loaders';
import { tensor, type Tensor } from '@chainrule/tensor';
import type { Fittable, SearchStore, Trial, TrialData } from '../src/index.ts';

/** How many samples there are. */
export const rows = 12;
const data: TrialData = {
  x: tensor([...Array(rows).keys()], [rows, 1]),
  y: tensor([...Array(rows).keys()].map((i) => i % 2)),
};

/** The settings of {@link formula}. */
export interface Settings {
  readonly a: number;
  readonly b: string;
}

/** A trainer whose loss is a plain function of settings, epochs, seed and test rows. */
export function formula(onFit?: (epochs: number | undefined, rowCount: number) => void): Trial<Settings> {
  return {
    build: ({ a, b }, { seed }): Fittable => {
      let trained = 0;
      return {
        fit(train: TrialData, { epochs = 1 } = {}) {
          trained = epochs;
          onFit?.(epochs, (train.x as Tensor).shape[0]);
          return Promise.resolve();
        },
        evaluate: (test: TrialData) => {
          const first = (test.x as Tensor).data[0]!;
          const loss = a / trained + b.length + first / 100 + (seed % 1000) / 1e6;
          return Promise.resolve({ loss, accuracy: 1 / (1 + loss) });
        },
        dispose: () => undefined,
      };
    },
    data,
    folds: kFold(rows, { folds: 3 }),
  };
}

/** Settings of {@link formula}; the best ones are 1 and 'x'. */
export const space = { a: [3, 1, 2], b: ['xx', 'x'] } as const;

/** Keeps a search in memory. */
export class MemoryStore implements SearchStore {
  text: string | undefined;
  load(): string | undefined {
    return this.text;
  }
  save(text: string): void {
    this.text = text;
  }
}
