import { nodeModule, readText } from './node.ts';

/** The most threads by default. More rarely have a core each, and training steps have too little work for them. */
const maxDefaultThreads = 8;

/** The default number of threads: one for each core, up to 8. */
export function defaultThreads(): number {
  return Math.min(cores(), maxDefaultThreads);
}

/** The number of cores that the process may use, by affinity and container quota. */
export function cores(): number {
  const { navigator } = globalThis as { navigator?: { readonly hardwareConcurrency?: number } };
  const os = nodeModule<{ availableParallelism(): number }>('node:os');
  const machine = os?.availableParallelism() ?? navigator?.hardwareConcurrency ?? 1;
  return Math.max(1, Math.min(machine, Math.floor(cpuQuota(readText))));
}

/**
 * The number of cores that the control groups of the process allow, on Linux. It is the least `cpu.max` (version 2) or
 * `cpu.cfs_quota_us` / `cpu.cfs_period_us` (version 1) of its group and all enclosing groups.
 */
export function cpuQuota(read: (path: string) => string | undefined): number {
  const groups = (read('/proc/self/cgroup') ?? '').split('\n').map((entry) => entry.split(':'));
  const quotas = groups.flatMap(([, controllers = '', path = '']) => {
    if (controllers === '') return foldersOf(path).map((folder) => read(`/sys/fs/cgroup${folder}/cpu.max`));
    if (!controllers.split(',').includes('cpu')) return [];
    return foldersOf(path).map((folder) => {
      const [quota, period] = ['quota', 'period'].map((name) => read(`/sys/fs/cgroup/cpu${folder}/cpu.cfs_${name}_us`));
      return `${quota} ${period}`;
    });
  });
  return Math.min(Infinity, ...quotas.map(quotientOf));
}

/** `/a/b` → `/a/b`, `/a`, and the root, which is empty. */
function foldersOf(path: string): string[] {
  const names = path.split('/').filter((name) => name !== '');
  return names.map((_, i) => `/${names.slice(0, names.length - i).join('/')}`).concat('');
}

/** Converts `200000 100000` to 2. −1, `max` and missing values mean that the group has no limit. */
function quotientOf(text: string | undefined): number {
  const [quota, period] = (text ?? '').split(/\s+/).map(Number) as [number, number];
  return quota > 0 && period > 0 ? quota / period : Infinity;
}
