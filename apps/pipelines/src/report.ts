import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { ChainruleError } from '@chainrule/errors';
import type { EpochLogs } from '@chainrule/model';

/** What `--json` writes. */
export interface Report {
  readonly task: string;
  readonly metrics: Readonly<Record<string, number>>;
  readonly epochs: readonly EpochLogs[];
  readonly seconds: number;
  readonly parameters: number;
  readonly seed: number;
}

/** Writes the report beside its place and moves it there, so that a former one survives a full disk. */
export function writeReport(file: string, report: Report): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(draft, `${JSON.stringify(report, null, 2)}\n`, { flush: true });
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw new ChainruleError(`start: cannot write \`--json\` ${file}: ${(error as Error).message}`);
  }
}
