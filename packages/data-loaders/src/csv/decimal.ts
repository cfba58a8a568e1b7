// Each alternative begins with a different character, so the time is linear.
const form = /^\s*[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)\s*$/i;

/** Parses a decimal number, infinity or NaN. `Number` would also accept `0x1f`, and a blank text as 0. */
export function decimal(text: string): number | undefined {
  return form.test(text) ? Number(text.replace(/inf(?:inity)?/i, 'Infinity')) : undefined;
}
