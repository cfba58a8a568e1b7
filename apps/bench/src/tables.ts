import { libraries, type Library } from './job.ts';
import { best, type Report, type Result } from './results.ts';

/** A time or a rate with three digits. */
export function digits(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US');
  return value.toPrecision(value < 0.01 ? 2 : 3);
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`;

interface Table {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** All tables of a report: times, ratios, every setting, and what could not be measured. */
export function tablesOf(report: Report): Table[] {
  const present = libraries.filter((library) => report.results.some((r) => r.library === library));
  const workloads = [...new Set([...report.results, ...report.failures].map(({ workload }) => workload))];
  const of = (workload: string, library: Library): Result | undefined =>
    best(report.results.filter((r) => r.workload === workload && r.library === library));
  return [
    {
      title: 'Median milliseconds at each library’s best setting',
      head: ['', ...present],
      rows: workloads.map((w) => [w, ...present.map((library) => cell(of(w, library)))]),
    },
    ...ratioTables(report, workloads),
    {
      title: 'Every setting: milliseconds, 10th and 90th percentile, steps, largest memory of a process',
      head: ['', 'library', 'threads', 'setting', 'median', 'p10', 'p90', 'steps', 'memory'],
      rows: report.results.map((r) => [
        r.workload,
        r.library,
        String(r.threads),
        r.note || '–',
        digits(r.medianMs),
        digits(r.p10Ms),
        digits(r.p90Ms),
        String(r.steps),
        megabytes(r.peakBytes),
      ]),
    },
    {
      title: 'The same losses, to this part of the largest',
      head: ['', 'library', 'against', 'steps', 'difference'],
      rows: report.checks.map((c) => [
        c.workload,
        c.setting,
        c.against,
        String(c.steps),
        c.difference.toExponential(1),
      ]),
    },
    {
      title: 'Not measured',
      head: ['', 'library', 'reason'],
      rows: report.failures.map((f) => [f.workload, f.library, f.reason]),
    },
  ].filter(({ rows }) => rows.length > 0);
}

function cell(result: Result | undefined): string {
  if (!result) return '–';
  const { medianMs, gflops, imagesPerSecond } = result;
  if (imagesPerSecond !== undefined) return `${digits(medianMs)} (${digits(imagesPerSecond)} images/s)`;
  return gflops === undefined ? digits(medianMs) : `${digits(medianMs)} (${digits(gflops)} GFLOPS)`;
}

function ratioTables({ ratios, geometricMeans }: Report, workloads: readonly string[]): Table[] {
  return (
    [
      ['best', 'best setting against best setting'],
      [1, 'one thread against one thread'],
    ] as const
  ).map(([threads, title]) => {
    const shown = ratios.filter((r) => r.threads === threads);
    const peers = libraries.filter((library) => shown.some(({ peer }) => peer === library));
    const row = (workload: string): string[] => [
      workload,
      ...peers.map((peer) => {
        const found = shown.find((r) => r.workload === workload && r.peer === peer);
        return found ? `${digits(found.ratio)} (${digits(found.least)} to ${digits(found.most)})` : '–';
      }),
    ];
    const mean = peers
      .map((peer) => geometricMeans.find((m) => m.peer === peer))
      .map((m) => (m ? `${digits(m.ratio)} over ${m.workloads}` : '–'));
    return {
      title: `How many times faster this library is, ${title}`,
      head: ['', ...peers],
      rows:
        shown.length === 0
          ? []
          : [
              ...workloads.filter((w) => shown.some((r) => r.workload === w)).map(row),
              ...(threads === 'best' ? [['geometric mean of training', ...mean]] : []),
            ],
    };
  });
}

/** A table with aligned columns, for a terminal. */
export function plainTables(report: Report): string {
  return tablesOf(report)
    .map(({ title, head, rows }) => {
      const all = [head, ...rows];
      const widths = head.map((_, i) => Math.max(...all.map((row) => row[i]!.length)));
      const line = (row: readonly string[]): string =>
        row
          .map((text, i) => (i === 0 ? text.padEnd(widths[i]!) : text.padStart(widths[i]!)))
          .join('  ')
          .trimEnd();
      return `${title}\n${all.map(line).join('\n')}\n`;
    })
    .join('\n');
}

/** The tables for `docs/performance.md`. */
export function markdownTables(report: Report): string {
  const origin = `${report.machine}, Node ${report.node}, backend ${report.backend}; ${Object.entries(report.versions)
    .map((pair) => pair.join(' '))
    .join(', ')}`;
  const tables = tablesOf(report).map(({ title, head, rows }) => {
    const line = (row: readonly string[]): string =>
      `| ${row.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
    return `**${title}**\n\n${[line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')}`;
  });
  return `${origin}\n\n${tables.join('\n\n')}\n`;
}
