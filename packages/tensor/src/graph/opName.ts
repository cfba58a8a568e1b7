let current = '';

/**
 * The op that the user called, for messages: node builders speak in its name.
 *
 * @example
 * opName('mul'); // => mul
 */
export function opName(fallback = 'node'): string {
  return current || fallback;
}

/**
 * Runs `body` in the name of `name`; the outermost name counts, since that is what the user wrote.
 *
 * @example
 * withOpName('norm', () => opName('mul')); // => norm
 */
export function withOpName<R>(name: string, body: () => R): R {
  if (current) return body();
  current = name;
  try {
    return body();
  } finally {
    current = '';
  }
}

/** Runs code of the user inside an op, such as a scan's body: its ops speak in their own names. */
export function asUser<R>(body: () => R): R {
  const outer = current;
  current = '';
  try {
    return body();
  } finally {
    current = outer;
  }
}
