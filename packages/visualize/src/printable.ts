/** Control characters other than tabs and ends of lines, and characters that XML 1.0 forbids. */
const unprintable = /[^\P{Cc}\t\n]|[\p{Cs}\ufffe\uffff]/gu;

/**
 * The value with all its texts as outputs can show them: the pictures ␀ to ␟ and ␡ stand for control characters, � for others.
 * SVG files stay well-formed, and a terminal runs no escape sequence of the data.
 */
export function printable<T>(value: T): T;
export function printable(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(unprintable, pictureOf);
  if (Array.isArray(value)) return value.map((one: unknown) => printable(one));
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, printable(one as unknown)]));
}

function pictureOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '␡' : '\ufffd';
}
