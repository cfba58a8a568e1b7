/** Warns the user. */
export function warn(message: string): void {
  // eslint-disable-next-line no-console -- a warning, and nowhere else to put it
  console.warn(message);
}
