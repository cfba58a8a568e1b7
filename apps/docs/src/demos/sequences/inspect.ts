import type { start } from './program.ts';

type Run = Awaited<ReturnType<typeof start>>;

export const nets = ['simple', 'lstm', 'gru'] as const;

/** The series, and what each network says about it. */
export interface Forecasts {
  readonly values: readonly number[];
  /** The first value that no training sees. */
  readonly split: number;
  /** For each network, the first time of its forecasts, the forecasts, and their error after `split`. */
  readonly of: Readonly<
    Record<string, { readonly from: number; readonly values: readonly number[]; readonly error: number }>
  >;
  /** The error of "the same as the last value". */
  readonly naive: number;
}

/** The root of the mean squared error from `split` on. */
function errorOf(truth: readonly number[], split: number, forecast: readonly number[], from: number): number {
  const squares = truth.slice(split).map((value, i) => (value - forecast[split - from + i]!) ** 2);
  return Math.sqrt(squares.reduce((sum, square) => sum + square, 0) / squares.length);
}

export const questions = {
  async forecasts({ values, split, window, oneAhead, onItsOwn }: Run, alone: boolean): Promise<Forecasts> {
    const from = alone ? split : window;
    const of: Record<string, Forecasts['of'][string]> = {};
    for (const net of nets) {
      const forecast = await (alone ? onItsOwn : oneAhead)(net);
      of[net] = { from, values: forecast, error: errorOf(values, split, forecast, from) };
    }
    const last = values[split - 1]!;
    const naive = alone ? values.map(() => last) : [NaN, ...values];
    return { values, split, of, naive: errorOf(values, split, naive, 0) };
  },
};
