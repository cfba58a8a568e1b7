import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Mutation } from './mutations.ts';

/** A source file after a mutation. */
export interface Mutated {
  readonly file: string;
  readonly contents: string;
}

/**
 * Applies a mutation, in memory.
 *
 * @param packages - the folder of all packages
 * @throws Error unless the text occurs exactly once in the package
 */
export function mutate(packages: string, { name, package: owner, search, replace }: Mutation): Mutated {
  const folder = join(packages, owner, 'src');
  const found = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !/[.]test(-d)?[.]ts$/.test(file))
    .flatMap((file) => {
      const parts = readFileSync(join(folder, file), 'utf8').split(search);
      return parts.slice(1).map((): Mutated => ({ file: join(folder, file), contents: parts.join(replace) }));
    });
  if (found.length !== 1)
    throw new Error(`mutation ${name}: expects its text once in ${owner}, found it ${found.length} times`);
  return found[0]!;
}
