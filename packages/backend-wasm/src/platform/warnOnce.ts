const warned = new Set<string>();

/** Warns of what the machine lacks: once, however many backends there are. */
export function warnOnce(message: string): void {
  // eslint-disable-next-line no-console -- a warning, and nowhere else to put it
  if (!warned.has(message)) console.warn(message);
  warned.add(message);
}
