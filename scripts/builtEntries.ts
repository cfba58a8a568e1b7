import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Alias } from 'vite';

const folder = fileURLToPath(new URL('../packages/', import.meta.url));

interface Manifest {
  readonly name: string;
  readonly publishConfig?: { readonly exports: Readonly<Record<string, string | { readonly default: string }>> };
}

/** Every entry point of every published package, as what was built for it. */
export function builtEntries(): Alias[] {
  return readdirSync(folder).flatMap((name) => {
    const { name: id, publishConfig } = JSON.parse(
      readFileSync(join(folder, name, 'package.json'), 'utf8'),
    ) as Manifest;
    return Object.entries(publishConfig?.exports ?? {}).map(([path, entry]) => ({
      find: new RegExp(`^${id}${path.slice(1)}$`),
      replacement: join(folder, name, typeof entry === 'string' ? entry : entry.default),
    }));
  });
}
