import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for files that the calls write. */
const scratch = mkdtempSync(join(tmpdir(), 'arguments-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The path of a file in that folder. */
export const inScratch = (name: string): string => join(scratch, name);

/** A channel that does not keep the process alive. */
export function openChannel(): MessagePort {
  const { port1 } = new MessageChannel();
  (port1 as unknown as { unref(): void }).unref();
  return port1;
}
