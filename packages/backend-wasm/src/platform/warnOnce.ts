const warned = new Set<string>();

/** Warns once about something that the machine lacks, for any number of backends. */
export function warnOnce(message: string): void {
  // eslint-disable-next-line no-console -- a warning, and nowhere else to put it
  if (!warned.has(message)) console.warn(message);
  warned.add(message);
}
