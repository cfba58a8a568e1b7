import type { FileError, Found } from './readFolder.ts';
import type { Verdict } from './runCase.ts';

/** A case and its outcome. */
export interface CaseResult extends Verdict {
  readonly found: Found;
}

/** The outcome of a folder. A file that cannot be read counts as one failure. */
export interface Result {
  readonly cases: readonly CaseResult[];
  readonly errors: readonly FileError[];
  readonly passed: number;
  readonly failed: number;
}

export function resultOf(cases: readonly CaseResult[], errors: readonly FileError[]): Result {
  const passed = cases.filter((one) => one.passed).length;
  return { cases, errors, passed, failed: cases.length - passed + errors.length };
}

/** The name of a case, if it has one. */
export function nameOf({ content }: Found): string | undefined {
  return content instanceof Error ? undefined : content.name;
}
