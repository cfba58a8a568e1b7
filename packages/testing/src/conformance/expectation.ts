import { readFileSync } from 'node:fs';
import { FormatError, MissingDataError, showValue } from '@chainrule/errors';
import { fieldsOf } from './goldenCase.ts';
import { parseJson } from './parseJson.ts';
import { titleOf } from './report.ts';
import type { Result } from './result.ts';
import { writeAtomically } from './writeAtomically.ts';

/** The cases that must pass: file → op → indices in the file. */
export type Expectation = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

const format = 'golden-passing/1';

/**
 * Reads the list of the cases that must pass.
 *
 * @throws MissingDataError if the file is missing; FormatError if it is not such a list
 */
export function readExpectation(file: string): Expectation {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw new MissingDataError(`conformance: cannot read \`--expect\` ${file}: ${(error as Error).message}`);
  }
  try {
    return checkExpectation(parseJson(text));
  } catch (error) {
    if (error instanceof FormatError) throw new FormatError(`conformance: \`--expect\` ${file}: ${error.message}`);
    throw error;
  }
}

function checkExpectation(value: unknown): Expectation {
  const fields = fieldsOf(value, 'the list');
  if (fields.format !== format) throw new FormatError(`format: must be "${format}", got ${showValue(fields.format)}`);
  const passing = fieldsOf(fields.passing, 'passing');
  for (const [file, ops] of Object.entries(passing)) {
    for (const [op, indices] of Object.entries(fieldsOf(ops, `passing.${file}`))) {
      const fine = Array.isArray(indices) && indices.every((n) => Number.isInteger(n) && n >= 0);
      if (!fine) throw new FormatError(`passing.${file}.${op}: must be a list of indices, got ${showValue(indices)}`);
    }
  }
  return passing as Expectation;
}

/** Writes the list of the cases that passed. */
export function writeExpectation(file: string, { cases }: Result): void {
  const files = new Map<string, Map<string, number[]>>();
  for (const { found } of cases.filter(({ passed }) => passed)) {
    const ops = files.get(found.file) ?? new Map<string, number[]>();
    files.set(found.file, ops.set(found.op, [...(ops.get(found.op) ?? []), found.index]));
  }
  const opLine = ([op, indices]: [string, number[]]): string =>
    `      ${JSON.stringify(op)}: ${JSON.stringify(indices)}`;
  const blocks = [...files].map(
    ([name, ops]) => `    ${JSON.stringify(name)}: {\n${[...ops].map(opLine).join(',\n')}\n    }`,
  );
  writeAtomically(file, `{\n  "format": "${format}",\n  "passing": {\n${blocks.join(',\n')}\n  }\n}\n`, '--expect');
}

/** The differences between a result and the list: listed cases that fail, and unlisted cases that pass. */
export function violationsOf({ cases, errors }: Result, expectation: Expectation): string[] {
  const missing = new Set(
    Object.entries(expectation).flatMap(([file, ops]) =>
      Object.entries(ops).flatMap(([op, list]) => list.map((i) => `${file}[${i}] ${op}`)),
    ),
  );
  const lines = errors.map(({ file, message }) => `cannot be read: ${file}: ${message}`);
  for (const one of cases) {
    const { file, index, op } = one.found;
    const listed = missing.delete(`${file}[${index}] ${op}`);
    if (listed && !one.passed) lines.push(`must pass and fails: ${titleOf(one)}`);
    if (!listed && one.passed)
      lines.push(`passes and is not in the list: ${titleOf(one)}; add it, or run with --update`);
  }
  return [...lines, ...[...missing].map((place) => `must pass and is not there: ${place}`)];
}
