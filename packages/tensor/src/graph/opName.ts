let current = '';

/**
 * Returns the name of the op that the user called. Messages of node builders start with it.
 *
 * @example
 * opName('mul'); // => mul
 */
export function opName(fallback = 'node'): string {
  return current || fallback;
}

/**
 * Runs `body` under an op's name. If names are nested, the outermost counts, because the user called that op.
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

/** Runs code of the user inside an op, such as the body of a scan. The ops in it use their own names. */
export function withoutOpName<R>(body: () => R): R {
  const outer = current;
  current = '';
  try {
    return body();
  } finally {
    current = outer;
  }
}
