import type { Library, Peer, Setting } from './job.ts';
import { geometricMean, median, quantile } from './statistics.ts';
import type { Task } from './workloads.ts';

/** The times of one process. */
export interface Measurement {
  readonly task: Task;
  readonly library: Library;
  readonly setting: Setting;
  readonly round: number;
  readonly times: readonly number[];
  readonly peakBytes: number;
}

/** All rounds of a library with one setting. */
export interface Result {
  readonly workload: string;
  readonly library: Library;
  readonly threads: number;
  readonly note: string;
  readonly medianMs: number;
  readonly p10Ms: number;
  readonly p90Ms: number;
  readonly steps: number;
  /** The median of each round, by number. null for rounds without a turn. */
  readonly roundsMs: readonly (number | null)[];
  /** Largest memory of a process, with the library and its runtime. */
  readonly peakBytes: number;
  /** For products of matrices. */
  readonly gflops?: number;
  /** For augmentation. */
  readonly imagesPerSecond?: number;
}

/** How many times faster this library is, from pairs of measurements of the same round. */
export interface Ratio {
  readonly workload: string;
  readonly peer: Peer;
  /** `best`: both with their best settings; `1`: both on one thread. */
  readonly threads: 'best' | 1;
  readonly ratio: number;
  readonly least: number;
  readonly most: number;
  readonly pairs: number;
}

export interface Failure {
  readonly workload: string;
  readonly library: Library;
  readonly reason: string;
}

export interface CurveCheck {
  readonly workload: string;
  readonly library: Library;
  /** The library with its setting, and the library whose losses it was compared with. */
  readonly setting: string;
  readonly against: string;
  readonly steps: number;
  readonly difference: number;
}

/** The output of `--json`. */
export interface Report {
  readonly results: readonly Result[];
  readonly ratios: readonly Ratio[];
  /** Over the training steps, by peer. */
  readonly geometricMeans: readonly { readonly peer: Peer; readonly ratio: number; readonly workloads: number }[];
  readonly checks: readonly CurveCheck[];
  readonly failures: readonly Failure[];
  readonly backend: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly machine: string;
  readonly node: string;
}

/** Combines the rounds: one result for each workload, library and setting, in the order of their first turns. */
export function summarize(measurements: readonly Measurement[]): Result[] {
  const groups = new Map<string, Measurement[]>();
  for (const m of measurements) {
    const key = [m.task.name, m.library, m.setting.threads, m.setting.note].join('|');
    groups.set(key, [...(groups.get(key) ?? []), m]);
  }
  return [...groups.values()].map((group) => {
    const { task, library, setting } = group[0]!;
    const times = group.flatMap((m) => m.times);
    const last = Math.max(...group.map(({ round }) => round));
    const medianMs = median(times);
    return {
      workload: task.name,
      library,
      threads: setting.threads,
      note: setting.note,
      medianMs,
      p10Ms: quantile(times, 0.1),
      p90Ms: quantile(times, 0.9),
      steps: times.length,
      roundsMs: Array.from({ length: last + 1 }, (_, round) => {
        const found = group.find((m) => m.round === round);
        return found ? median(found.times) : null;
      }),
      peakBytes: Math.max(...group.map((m) => m.peakBytes)),
      ...(task.kind === 'matmul' && { gflops: (2 * task.size ** 3) / medianMs / 1e6 }),
      ...(task.kind === 'augment' && { imagesPerSecond: (1000 * task.images[0]) / medianMs }),
    };
  });
}

/** The fastest of a library's settings. */
export function best(results: readonly Result[]): Result | undefined {
  return results.reduce<Result | undefined>(
    (fastest, r) => (fastest && fastest.medianMs <= r.medianMs ? fastest : r),
    undefined,
  );
}

/** For each workload and peer, the ratio with the best settings and the ratio on one thread. */
export function ratiosOf(results: readonly Result[]): Ratio[] {
  const workloads = [...new Set(results.map(({ workload }) => workload))];
  return workloads.flatMap((workload) => {
    const of = (library: Library): Result[] => results.filter((r) => r.workload === workload && r.library === library);
    const peers = [...new Set(results.map(({ library }) => library))].filter(
      (library): library is Peer => library !== 'chainrule',
    );
    return peers.flatMap((peer) => [
      ...paired(peer, 'best', best(of('chainrule')), best(of(peer))),
      ...paired(
        peer,
        1,
        best(of('chainrule').filter(({ threads }) => threads === 1)),
        best(of(peer).filter(({ threads }) => threads === 1)),
      ),
    ]);
  });
}

function paired(peer: Peer, threads: Ratio['threads'], own: Result | undefined, other: Result | undefined): Ratio[] {
  if (!own || !other) return [];
  const pairs = own.roundsMs.flatMap((ms, round) => {
    const theirs = other.roundsMs[round];
    return ms === null || theirs === null || theirs === undefined ? [] : [theirs / ms];
  });
  if (pairs.length === 0) return [];
  return [
    {
      workload: own.workload,
      peer,
      threads,
      ratio: median(pairs),
      least: Math.min(...pairs),
      most: Math.max(...pairs),
      pairs: pairs.length,
    },
  ];
}

/** The geometric mean of the ratios at best settings over the training steps. */
export function geometricMeans(ratios: readonly Ratio[], tasks: readonly Task[]): Report['geometricMeans'] {
  const training = new Set(tasks.filter(({ kind }) => kind === 'train').map(({ name }) => name));
  const counted = ratios.filter(({ threads, workload }) => threads === 'best' && training.has(workload));
  return [...new Set(counted.map(({ peer }) => peer))].map((peer) => {
    const own = counted.filter((r) => r.peer === peer).map(({ ratio }) => ratio);
    return { peer, ratio: geometricMean(own), workloads: own.length };
  });
}
