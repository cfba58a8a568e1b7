import { availableParallelism } from 'node:os';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { cores, cpuQuota, defaultThreads } from './cores.ts';

afterEach(() => void vi.unstubAllGlobals());

test('Node has as many cores as the process may run on, or fewer', () => {
  expect(cores()).toBeGreaterThanOrEqual(1);
  expect(cores()).toBeLessThanOrEqual(availableParallelism());
});

test.each([
  [4, 4],
  [64, 8],
  [undefined, 1],
])('with %s cores gives programs %i threads by default', (hardwareConcurrency, threads) => {
  vi.stubGlobal('process', undefined);
  vi.stubGlobal('navigator', { hardwareConcurrency });
  expect(defaultThreads()).toBe(threads);
});

describe('the quota of control groups', () => {
  const read =
    (files: Readonly<Record<string, string>>) =>
    (path: string): string | undefined =>
      files[path];

  test.each<[string, Readonly<Record<string, string>>, number]>([
    ['none, as outside of Linux', {}, Infinity],
    [
      'version 2 without a limit',
      { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': 'max 100000\n' },
      Infinity,
    ],
    ['version 2', { '/proc/self/cgroup': '0::/\n', '/sys/fs/cgroup/cpu.max': '250000 100000\n' }, 2.5],
    [
      'version 2, the least of the groups around',
      {
        '/proc/self/cgroup': '0::/a/b\n',
        '/sys/fs/cgroup/a/b/cpu.max': '400000 100000\n',
        '/sys/fs/cgroup/a/cpu.max': '100000 100000\n',
        '/sys/fs/cgroup/cpu.max': 'max 100000\n',
      },
      1,
    ],
    [
      'version 1',
      {
        '/proc/self/cgroup': '4:memory:/x\n2:cpu,cpuacct:/x\n',
        '/sys/fs/cgroup/cpu/x/cpu.cfs_quota_us': '150000\n',
        '/sys/fs/cgroup/cpu/x/cpu.cfs_period_us': '50000\n',
      },
      3,
    ],
    [
      'version 1 without a limit',
      {
        '/proc/self/cgroup': '2:cpu:/\n',
        '/sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
        '/sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
      },
      Infinity,
    ],
  ])('%s', (_, files, quota) => {
    expect(cpuQuota(read(files))).toBe(quota);
  });
});
