import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ChainruleError, FormatError, MissingDataError, showValue } from '@chainrule/errors';
import { checkCase, fieldsOf, type GoldenCase } from './goldenCase.ts';
import { parseJson } from './parseJson.ts';

/** A case and its place, or the error of reading it. */
export interface Found {
  readonly file: string;
  readonly index: number;
  /** The op of the case, if the file has one. */
  readonly op: string;
  readonly content: GoldenCase | FormatError;
}

/** A file that cannot be read as golden cases. */
export interface FileError {
  readonly file: string;
  readonly message: string;
}

export interface Folder {
  readonly cases: readonly Found[];
  readonly errors: readonly FileError[];
}

const format = 'golden-cases/1';

/**
 * Reads every `*.json` of a folder.
 *
 * @throws MissingDataError if the folder cannot be read, or lacks such files
 */
export function readFolder(folder: string): Folder {
  const cases: Found[] = [];
  const errors: FileError[] = [];
  for (const file of filesOf(folder)) {
    try {
      cases.push(...readFile(folder, file));
    } catch (error) {
      if (!(error instanceof ChainruleError)) throw error;
      errors.push({ file, message: error.message });
    }
  }
  return { cases, errors };
}

function filesOf(folder: string): string[] {
  let names: string[];
  try {
    names = readdirSync(folder);
  } catch (error) {
    throw new MissingDataError(`conformance: cannot read the folder ${folder}: ${(error as Error).message}`);
  }
  const files = names.filter((name) => name.endsWith('.json')).sort();
  if (files.length === 0) throw new MissingDataError(`conformance: ${folder} has no *.json file`);
  return files;
}

function readFile(folder: string, file: string): Found[] {
  const fields = fieldsOf(parseJson(textOf(join(folder, file))), 'the file');
  if (fields.format !== format) throw new FormatError(`format: must be "${format}", got ${showValue(fields.format)}`);
  if (!Array.isArray(fields.cases)) throw new FormatError(`cases: must be a list, got ${showValue(fields.cases)}`);
  return fields.cases.map((value, index) => ({ file, index, ...readCase(value, index) }));
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  } catch (error) {
    throw new MissingDataError((error as Error).message);
  }
}

function readCase(value: unknown, index: number): Pick<Found, 'op' | 'content'> {
  try {
    const content = checkCase(value);
    return { op: content.op, content };
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const op = (value as { op?: unknown } | null)?.op;
    return {
      op: typeof op === 'string' && op ? op : '(malformed)',
      content: new FormatError(`cases[${index}].${error.message}`),
    };
  }
}
