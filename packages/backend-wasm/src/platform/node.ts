/** Returns a module of Node; undefined elsewhere. With an `import`, bundlers for browsers would look for the module. */
export function nodeModule<T>(id: `node:${string}`): T | undefined {
  const { process } = globalThis as { process?: { getBuiltinModule?(id: string): unknown } };
  return process?.getBuiltinModule?.(id) as T | undefined;
}

interface FileSystem {
  existsSync(path: string): boolean;
  readFileSync(path: string, encoding: 'utf8'): string;
}

export function fileExists(path: string): boolean {
  return nodeModule<FileSystem>('node:fs')?.existsSync(path) ?? false;
}

/** The text of a small system file; undefined if it cannot be read. */
export function readText(path: string): string | undefined {
  try {
    return nodeModule<FileSystem>('node:fs')?.readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
