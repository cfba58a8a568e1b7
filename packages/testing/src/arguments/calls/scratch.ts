import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for what the calls write. */
const scratch = mkdtempSync(join(tmpdir(), 'arguments-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The path of a file in the folder for what the calls write. */
export const inScratch = (name: string): string => join(scratch, name);

/** A channel that keeps no process alive. */
export function openChannel(): MessagePort {
  const { port1 } = new MessageChannel();
  (port1 as unknown as { unref(): void }).unref();
  return port1;
}
