import { describe, expect, test } from 'vitest';
import type { Library } from './job.ts';
import { geometricMeans, type Measurement, ratiosOf, type Report, summarize } from './results.ts';
import { digits, markdownTables, plainTables } from './tables.ts';
import { selectTasks } from './workloads.ts';

const took = (name: string, library: Library, threads: number, round: number, ...times: number[]): Measurement => ({
  task: selectTasks([name])[0]!,
  library,
  setting: { threads, note: '' },
  round,
  times,
  peakBytes: 1e6 * (round + 1),
});

/** The machine is twice as slow in the second round; the other peer had no second round. */
const measurements = [
  took('W1', 'chainrule', 1, 0, 4, 4, 4),
  took('W1', 'chainrule', 2, 0, 2, 2, 2),
  took('W1', 'torch', 1, 0, 6, 6, 6),
  took('W1', 'jax-js', 1, 0, 20, 20),
  took('W1', 'chainrule', 1, 1, 8, 8, 8),
  took('W1', 'chainrule', 2, 1, 4, 4, 4),
  took('W1', 'torch', 1, 1, 14, 14, 14),
  took('W2', 'chainrule', 1, 0, 1),
  took('W2', 'torch', 1, 0, 12),
  took('matmul-512', 'chainrule', 1, 0, 10),
];
const results = summarize(measurements);
const ratios = ratiosOf(results);

describe('summarize', () => {
  test('puts the rounds of a setting together', () => {
    expect(results[0]).toEqual({
      workload: 'W1',
      library: 'chainrule',
      threads: 1,
      note: '',
      medianMs: 6,
      p10Ms: 4,
      p90Ms: 8,
      steps: 6,
      roundsMs: [4, 8],
      peakBytes: 2e6,
    });
    expect(results.length).toBe(7);
  });

  test('gives the rate of products: 2·512³ operations in 10 ms', () => {
    expect(results.at(-1)!.gflops).toBeCloseTo(26.84, 2);
  });
});

describe('ratiosOf', () => {
  test('divides round by round, the best setting by the best', () => {
    expect(ratios.find((r) => r.peer === 'torch' && r.threads === 'best')).toEqual({
      workload: 'W1',
      peer: 'torch',
      threads: 'best',
      ratio: 3.25,
      least: 3,
      most: 3.5,
      pairs: 2,
    });
  });

  test('compares one thread with one thread', () => {
    expect(ratios.find((r) => r.peer === 'torch' && r.threads === 1)).toMatchObject({
      ratio: 1.625,
      least: 1.5,
      most: 1.75,
    });
  });

  test('leaves out the rounds in which one of the two had no turn', () => {
    expect(ratios.find((r) => r.peer === 'jax-js' && r.threads === 'best')).toMatchObject({ ratio: 10, pairs: 1 });
  });

  test('their geometric mean counts training steps', () => {
    const means = geometricMeans(ratios, selectTasks(['W1', 'W2', 'matmul']));
    expect(means.map(({ peer, workloads }) => [peer, workloads])).toEqual([
      ['torch', 2],
      ['jax-js', 1],
    ]);
    expect(means[0]!.ratio).toBeCloseTo(Math.sqrt(3.25 * 12), 12);
  });
});

describe('tables', () => {
  const report: Report = {
    results,
    ratios,
    geometricMeans: geometricMeans(ratios, selectTasks(['W1', 'W2'])),
    checks: [
      {
        workload: 'W1',
        library: 'torch',
        setting: 'torch, 1 thread',
        against: 'chainrule, 1 thread',
        steps: 10,
        difference: 2e-6,
      },
    ],
    failures: [{ workload: 'W1', library: 'onnxruntime', reason: 'runs forward passes only' }],
    backend: 'reference',
    versions: { torch: '1.13' },
    machine: 'a machine, 2 cores',
    node: '20.0.0',
  };

  test('show times, ratios, settings, checks and failures', () => {
    expect(plainTables(report)).toMatchInlineSnapshot(`
      "Median milliseconds at each library’s best setting
                           chainrule  torch  jax-js
      W1                        3.00   10.0    20.0
      W2                        1.00   12.0       –
      matmul-512  10.0 (26.8 GFLOPS)      –       –

      How many times faster this library is, best setting against best setting
                                                torch               jax-js
      W1                          3.25 (3.00 to 3.50)  10.0 (10.0 to 10.0)
      W2                          12.0 (12.0 to 12.0)                    –
      geometric mean of training          6.24 over 2          10.0 over 1

      How many times faster this library is, one thread against one thread
                        torch               jax-js
      W1  1.63 (1.50 to 1.75)  5.00 (5.00 to 5.00)
      W2  12.0 (12.0 to 12.0)                    –

      Every setting: milliseconds, 10th and 90th percentile, steps, largest memory of a process
                    library  threads  setting  median   p10   p90  steps  memory
      W1          chainrule        1        –    6.00  4.00  8.00      6    2 MB
      W1          chainrule        2        –    3.00  2.00  4.00      6    2 MB
      W1              torch        1        –    10.0  6.00  14.0      6    2 MB
      W1             jax-js        1        –    20.0  20.0  20.0      2    1 MB
      W2          chainrule        1        –    1.00  1.00  1.00      1    1 MB
      W2              torch        1        –    12.0  12.0  12.0      1    1 MB
      matmul-512  chainrule        1        –    10.0  10.0  10.0      1    1 MB

      The same losses, to this part of the largest
                  library              against  steps  difference
      W1  torch, 1 thread  chainrule, 1 thread     10      2.0e-6

      Not measured
              library                    reason
      W1  onnxruntime  runs forward passes only
      "
    `);
  });

  test('are Markdown on request, from JSON too', () => {
    const text = markdownTables(JSON.parse(JSON.stringify(report)) as Report);
    expect(text).toContain('| W1 | 3.00 | 10.0 | 20.0 |\n');
    expect(text).toContain('| W1 | 3.25 (3.00 to 3.50) | 10.0 (10.0 to 10.0) |\n');
    expect(text.startsWith('a machine, 2 cores, Node 20.0.0, backend reference; torch 1.13\n')).toBe(true);
  });

  test('numbers have three digits', () => {
    expect([0.00123, 0.0123, 1.234, 12.34, 123.4, 12_345].map(digits)).toEqual([
      '0.0012',
      '0.0123',
      '1.23',
      '12.3',
      '123',
      '12,345',
    ]);
  });
});
