import { FormatError } from '@chainrule/errors';

/** What a file of a data set must contain. */
interface Count {
  readonly expected: number;
  readonly got: number;
  /** What is counted, such as `rows`. */
  readonly of: string;
}

/** Throws if a file is cut short or has more than the data set. Downloads have a digest, so only a file of `dataDir` can fail. */
export function checkCount(op: string, name: string, { expected, got, of }: Count): void {
  if (got !== expected)
    throw new FormatError(
      `${op}: ${name}: expected ${expected} ${of}, got ${got}; replace the file, or omit \`dataDir\` to download it`,
    );
}
