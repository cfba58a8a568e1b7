import type { Experiment, Measure, Result, Row } from './experiment.ts';

const intro = `# Results: figures of teaching material, reproduced
\`npm run reproduce -- --data-dir DIR\` trains these models and writes this page; \`npm run reproduce -- --help\` lists the experiments. Each figure is the median of several seeds, with its range in brackets. A figure is reached if it is within one percentage point of the stated one, or better.
`;

/** How the figures of a section were made. */
export interface Made {
  readonly threads: string;
  readonly seeds: number;
  readonly command: string;
}

/** The figures of seeds, in the middle. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Whether the median is at most 0.01 worse than the stated figure, or relative to it for measures that are not shares. */
export function reached(
  { measure, stated }: Pick<Row, 'measure' | 'stated'>,
  figures: readonly number[],
): boolean | undefined {
  if (stated === undefined || figures.length === 0) return undefined;
  const found = median(figures);
  const shortfall = measure.best === 'high' ? stated - found : found - stated;
  return shortfall <= (measure.share ? 0.01 : 0.01 * stated) + 1e-12;
}

const shown = (measure: Measure, value: number): string =>
  measure.share ? `${(value * 100).toFixed(1)}%` : value.toPrecision(3);

/** The section of an experiment: a heading, a paragraph, a table and notes. */
export function sectionOf(experiment: Experiment, results: readonly Result[], made: Made): string {
  const lines = experiment.rows.map((row) => {
    const result = results.find((one) => one.experiment === experiment.name && one.row === row.name);
    const figures = result?.figures ?? [];
    const here =
      figures.length === 0
        ? '–'
        : `${shown(row.measure, median(figures))} (${shown(row.measure, Math.min(...figures))} to ${shown(row.measure, Math.max(...figures))})`;
    const verdict = { true: 'yes', false: 'no', undefined: '–' }[String(reached(row, figures)) as 'true'];
    const stated = row.stated === undefined ? '–' : shown(row.measure, row.stated);
    return `| ${row.name} | ${row.measure.name} | ${stated} | ${here} | ${verdict} | ${result ? result.seconds.toFixed(0) : '–'} |`;
  });
  const notes = experiment.rows.flatMap(({ name, note }) => (note === undefined ? [] : [`- ${name}: ${note}`]));
  return [
    `## ${experiment.name}`,
    experiment.about,
    '',
    '| what | measure | stated | here | reached | seconds |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
    ...(notes.length > 0 ? [...notes, ''] : []),
    `\`${made.command}\`, ${made.seeds} ${made.seeds === 1 ? 'seed' : 'seeds'}, ${made.threads}.`,
    '',
  ].join('\n');
}

/** The page with new sections in the order of `names`. Sections that are not new stay. */
export function pageWith(page: string, sections: Readonly<Record<string, string>>, names: readonly string[]): string {
  const old = Object.fromEntries(
    page
      .split(/^(?=## )/m)
      .slice(1)
      .map((section) => [section.slice(3, section.indexOf('\n')), `${section.trimEnd()}\n`]),
  );
  const all = { ...old, ...sections };
  return [intro, ...names.flatMap((name) => all[name] ?? [])].join('\n');
}
