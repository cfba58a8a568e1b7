import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ChainruleError } from '@chainrule/errors';

/**
 * Writes beside the place and moves it there: whoever reads the file sees the former text or this one.
 *
 * @param option - what the file was asked for by, for the error
 * @throws ChainruleError when it cannot be written
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
