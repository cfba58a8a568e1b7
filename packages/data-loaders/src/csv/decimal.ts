// Each branch begins with another character, so that no text is tried in two ways: the cost is linear.
const form = /^\s*[+-]?(?:(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?|inf(?:inity)?|nan)\s*$/i;

/** The number that a text is in decimal, infinities and NaN too; `Number` would also take `0x1f`, and blanks for 0. */
export function decimal(text: string): number | undefined {
  return form.test(text) ? Number(text.replace(/inf(?:inity)?/i, 'Infinity')) : undefined;
}
