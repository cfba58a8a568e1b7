import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';

/** What a test file's tasks write to. */
export interface Surroundings {
  /** Removed after the tests; the cache of downloads and vectors is in it. */
  readonly folder: string;
  /** What the present test has printed. */
  readonly printed: readonly string[];
}

/** Keeps the terminal and the user's cache out of a file's tests. */
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
