import { createStore, del, get, set } from 'idb-keyval';
import type { Logs, Settings } from './program.ts';
import type { Snapshot } from './snapshot.ts';

/** A training to compare others with. */
export interface PastRun {
  readonly id: number;
  readonly settings: Settings;
  /** Whether the data were the reader's own, or the program was edited. */
  readonly own: boolean;
  readonly steps: number;
  readonly logs: readonly Logs[];
  /** For each of `logs`, the step it belongs to. */
  readonly at: readonly number[];
}

const pointsKept = 200;

/** At most `pointsKept` of the logs, and always the last. */
export function thinOut(logs: readonly Logs[]): Pick<PastRun, 'logs' | 'at'> {
  const every = Math.ceil(logs.length / pointsKept);
  const kept = logs.map((_, n) => n).filter((n) => n % every === 0 || n === logs.length - 1);
  return { logs: kept.map((n) => logs[n]!), at: kept.map((n) => n + 1) };
}

/** A training to continue. */
export interface SavedTraining {
  readonly settings: Settings;
  readonly source: string;
  readonly data: unknown;
  readonly logs: readonly Logs[];
  readonly snapshot: Snapshot;
}

const store = typeof indexedDB === 'undefined' ? undefined : createStore('chainrule-demos', 'demos');

/** Reads a value. Storage that the browser denies, as in private windows, counts as empty. */
async function read<T>(key: string): Promise<T | undefined> {
  try {
    return store && (await get<T>(key, store));
  } catch {
    return undefined;
  }
}

/** Keeps a value; returns whether the browser has stored it. */
async function write(key: string, value: unknown): Promise<boolean> {
  try {
    if (!store) return false;
    await (value === undefined ? del(key, store) : set(key, value, store));
    return true;
  } catch {
    return false;
  }
}

export const readRuns = async (demo: string): Promise<readonly PastRun[]> =>
  (await read<PastRun[]>(`${demo}/runs`)) ?? [];
export const writeRuns = (demo: string, runs: readonly PastRun[]): Promise<boolean> => write(`${demo}/runs`, runs);
export const readTraining = (demo: string): Promise<SavedTraining | undefined> => read(`${demo}/training`);
export const writeTraining = (demo: string, training: SavedTraining | undefined): Promise<boolean> =>
  write(`${demo}/training`, training);
