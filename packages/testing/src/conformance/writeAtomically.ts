import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ChainruleError } from '@chainrule/errors';

/**
 * Writes to a temporary file and renames it, so that readers see either the former text or the new one.
 *
 * @param option - the option that named the file, for the error
 * @throws ChainruleError if it cannot be written
 */
export function writeAtomically(file: string, text: string, option: string): void {
  const draft = `${file}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(draft, text, { flush: true });
    renameSync(draft, file);
  } catch (error) {
    if (existsSync(draft)) rmSync(draft);
    throw new ChainruleError(`conformance: cannot write \`${option}\` ${file}: ${(error as Error).message}`);
  }
}
