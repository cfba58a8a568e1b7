let current = '';

/** The op that the user called, for messages: node builders speak in its name. */
export function opName(): string {
  return current || 'node';
}

/** Runs `body` in the name of `name`; the outermost name counts, since that is what the user wrote. */
export function withOpName<R>(name: string, body: () => R): R {
  if (current) return body();
  current = name;
  try {
    return body();
  } finally {
    current = '';
  }
}
