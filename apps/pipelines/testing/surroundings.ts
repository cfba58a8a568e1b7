import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';

/** The output folders and the captured output of a test file. */
export interface Surroundings {
  /** Holds the cache of downloads and vectors. It is removed after the tests. */
  readonly folder: string;
  /** The output of the current test. */
  readonly printed: readonly string[];
}

/** Keeps the tests of a file away from the terminal and the user's cache. */
export function testSurroundings(name: string): Surroundings {
  const printed: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), `chainrule-${name}-`));
  beforeAll(() => {
    vi.stubEnv('CHAINRULE_CACHE', join(folder, 'cache'));
    vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
  });
  beforeEach(() => void (printed.length = 0));
  afterAll(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  return { folder, printed };
}
