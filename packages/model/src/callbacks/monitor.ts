import { OptionError } from '@chainrule/errors';
import { aNumber, aString, type Checks, oneOf } from '@chainrule/errors/check';
import type { EpochLogs } from './callbacks.ts';
import { monitorMode } from './monitorMode.ts';

/** The log to watch, and when it counts as better. */
export interface MonitorOptions {
  /** Name of a log. Default `valLoss`. */
  readonly monitor?: string;
  /** Whether less or more is better. By default, the end of the name tells: less of losses and errors, more of scores. */
  readonly mode?: 'min' | 'max';
  /** Smallest change that counts. Default 0. */
  readonly minDelta?: number;
}

/** The best value of a log so far. */
export interface Watch {
  /** Returns whether an epoch is better than all before, and then keeps its value as the best. */
  isBest(logs: EpochLogs): boolean;
  /** The name of the log and its best value, as JSON. */
  state(): { readonly monitor: string; readonly best: number | null };
  /** Restores a state of the same log. */
  restore(state: Readonly<Record<string, unknown>>): void;
}

/** Checks of the options. */
export const monitorChecks: Checks<MonitorOptions> = { monitor: aString, mode: oneOf('min', 'max'), minDelta: aNumber };

export function watchBest(name: string, { monitor = 'valLoss', mode, minDelta = 0 }: MonitorOptions): Watch {
  let best: number | undefined;
  return {
    isBest(logs) {
      const value = logs[monitor];
      if (value === undefined) {
        throw new OptionError(
          `${name}: \`monitor\` must be one of ${Object.keys(logs).join(', ')}, got ${monitor}; with \`validation\`, \`fit\` adds valLoss and the like`,
        );
      }
      const up = (mode ?? monitorMode(monitor)) === 'max';
      const better = up ? value > (best ?? -Infinity) + minDelta : value < (best ?? Infinity) - minDelta;
      if (better) best = value;
      return better;
    },
    state: () => ({ monitor, best: best ?? null }),
    restore(state) {
      if (state['monitor'] === monitor && typeof state['best'] === 'number') best = state['best'];
    },
  };
}
